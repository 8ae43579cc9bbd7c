//! Nothing unfinished and nothing dead is kept.

use crate::workspace::source::{has_word, sources};
use crate::workspace::{assert_none, files, relative, text};

/// Marks of unfinished work, spelt so that this file has none.
const MARKS: [&str; 5] =
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X"), concat!("HA", "CK"), concat!("WI", "P")];

#[test]
fn nothing_is_marked_as_unfinished() {
    let mut found = Vec::new();
    for path in files().iter().filter(|path| path.extension().is_none_or(|e| e != "lock")) {
        let Some(text) = text(path) else { continue };
        for (i, line) in text.lines().enumerate().filter(|(_, line)| MARKS.iter().any(|m| has_word(line, m)))
        {
            found.push(format!("{}:{}: {}", relative(path), i + 1, line.trim()));
        }
    }
    assert_none("mark of unfinished work", &found);
}

#[test]
fn no_code_is_commented_out() {
    let mut found = Vec::new();
    for source in sources() {
        for (i, line) in source.split.comments.lines().enumerate() {
            if looks_like_code(line.trim()) {
                found.push(format!("{}:{}: {}", source.path, i + 1, line.trim()));
            }
        }
    }
    assert_none("line of commented-out code", &found);
}

/// A comment that ends as a statement or a block does; docs show code on purpose.
fn looks_like_code(comment: &str) -> bool {
    if comment.starts_with("///") || comment.starts_with("//!") {
        return false;
    }
    let Some(body) = comment.strip_prefix("//").map(str::trim) else { return false };
    let starts = ["let ", "use ", "fn ", "pub ", "if ", "for ", "match ", "return ", "#["];
    let statement = body.ends_with(';')
        && (body.contains('(') || body.contains('=') || starts.iter().any(|s| body.starts_with(s)));
    let block = body.ends_with('{') || ["}", "})", "});", "};"].contains(&body);
    statement || block || body.starts_with("#[")
}

#[test]
fn the_heuristic_knows_code_from_prose() {
    for code in ["// let x = 1;", "// foo(bar);", "// }", "// if a {", "// #[test]"] {
        assert!(looks_like_code(code), "{code}");
    }
    for prose in
        ["// The photon stops here;", "/// let x = 1;", "// SAFETY: the pointer is valid", "// a = b"]
    {
        assert!(!looks_like_code(prose), "{prose}");
    }
}

#[test]
fn files_end_with_a_line_break_and_have_no_tabs_or_trailing_blanks() {
    let kinds = ["rs", "toml", "md", "gdml", "json"];
    let mut found = Vec::new();
    for path in files().iter().filter(|p| p.extension().is_some_and(|e| kinds.iter().any(|k| e == *k))) {
        let Some(text) = text(path) else { continue };
        if !text.is_empty() && !text.ends_with('\n') {
            found.push(format!("{}: no line break at the end", relative(path)));
        }
        let untidy = |line: &str| line.ends_with([' ', '\t', '\r']) || line.starts_with('\t');
        let lines = text.lines().enumerate().filter(|(_, line)| untidy(line));
        found.extend(lines.map(|(i, _)| format!("{}:{}: blank at the end or tab", relative(path), i + 1)));
    }
    assert_none("untidy line", &found);
}
