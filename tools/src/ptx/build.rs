//! Compiling.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Header, Module, PtxError, RUSTFLAGS, digest, tidy, with_registers};

/// The nightly compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiler {
    /// `rustc --version`.
    pub version: String,
}

impl Compiler {
    /// Finds it.
    ///
    /// # Errors
    /// If it or the sources of its library are not installed.
    pub fn find() -> Result<Self, PtxError> {
        let ask = |argument: &str| {
            let output = Command::new("rustc").args(["+nightly", argument]).output().ok()?;
            let words = String::from_utf8(output.stdout).ok()?.trim().to_owned();
            output.status.success().then_some(words)
        };
        let version = ask("--version").ok_or(PtxError::NoCompiler)?;
        let sysroot = ask("--print=sysroot").map(PathBuf::from).ok_or(PtxError::NoCompiler)?;
        let library = sysroot.join("lib/rustlib/src/rust/library/core/src/lib.rs");
        if library.is_file() { Ok(Self { version }) } else { Err(PtxError::NoCompiler) }
    }
}

/// The text of a module, compiled now, with its comment.
///
/// # Errors
/// If it does not compile.
pub fn build(root: &Path, compiler: &Compiler, module: &Module) -> Result<String, PtxError> {
    let target = root.join("target/ptx");
    let release = target.join("nvptx64-nvidia-cuda/release");
    let made = release.join("deps");
    remove_old(&made)?;
    remove_old(&release.join(".fingerprint"))?;
    let mut cargo = Command::new("cargo");
    cargo.args(["+nightly", "rustc", "--release", "--quiet", "--locked", "-Zbuild-std=core"]);
    cargo.args(["--target", "nvptx64-nvidia-cuda", "--features", module.features, "--lib"]);
    cargo.args(["--", "--emit=asm"]).current_dir(root.join("optixrap/device"));
    cargo.env("RUSTFLAGS", RUSTFLAGS).env("CARGO_TARGET_DIR", &target);
    // Cargo tells the programs that it runs which toolchain is theirs; this one is another.
    cargo.env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO").env_remove("RUSTC");
    let output = cargo.output().map_err(|source| PtxError::Start { program: "cargo".into(), source })?;
    if !output.status.success() {
        let output = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(PtxError::Failed { program: "cargo +nightly rustc".into(), output });
    }
    let Some(path) = listing(&made)?.into_iter().find(|path| is_text(path)) else {
        let output = format!("it left no PTX in {}", made.display());
        return Err(PtxError::Failed { program: "cargo +nightly rustc".into(), output });
    };
    let text = with_registers(&tidy(&super::sources::read(&path)?), module.registers);
    let header = Header { compiler: compiler.version.clone(), digest: digest(root, &compiler.version)? };
    Ok(header.text(module) + &text.replace("\t", "  "))
}

fn is_text(path: &Path) -> bool {
    let name = path.file_name().map_or_else(Default::default, |name| name.to_string_lossy());
    name.starts_with("device-") && name.ends_with(".s")
}

/// What an earlier build of another feature left would be taken for this one's; and where cargo remembers a build, it
/// would leave nothing at all.
fn remove_old(folder: &Path) -> Result<(), PtxError> {
    for path in listing(folder)? {
        let name = path.file_name().map_or_else(Default::default, |name| name.to_string_lossy().into_owned());
        if name.starts_with("device-") {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.map_err(|source| PtxError::File { path, source })?;
        }
    }
    Ok(())
}

fn listing(folder: &Path) -> Result<Vec<PathBuf>, PtxError> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let fail = |source| PtxError::File { path: folder.to_owned(), source };
    let entries: Result<Vec<_>, _> = fs::read_dir(folder).map_err(fail)?.collect();
    Ok(entries.map_err(fail)?.into_iter().map(|entry| entry.path()).collect())
}
