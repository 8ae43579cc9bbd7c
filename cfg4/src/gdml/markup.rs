//! A first look at XML text, before it is parsed: where tags, comments and entity references are.

use super::limits;

/// A stretch of XML text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Markup<'a> {
    /// Character data.
    Text(&'a str),
    /// A start, end or empty tag, from `<` to `>`.
    Tag(&'a str),
    /// The document type, brackets included.
    DocumentType(&'a str),
    /// Comment, processing instruction or CDATA.
    Opaque(&'a str),
}

impl<'a> Markup<'a> {
    /// The text of the stretch.
    pub(super) fn text(&self) -> &'a str {
        match *self {
            Self::Text(text) | Self::Tag(text) | Self::DocumentType(text) | Self::Opaque(text) => text,
        }
    }
}

/// Splits text into stretches; what is malformed ends in the last stretch, for the parser to report.
pub(super) struct Stretches<'a>(pub(super) &'a str);

impl<'a> Iterator for Stretches<'a> {
    type Item = Markup<'a>;

    fn next(&mut self) -> Option<Markup<'a>> {
        let text = self.0;
        if text.is_empty() {
            return None;
        }
        let (length, kind): (usize, fn(&'a str) -> Markup<'a>) = if !text.starts_with('<') {
            (text.find('<').unwrap_or(text.len()), Markup::Text)
        } else if text.starts_with("<!--") {
            (end_of(text, "-->"), Markup::Opaque)
        } else if text.starts_with("<![CDATA[") {
            (end_of(text, "]]>"), Markup::Opaque)
        } else if text.starts_with("<?") {
            (end_of(text, "?>"), Markup::Opaque)
        } else if text.starts_with("<!DOCTYPE") {
            (document_type_length(text), Markup::DocumentType)
        } else {
            (tag_length(text), Markup::Tag)
        };
        self.0 = &text[length..];
        Some(kind(&text[..length]))
    }
}

fn end_of(text: &str, end: &str) -> usize {
    text.find(end).map_or(text.len(), |at| at + end.len())
}

fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'>' => return at + 1,
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None => {}
        }
    }
    text.len()
}

fn document_type_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut inside) = (0, false);
    while at < bytes.len() {
        match bytes[at] {
            b'"' | b'\'' => {
                let quote = char::from(bytes[at]);
                at += text[at + 1..].find(quote).map_or(text.len() - at - 1, |length| length + 1);
            }
            b'<' if text[at..].starts_with("<!--") => at += end_of(&text[at..], "-->") - 1,
            b'[' => inside = true,
            b']' => inside = false,
            b'>' if !inside => return at + 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// What is too much in `text`: its offset, what, and the limit.
///
/// The parser's time is quadratic in some of these and its memory is proportional to others, so they are
/// bounded before it starts.
pub(super) fn excess(text: &str) -> Option<(usize, &'static str, usize)> {
    let (mut at, mut depth, mut tags, mut namespaces) = (0, 0usize, 0usize, 0usize);
    for stretch in Stretches(text) {
        let found = |what, limit| Some((at, what, limit));
        if let Markup::Tag(tag) = stretch {
            if tag.starts_with("</") {
                depth = depth.saturating_sub(1);
            } else if !tag.ends_with("/>") {
                depth += 1;
            }
            let (attributes, declared) = attribute_counts(tag);
            namespaces += declared;
            if attributes > limits::ATTRIBUTES {
                return found("attributes of one element", limits::ATTRIBUTES);
            }
        }
        tags += 1;
        if depth > limits::DEPTH {
            return found("levels of nested elements", limits::DEPTH);
        }
        if tags > limits::TAGS {
            return found("tags and texts", limits::TAGS);
        }
        if namespaces > limits::NAMESPACES {
            return found("namespace declarations", limits::NAMESPACES);
        }
        at += stretch.text().len();
    }
    let count = |wanted: u8| text.bytes().filter(|byte| *byte == wanted).count();
    if count(b'<') > limits::TAGS {
        return Some((0, "tags", limits::TAGS));
    }
    (count(b'=') > 2 * limits::TAGS).then_some((0, "attributes", 2 * limits::TAGS))
}

fn attribute_counts(tag: &str) -> (usize, usize) {
    let mut quote = None;
    let (mut attributes, mut namespaces) = (0, 0);
    for (at, byte) in tag.bytes().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if byte == b'=' => attributes += 1,
            None if byte == b'x' && tag.as_bytes()[at..].starts_with(b"xmlns") => namespaces += 1,
            None => {}
        }
    }
    (attributes, namespaces)
}
