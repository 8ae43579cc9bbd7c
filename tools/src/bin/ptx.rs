//! Builds the GPU kernels into `optixrap/ptx`; with `--check`, says whether what is there is right.
//!
//! `--check` needs the nightly compiler to compare, and `ptxas` (on the path, in `$PTXAS`, or of PyPI's
//! `nvidia-cuda-nvcc`) to say what the kernels take. What is not installed is said to be skipped.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Parser;
use tools::ptx::{
    ARCHITECTURES, Assembler, Compiler, Header, Limits, MODULES, PtxError, build, digest, find_root, problems,
};

/// Builds the GPU kernels into optixrap/ptx.
#[derive(Debug, Parser)]
#[command(name = "ptx", version)]
struct Arguments {
    /// Write nothing; say whether what is there is right.
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let folder = std::env::current_dir().unwrap_or_default();
    let result = find_root(&folder).and_then(|root| if arguments.check { check(&root) } else { make(&root) });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ptx: {error}");
            ExitCode::FAILURE
        }
    }
}

fn make(root: &Path) -> Result<(), PtxError> {
    let compiler = Compiler::find()?;
    for module in &MODULES {
        let text = build(root, &compiler, module)?;
        let path = root.join(module.path());
        std::fs::write(&path, &text).map_err(|source| PtxError::File { path, source })?;
        println!("{}: {} lines", module.path(), text.lines().count());
    }
    check_texts(root)?;
    report(root)
}

fn check(root: &Path) -> Result<(), PtxError> {
    check_texts(root)?;
    println!("digests, operations: as they should be");
    match Compiler::find() {
        Err(PtxError::NoCompiler) => {
            println!("skipped: building again (needs the nightly compiler with rust-src)")
        }
        Err(error) => return Err(error),
        Ok(compiler) => compare(root, &compiler)?,
    }
    report(root)
}

/// Digests and operations.
fn check_texts(root: &Path) -> Result<(), PtxError> {
    for module in &MODULES {
        let (file, text) = (module.path(), module.read(root)?);
        let header = Header::read(module, &text)?;
        let expected = digest(root, &header.compiler)?;
        if header.digest != expected {
            return Err(PtxError::Stale { file, found: header.digest, expected });
        }
        let problems = problems(&text);
        if !problems.is_empty() {
            return Err(PtxError::Text { file, problems });
        }
    }
    Ok(())
}

/// Builds everything again.
fn compare(root: &Path, compiler: &Compiler) -> Result<(), PtxError> {
    for module in &MODULES {
        let (file, text) = (module.path(), module.read(root)?);
        let made_by = Header::read(module, &text)?.compiler;
        if made_by != compiler.version {
            println!("skipped: building {file} again (it is of {made_by}, here is {})", compiler.version);
            continue;
        }
        let again = build(root, compiler, module)?;
        if !text.lines().eq(again.lines()) {
            let same = text.lines().zip(again.lines()).take_while(|(a, b)| a == b).count();
            return Err(PtxError::Differs { file, line: same + 1, compiler: made_by });
        }
        println!("{file}: the same again");
    }
    Ok(())
}

/// What the kernels take, against their bounds.
fn report(root: &Path) -> Result<(), PtxError> {
    let Some(assembler) = Assembler::find(assemblers()) else {
        println!(
            "skipped: registers, stack and spills (needs ptxas: `pip install 'nvidia-cuda-nvcc==13.0.*'`)"
        );
        return Ok(());
    };
    let limits = Limits::read(root)?;
    let mut exceeded = Vec::new();
    println!("{:<20} {:>5} {:>9} {:>7} {:>8}", "kernel", "sm", "registers", "stack B", "spills B");
    for module in &MODULES {
        for architecture in ARCHITECTURES {
            for usage in assembler.assemble(&root.join(module.path()), architecture)? {
                let (registers, stack, spills) = (usage.registers, usage.stack_bytes, usage.spilled_bytes);
                println!("{:<20} {architecture:>5} {registers:>9} {stack:>7} {spills:>8}", usage.kernel);
                exceeded.extend(limits.exceeded(&usage));
            }
        }
    }
    if exceeded.is_empty() { Ok(()) } else { Err(PtxError::Exceeded(exceeded)) }
}

/// Where the assembler may be.
fn assemblers() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::env::var_os("PTXAS").map(PathBuf::from).into_iter().collect();
    found.push("ptxas".into());
    let code = "import nvidia, glob; print('\\n'.join(p for d in nvidia.__path__ for p in glob.glob(d + '/**/bin/ptxas', recursive=True)))";
    if let Ok(output) = Command::new("python3").args(["-c", code]).output() {
        found.extend(String::from_utf8_lossy(&output.stdout).lines().map(PathBuf::from));
    }
    found
}
