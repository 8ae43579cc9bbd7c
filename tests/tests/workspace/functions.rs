//! Functions and the lines that they take.

/// A function with a body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Function {
    /// Its name.
    pub(crate) name: String,
    /// Line of `fn`, from 1.
    pub(crate) line: usize,
    /// Lines from `fn` to the closing brace.
    pub(crate) lines: usize,
}

/// The functions of a text without comments and strings.
pub(crate) fn functions(code: &str) -> Vec<Function> {
    let starts = code.match_indices("fn ").filter(|&(at, _)| !code[..at].ends_with(is_word));
    starts.filter_map(|(at, _)| function_at(code, at)).collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn function_at(code: &str, at: usize) -> Option<Function> {
    let name: String = code[at + 3..].chars().take_while(|&c| is_word(c)).collect();
    if name.is_empty() {
        return None;
    }
    let open = body_start(code, at)?;
    let close = matching_brace(code, open)?;
    let line = 1 + code[..at].matches('\n').count();
    Some(Function { name, line, lines: 1 + code[at..close].matches('\n').count() })
}

/// The brace that opens the body; `None` for a declaration.
fn body_start(code: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in code[at..].char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            '{' if depth == 0 => return Some(at + i),
            ';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The brace that closes the one at `open`.
pub(crate) fn matching_brace(code: &str, open: usize) -> Option<usize> {
    let mut depth = 0;
    for (i, c) in code[open..].char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + i);
        }
    }
    None
}

#[test]
fn bodies_are_measured_and_declarations_are_not() {
    let code =
        "trait T {\n fn a(x: [f32; 3]);\n fn b() {\n  { }\n }\n}\nfn c(f: fn (u32)) -> [u8; 2] { [0; 2] }\n";
    let found = functions(code);
    let expected = [("b", 3, 3), ("c", 7, 1)];
    assert_eq!(found.iter().map(|f| (f.name.as_str(), f.line, f.lines)).collect::<Vec<_>>(), expected);
}
