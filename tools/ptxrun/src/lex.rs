//! Splits PTX text into tokens.

use crate::error::{PResult, perr};

/// One token. Words borrow from the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Tok<'a> {
    /// Identifier, register or opcode: `add`, `%r1`, `$L__BB0_1`.
    Word(&'a str),
    /// Dotted word without its dot: `.b32` is `Dot("b32")`.
    Dot(&'a str),
    /// Integer literal (magnitude).
    Int(u64),
    /// `0fXXXXXXXX`.
    F32(u32),
    /// `0dXXXXXXXXXXXXXXXX` or a decimal literal.
    F64(u64),
    /// String literal.
    Str(&'a str),
    /// Any other single character.
    Punct(char),
    /// End of the text.
    Eof,
}

/// A token and its line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token<'a> {
    /// The token.
    pub tok: Tok<'a>,
    /// Line, from 1.
    pub line: u32,
}

fn is_word(c: u8) -> bool {
    c.is_ascii_alphanumeric() || c == b'_' || c == b'$'
}

/// Splits `text` into tokens, ending with [`Tok::Eof`].
pub(crate) fn lex(text: &str) -> PResult<Vec<Token<'_>>> {
    let s = text.as_bytes();
    let mut out = Vec::with_capacity(s.len() / 4);
    let (mut i, mut line) = (0, 1u32);
    while i < s.len() {
        let c = s[i];
        let next = s.get(i + 1).copied().unwrap_or(0);
        if c == b'\n' {
            line += 1;
            i += 1;
        } else if c.is_ascii_whitespace() {
            i += 1;
        } else if c == b'/' && next == b'/' {
            while i < s.len() && s[i] != b'\n' {
                i += 1;
            }
        } else if c == b'/' && next == b'*' {
            let Some(n) = text[i + 2..].find("*/") else {
                return perr(line, "unterminated comment");
            };
            let end = i + 2 + n + 2;
            line += s[i..end].iter().filter(|&&c| c == b'\n').count() as u32;
            i = end;
        } else if c == b'"' {
            let start = i + 1;
            i = start;
            while i < s.len() && s[i] != b'"' {
                i += if s[i] == b'\\' { 2 } else { 1 };
            }
            if i >= s.len() {
                return perr(line, "unterminated string");
            }
            out.push(Token { tok: Tok::Str(&text[start..i]), line });
            i += 1;
        } else if c.is_ascii_digit() {
            let (tok, n) = number(&text[i..], line)?;
            out.push(Token { tok, line });
            i += n;
        } else if c == b'.' && is_word(next) {
            let start = i + 1;
            i = start;
            while i < s.len() && (is_word(s[i]) || s[i..].starts_with(b"::")) {
                i += if s[i] == b':' { 2 } else { 1 };
            }
            out.push(Token { tok: Tok::Dot(&text[start..i]), line });
        } else if is_word(c) || (c == b'%' && is_word(next)) {
            let start = i;
            i += 1;
            while i < s.len() && is_word(s[i]) {
                i += 1;
            }
            out.push(Token { tok: Tok::Word(&text[start..i]), line });
        } else if c.is_ascii() {
            out.push(Token { tok: Tok::Punct(c as char), line });
            i += 1;
        } else {
            return perr(line, "character outside ASCII");
        }
    }
    out.push(Token { tok: Tok::Eof, line });
    Ok(out)
}

/// Reads a numeric literal at the start of `t`; returns it and its length.
fn number(t: &str, line: u32) -> PResult<(Tok<'_>, usize)> {
    let s = t.as_bytes();
    let run = |from: usize, ok: fn(&u8) -> bool| from + s[from..].iter().take_while(|c| ok(c)).count();
    let hex_end = run(2.min(s.len()), u8::is_ascii_hexdigit);
    let bad = |what: &str| perr(line, format!("bad {what} literal"));
    match (s[0], s.get(1)) {
        (b'0', Some(b'f' | b'F')) => {
            return match u32::from_str_radix(&t[2..hex_end], 16) {
                Ok(v) if hex_end == 10 => Ok((Tok::F32(v), hex_end)),
                _ => bad("0f"),
            };
        }
        (b'0', Some(b'd' | b'D')) => {
            return match u64::from_str_radix(&t[2..hex_end], 16) {
                Ok(v) if hex_end == 18 => Ok((Tok::F64(v), hex_end)),
                _ => bad("0d"),
            };
        }
        _ => {}
    }
    let (radix, from) = match (s[0], s.get(1)) {
        (b'0', Some(b'x' | b'X')) => (16, 2),
        (b'0', Some(b'b' | b'B')) => (2, 2),
        _ => (10, 0),
    };
    let end = match radix {
        16 => hex_end,
        _ => run(from, u8::is_ascii_digit),
    };
    let is_float = radix == 10
        && ((s.get(end) == Some(&b'.') && s.get(end + 1).is_some_and(u8::is_ascii_digit))
            || matches!(s.get(end), Some(b'e' | b'E')));
    if is_float {
        let mut e = end;
        if s.get(e) == Some(&b'.') {
            e = run(e + 1, u8::is_ascii_digit);
        }
        if matches!(s.get(e), Some(b'e' | b'E')) {
            e += 1;
            if matches!(s.get(e), Some(b'+' | b'-')) {
                e += 1;
            }
            e = run(e, u8::is_ascii_digit);
        }
        return match t[..e].parse::<f64>() {
            Ok(v) => Ok((Tok::F64(v.to_bits()), e)),
            Err(_) => bad("decimal"),
        };
    }
    let octal = radix == 10 && end > 1 && s[0] == b'0';
    let value =
        if octal { u64::from_str_radix(&t[1..end], 8) } else { u64::from_str_radix(&t[from..end], radix) };
    let Ok(v) = value else { return bad("integer") };
    Ok((Tok::Int(v), end + usize::from(matches!(s.get(end), Some(b'U')))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toks(s: &str) -> Vec<Tok<'_>> {
        lex(s).unwrap().into_iter().map(|t| t.tok).collect()
    }

    #[test]
    fn literals() {
        assert_eq!(
            toks("0f3F800000 0d3FF0000000000000 0x1F 017 0b101 42U 1.5 2e3"),
            vec![
                Tok::F32(0x3f800000),
                Tok::F64(0x3ff0000000000000),
                Tok::Int(31),
                Tok::Int(15),
                Tok::Int(5),
                Tok::Int(42),
                Tok::F64(1.5f64.to_bits()),
                Tok::F64(2000f64.to_bits()),
                Tok::Eof
            ]
        );
    }

    #[test]
    fn words_and_comments() {
        assert_eq!(
            toks("ld.global.L1::no_allocate.b32 %r1, [%rd2+-8]; // x\n/* y */ $L1:"),
            vec![
                Tok::Word("ld"),
                Tok::Dot("global"),
                Tok::Dot("L1::no_allocate"),
                Tok::Dot("b32"),
                Tok::Word("%r1"),
                Tok::Punct(','),
                Tok::Punct('['),
                Tok::Word("%rd2"),
                Tok::Punct('+'),
                Tok::Punct('-'),
                Tok::Int(8),
                Tok::Punct(']'),
                Tok::Punct(';'),
                Tok::Word("$L1"),
                Tok::Punct(':'),
                Tok::Eof
            ]
        );
        assert!(lex("0f12").is_err());
    }
}
