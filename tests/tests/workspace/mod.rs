//! The repository as the tests see it: its root, its crates and its files.

pub(crate) mod functions;
pub(crate) mod lexer;
pub(crate) mod manifest;
pub(crate) mod source;

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, lowest first: each may depend on those before it. `tools` and `tests` are both on top.
pub(crate) const LAYERS: [&str; 7] = ["sysrap", "npy", "cfg4", "optixrap", "g4ok", "tools", "tests"];

/// Crates beside the layers, which need none of them: only tests use them.
pub(crate) const BESIDE: [&str; 2] = ["tools/ptxrun", "tools/ptxdriver"];

/// Every crate of the workspace.
pub(crate) fn crates() -> impl Iterator<Item = &'static str> {
    LAYERS.into_iter().chain(BESIDE)
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    crate_dir.parent().unwrap_or(crate_dir)
}

/// A path relative to the root, with forward slashes.
pub(crate) fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Every file of the repository, sorted: neither build output nor what starts with a dot, `.ci` apart.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut found = Vec::new();
    collect(root(), &mut found);
    found.sort();
    found
}

fn collect(dir: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(dir).unwrap_or_else(|e| panic!("cannot list {}: {e}", dir.display()));
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            let skipped = name == "target" || name.starts_with('.') && name != ".ci";
            if !skipped {
                collect(&entry.path(), found);
            }
        } else if kind.is_file() && (!name.starts_with('.') || name == ".gitignore") {
            found.push(entry.path());
        }
    }
}

/// The text of a file, or `None` where it is not UTF-8.
pub(crate) fn text(path: &Path) -> Option<String> {
    let bytes = fs::read(path).unwrap_or_else(|e| panic!("cannot read {}: {e}", path.display()));
    String::from_utf8(bytes).ok()
}

/// Fails with one line per violation.
#[track_caller]
pub(crate) fn assert_none(what: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{} x {what}:\n  {}", violations.len(), violations.join("\n  "));
}
