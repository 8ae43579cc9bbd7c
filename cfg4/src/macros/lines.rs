//! From the text of a macro to its commands.

/// A command with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// The line it starts on, from 1.
    pub(super) number: usize,
    /// The command and its arguments.
    pub(super) words: Vec<String>,
}

/// The commands of a text: a word that starts with `#` starts a comment, a line that ends with `\` (or a word `_`)
/// goes on with the next, quotation marks keep blanks together.
pub(super) fn command_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<Line> = None;
    for (index, text) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let (words, goes_on) = split_words(text);
        let mut line = open.take().unwrap_or(Line { number: index + 1, words: Vec::new() });
        line.words.extend(words);
        if goes_on {
            open = Some(line);
        } else if !line.words.is_empty() {
            lines.push(line);
        }
    }
    lines.extend(open.filter(|line| !line.words.is_empty()));
    lines
}

/// The words of a line, and whether it goes on.
fn split_words(text: &str) -> (Vec<String>, bool) {
    let mut words: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = match rest.strip_prefix('"').and_then(|quoted| quoted.split_once('"')) {
            Some((word, after)) => (word, after),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    let goes_on = match words.last_mut() {
        Some(last) if last == "_" || last == "\\" => words.pop().is_some(),
        Some(last) if last.ends_with('\\') => last.pop().is_some(),
        _ => false,
    };
    (words, goes_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(usize, String)> {
        command_lines(text).into_iter().map(|line| (line.number, line.words.join("|"))).collect()
    }

    #[test]
    fn comments_blanks_and_missing_newline() {
        let text = "# all\r\n\r\n  /a 1  2 # end\r\n#/b\n/c\t3";
        assert_eq!(words(text), [(3, "/a|1|2".to_owned()), (5, "/c|3".to_owned())]);
    }

    #[test]
    fn lines_go_on() {
        assert_eq!(words("/a 1 \\\n 2 _\n3\\\n\n/b"), [(1, "/a|1|2|3".to_owned()), (5, "/b".to_owned())]);
        assert_eq!(words("/a \\"), [(1, "/a".to_owned())]);
        assert_eq!(words("\\"), []);
    }

    #[test]
    fn quotes_keep_blanks() {
        assert_eq!(words("/a \"b c\" d\" \"e"), [(1, "/a|b c|d\"|\"e".to_owned())]);
    }
}
