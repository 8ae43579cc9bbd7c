//! Libraries log; binaries print.

use crate::workspace::assert_none;
use crate::workspace::source::{Source, sources};

/// Library files that print, because printing is what their users know them for.
const PRINTS: [&str; 1] = ["npy/src/npx.rs"];

#[test]
fn libraries_print_nothing() {
    let below_tools = |s: &Source| s.is_library() && !PRINTS.contains(&s.path.as_str());
    let words = ["println!", "print!", "eprintln!", "eprint!", "dbg!"];
    let found: Vec<String> = sources().into_iter().filter(below_tools).flat_map(|s| s.find(&words)).collect();
    assert_none("print in a library", &found);
}

#[test]
fn log_lines_carry_the_name_of_their_class() {
    let mut found = Vec::new();
    for source in sources().into_iter().filter(Source::is_library) {
        let macros = ["log::error!(", "log::warn!(", "log::info!(", "log::debug!(", "log::trace!("];
        let code: Vec<&str> = source.library.lines().collect();
        for (i, line) in code.iter().enumerate() {
            let with_next = format!("{line} {}", code.get(i + 1).unwrap_or(&""));
            if macros.iter().any(|m| line.contains(m)) && !with_next.contains("target:") {
                found.push(format!("{}:{}: {}", source.path, i + 1, line.trim()));
            }
        }
    }
    assert_none("log line that no class name selects", &found);
}
