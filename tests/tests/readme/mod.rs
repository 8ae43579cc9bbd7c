//! The documents say what is there: their links and paths exist, their commands are understood,
//! and a run writes what they list.

mod commands;
mod links;
mod outputs;
mod program;
mod supported;

use std::fs;

use crate::workspace::root;

/// The documents at the root and those of the crates.
pub(crate) fn documents() -> Vec<(String, String)> {
    let at_root = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(str::to_owned);
    let of_crates = crate::workspace::LAYERS.map(|name| format!("{name}/README.md"));
    let read = |path: String| {
        let text =
            fs::read_to_string(root().join(&path)).unwrap_or_else(|e| panic!("cannot read {path}: {e}"));
        (path, text)
    };
    at_root.into_iter().chain(of_crates).map(read).collect()
}

/// The lines inside fenced blocks.
pub(crate) fn fenced(text: &str) -> impl Iterator<Item = &str> {
    text.split("```").skip(1).step_by(2).flat_map(|block| block.lines().skip(1))
}
