//! What goes into a text: sources, options, compiler; and the comment that says so.

use std::fs;
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};

use super::{Module, PtxError, RUSTFLAGS};

/// Everything that is compiled, from the root of the repository: files, and folders with all that is in them.
const SOURCES: [&str; 9] = [
    "optixrap/device/Cargo.lock",
    "optixrap/device/Cargo.toml",
    "optixrap/device/src",
    "optixrap/src/intrinsics.rs",
    "optixrap/src/launch",
    "optixrap/src/physics",
    "optixrap/src/repertoire.rs",
    "optixrap/src/trace",
    "optixrap/src/transport",
];

/// The comment on top of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `rustc --version` of the compiler.
    pub compiler: String,
    /// The digest of everything that went in.
    pub digest: String,
}

const MADE_BY: &str = "// Made by `cargo run -p tools --bin ptx`; changes here are lost.";

impl Header {
    /// The comment of a module.
    pub fn text(&self, module: &Module) -> String {
        let Self { compiler, digest } = self;
        let name = module.features;
        format!(
            "// The GPU kernels of optixrap/device, features {name}.\n{MADE_BY}\n// compiler: {compiler}\n\
             // options: {RUSTFLAGS}\n// sources: {digest}\n"
        )
    }

    /// Reads the comment of a text.
    ///
    /// # Errors
    /// If there is none.
    pub fn read(module: &Module, text: &str) -> Result<Self, PtxError> {
        let field = |name: &str| {
            let line = text.lines().take(8).find_map(|line| line.strip_prefix(&format!("// {name}: ")));
            line.map(str::to_owned).ok_or_else(|| PtxError::NoHeader(module.path()))
        };
        Ok(Self { compiler: field("compiler")?, digest: field("sources")? })
    }
}

/// The repository that holds `folder`.
///
/// # Errors
/// If there is none.
pub fn find_root(folder: &Path) -> Result<PathBuf, PtxError> {
    let is_root = |path: &&Path| path.join("optixrap/device/Cargo.toml").is_file();
    let root = folder.ancestors().find(is_root).map(Path::to_owned);
    root.ok_or_else(|| PtxError::NoRepository(folder.to_owned()))
}

/// MD5 of the sources (names and contents, however their lines end), the options and the compiler.
///
/// # Errors
/// If a source cannot be read.
pub fn digest(root: &Path, compiler: &str) -> Result<String, PtxError> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(root, source, &mut files)?;
    }
    files.sort();
    let mut md5 = Md5::new();
    let mut feed = |text: &str| {
        md5.update((text.len() as u64).to_le_bytes());
        md5.update(text);
    };
    feed(compiler);
    feed(RUSTFLAGS);
    for name in files {
        feed(&read(&root.join(&name))?.replace("\r\n", "\n"));
        feed(&name);
    }
    Ok(md5.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

fn collect(root: &Path, name: &str, files: &mut Vec<String>) -> Result<(), PtxError> {
    let path = root.join(name);
    if !path.is_dir() {
        files.push(name.to_owned());
        return Ok(());
    }
    let fail = |source| PtxError::File { path: path.clone(), source };
    for entry in fs::read_dir(&path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let inner = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() || inner.ends_with(".rs") {
            collect(root, &format!("{name}/{inner}"), files)?;
        }
    }
    Ok(())
}

pub(super) fn read(path: &Path) -> Result<String, PtxError> {
    fs::read_to_string(path).map_err(|source| PtxError::File { path: path.to_owned(), source })
}
