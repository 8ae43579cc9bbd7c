//! Splits Rust text into code and comments, so that a word in a string or in a doc is not taken for code.

/// The two halves of a file, each as long as the file: what belongs to the other half is blank.
#[derive(Debug)]
pub(crate) struct Split {
    /// Code; the insides of strings and characters are blank too.
    pub(crate) code: String,
    /// Comments, with their slashes.
    pub(crate) comments: String,
}

/// Splits `text`. Lines and columns stay where they were.
pub(crate) fn split(text: &str) -> Split {
    let chars: Vec<char> = text.chars().collect();
    let mut out =
        Halves { code: String::with_capacity(text.len()), comments: String::with_capacity(text.len()) };
    let mut i = 0;
    while i < chars.len() {
        let end = token_end(&chars, i);
        let comment = chars[i] == '/' && end > i + 1;
        for &c in &chars[i..end] {
            out.push(c, comment, end - i == 1);
        }
        i = end;
    }
    Split { code: out.code, comments: out.comments }
}

struct Halves {
    code: String,
    comments: String,
}

impl Halves {
    fn push(&mut self, c: char, comment: bool, plain: bool) {
        let blank = if c == '\n' { '\n' } else { ' ' };
        self.code.push(if plain { c } else { blank });
        self.comments.push(if comment { c } else { blank });
    }
}

/// Where the comment, string or character that begins at `i` ends; `i + 1` where none begins.
fn token_end(chars: &[char], i: usize) -> usize {
    let next = chars.get(i + 1).copied();
    let in_word = i > 0 && (chars[i - 1].is_alphanumeric() || chars[i - 1] == '_');
    match chars[i] {
        '/' if next == Some('/') => find(chars, i, |c| c == '\n'),
        '/' if next == Some('*') => block_comment_end(chars, i),
        '"' => string_end(chars, i),
        'r' if !in_word && matches!(next, Some('"' | '#')) => raw_string_end(chars, i),
        '\'' => char_end(chars, i),
        _ => i + 1,
    }
}

fn find(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|&j| wanted(chars[j])).unwrap_or(chars.len())
}

fn block_comment_end(chars: &[char], start: usize) -> usize {
    let (mut depth, mut i) = (0, start);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => (depth, i) = (depth + 1, i + 2),
            ('*', '/') => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
        if depth == 0 {
            return i;
        }
    }
    chars.len()
}

fn string_end(chars: &[char], start: usize) -> usize {
    let mut i = start + 1;
    while i < chars.len() && chars[i] != '"' {
        i += if chars[i] == '\\' { 2 } else { 1 };
    }
    (i + 1).min(chars.len())
}

fn raw_string_end(chars: &[char], start: usize) -> usize {
    let quote = find(chars, start + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return start + 1;
    }
    let hashes = quote - start - 1;
    let closes = |j: usize| {
        chars[j] == '"' && chars.len() > j + hashes && chars[j + 1..=j + hashes].iter().all(|&c| c == '#')
    };
    (quote + 1..chars.len()).find(|&j| closes(j)).map_or(chars.len(), |j| j + hashes + 1)
}

/// A character literal; a lifetime is no token of its own.
fn char_end(chars: &[char], start: usize) -> usize {
    match (chars.get(start + 1), chars.get(start + 2)) {
        (Some('\\'), _) => (find(chars, start + 3, |c| c == '\'') + 1).min(chars.len()),
        (Some(_), Some('\'')) => start + 3,
        _ => start + 1,
    }
}

#[test]
fn strings_and_comments_are_told_from_code() {
    let split =
        split("let a = \"x // y\"; // z \"\nlet b = 'c'; /* d /* e */ f */ let g: &'h str = r#\"i\" \"#;\n");
    assert_eq!(split.code.split_whitespace().collect::<String>(), "leta=;letb=;letg:&'hstr=;");
    assert_eq!(split.comments.split_whitespace().collect::<String>(), "//z\"/*d/*e*/f*/");
    assert_eq!(split.code.lines().count(), 2);
}

#[test]
fn escapes_do_not_end_a_literal_early() {
    let split = split(r#"f('\'', "\"{", '"', '{', b"}", '\u{7b}') }"#);
    assert_eq!(split.code.split_whitespace().collect::<String>(), "f(,,,,b,)}");
}
