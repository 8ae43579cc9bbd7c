//! The table of the README.

use std::fmt::Write;

use super::{Entry, Group, entries};

/// The table in Markdown: a row for each group, with what is simulated and what is refused or plays no part.
pub fn markdown() -> String {
    let entries = entries();
    let mut text =
        String::from("| of Geant4's | simulated | refused, or named as playing no part |\n|---|---|---|\n");
    for group in Group::ALL {
        let cell = |simulated: bool| {
            let of_group = entries.iter().filter(|e| e.group == group && e.reason.is_none() == simulated);
            let names: Vec<&str> = of_group.map(|entry: &Entry| entry.name.as_str()).collect();
            names.join(", ")
        };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "| {} | {} | {} |", group.title(), cell(true), cell(false));
    }
    text
}
