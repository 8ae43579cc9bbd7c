//! The table of the README.

use std::fmt::Write;

use super::{Entry, Group, entries};

/// The table in Markdown: a row for each group, with what is simulated and what is refused or plays no part.
pub fn markdown() -> String {
    let entries = entries();
    let mut text = String::from(
        "| of Geant4's, and what is beyond it | simulated | refused, or named as playing no part |\n|---|---|---|\n",
    );
    for group in Group::ALL {
        let cell = |simulated: bool| {
            let of_group = entries.iter().filter(|e| e.group == group && e.reason.is_none() == simulated);
            let names: Vec<&str> = of_group.map(|entry: &Entry| entry.name.as_str()).collect();
            numbered_together(&names).join(", ")
        };
        // Writing into a string cannot fail.
        let _ = writeln!(text, "| {} | {} | {} |", group.title(), cell(true), cell(false));
    }
    text
}

/// `A1, A2, A3, B` as `A1/2/3, B`.
fn numbered_together(names: &[&str]) -> Vec<String> {
    let stem = |name: &str| name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let mut together: Vec<String> = Vec::new();
    let mut last = "";
    for name in names {
        let (stem, number) = name.split_at(stem(name));
        match together.last_mut() {
            Some(text)
                if stem == last && number.len() == 1 && text.ends_with(|c: char| c.is_ascii_digit()) =>
            {
                text.push('/');
                text.push_str(number);
            }
            _ => together.push((*name).to_owned()),
        }
        last = stem;
    }
    together
}

#[cfg(test)]
mod tests {
    use super::numbered_together;

    #[test]
    fn names_that_differ_by_their_number_stand_together() {
        assert_eq!(
            numbered_together(&["A", "A1", "A2", "B", "C1", "arb8", "D2"]),
            ["A", "A1/2", "B", "C1", "arb8", "D2"]
        );
    }
}
