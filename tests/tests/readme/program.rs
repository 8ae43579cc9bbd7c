//! The `g4opticks` command, where it is built.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::root;

/// The command that `cargo test --workspace` has built beside the test binaries; says what is skipped without it.
pub(crate) fn g4opticks(what: &str) -> Option<PathBuf> {
    let test = std::env::current_exe().ok()?;
    let path = test.parent()?.parent()?.join(format!("g4opticks{}", std::env::consts::EXE_SUFFIX));
    if !path.exists() {
        println!("skipped: {what}: g4opticks is not built; `cargo test --workspace` builds it");
        return None;
    }
    Some(path)
}

/// What the command prints on stdout; fails where the command does.
pub(crate) fn run(program: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(root()).output();
    let output = output.unwrap_or_else(|e| panic!("cannot run {}: {e}", program.display()));
    assert!(output.status.success(), "g4opticks {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
