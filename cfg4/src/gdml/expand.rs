//! Text with its entities expanded: `<!ENTITY solids SYSTEM "solids.xml">` ... `&solids;`.
//!
//! This is done here, and not by the XML parser, so that every error names the file and line that it came from, and
//! so that entities that include themselves or grow without bound are refused.

use std::collections::HashMap;

use super::error::{GdmlError, GdmlErrorKind};
use super::limits;
use super::markup::{self, Markup, Stretches};
use super::resolver::Resolver;
use super::source::{Origin, Piece, Source};

/// What `&name;` stands for.
enum Entity {
    /// Literal text.
    Internal(String),
    /// A file.
    External(String),
}

/// Entities that XML itself defines; the parser resolves them.
const PREDEFINED: &[&str] = &["amp", "lt", "gt", "apos", "quot"];

/// Letters in the name of an entity.
const LONGEST_NAME: usize = 256;

/// Checks `bytes` to be text of sensible size and expands its entities.
pub(super) fn expand(name: &str, bytes: Vec<u8>, resolver: &dyn Resolver) -> Result<Source, GdmlError> {
    let text = to_text(name, bytes)?;
    let has_document_type = Stretches(&text).take(16).any(|m| matches!(m, Markup::DocumentType(_)));
    let source = if has_document_type {
        let mut expansion = Expansion::new(name, &text, resolver);
        expansion.copy(&text, 0, 0, &mut Vec::new())?;
        expansion.source
    } else {
        let origins = vec![Origin::new(name, &text)];
        Source { text, origins, pieces: vec![Piece { start: 0, origin: 0, offset: 0 }] }
    };
    match markup::excess(&source.text) {
        Some((offset, what, limit)) => Err(source.error(offset, GdmlErrorKind::Limit { what, limit })),
        None => Ok(source),
    }
}

/// UTF-8 without a byte order mark, neither empty nor too large.
fn to_text(name: &str, bytes: Vec<u8>) -> Result<String, GdmlError> {
    let fault = |kind| Err(GdmlError::of_file(name, kind));
    if bytes.len() > limits::BYTES {
        return fault(GdmlErrorKind::TooLarge { bytes: bytes.len() as u64, limit: limits::BYTES });
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return fault(GdmlErrorKind::NotText(error.utf8_error().valid_up_to())),
    };
    if text.trim().is_empty() {
        return fault(GdmlErrorKind::Empty);
    }
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

struct Expansion<'r> {
    source: Source,
    entities: HashMap<String, Entity>,
    resolver: &'r dyn Resolver,
    included_bytes: usize,
}

impl<'r> Expansion<'r> {
    fn new(name: &str, text: &str, resolver: &'r dyn Resolver) -> Self {
        let source = Source {
            text: String::with_capacity(text.len()),
            origins: vec![Origin::new(name, text)],
            pieces: Vec::new(),
        };
        Self { source, entities: HashMap::new(), resolver, included_bytes: 0 }
    }

    fn error(&self, kind: GdmlErrorKind) -> GdmlError {
        self.source.error(self.source.text.len(), kind)
    }

    fn push(&mut self, text: &str, origin: usize, offset: usize) -> Result<(), GdmlError> {
        if self.source.text.len() + text.len() > limits::BYTES {
            let bytes = (self.source.text.len() + text.len()) as u64;
            return Err(self.error(GdmlErrorKind::TooLarge { bytes, limit: limits::BYTES }));
        }
        if text.is_empty() {
            return Ok(());
        }
        self.source.pieces.push(Piece { start: self.source.text.len(), origin, offset });
        self.source.text.push_str(text);
        Ok(())
    }

    /// Copies `text`, which starts at `offset` of `origin`, with entities replaced; `open` names those that it is inside.
    fn copy(
        &mut self,
        text: &str,
        origin: usize,
        mut offset: usize,
        open: &mut Vec<String>,
    ) -> Result<(), GdmlError> {
        for stretch in Stretches(text) {
            match stretch {
                Markup::Opaque(text) => self.push(text, origin, offset)?,
                Markup::DocumentType(text) => self.declare(text),
                Markup::Text(text) => self.replace(text, origin, offset, open)?,
                Markup::Tag(text) => self.replace(text, origin, offset, open)?,
            }
            offset += stretch.text().len();
        }
        Ok(())
    }

    fn replace(
        &mut self,
        text: &str,
        origin: usize,
        offset: usize,
        open: &mut Vec<String>,
    ) -> Result<(), GdmlError> {
        let (mut done, mut scan) = (0, 0);
        while let Some(at) = text[scan..].find('&').map(|at| scan + at) {
            let name = reference_name(&text[at + 1..]);
            scan = at + 1;
            if name.is_empty() || PREDEFINED.contains(&name) {
                continue;
            }
            self.push(&text[done..at], origin, offset + done)?;
            self.include(name, text.starts_with('<'), open)?;
            done = at + name.len() + 2;
            scan = done;
        }
        self.push(&text[done..], origin, offset + done)
    }

    fn include(&mut self, name: &str, inside_tag: bool, open: &mut Vec<String>) -> Result<(), GdmlError> {
        if open.iter().any(|outer| outer == name) {
            return Err(self.error(GdmlErrorKind::IncludeCycle(name.to_owned())));
        }
        if open.len() == limits::INCLUDES {
            let (what, limit) = ("entities inside one another", limits::INCLUDES);
            return Err(self.error(GdmlErrorKind::Limit { what, limit }));
        }
        if self.source.origins.len() > limits::INCLUSIONS {
            let (what, limit) = ("uses of entities", limits::INCLUSIONS);
            return Err(self.error(GdmlErrorKind::Limit { what, limit }));
        }
        let (origin_name, text) = self.entity_text(name)?;
        self.included_bytes += text.len();
        if self.included_bytes > limits::INCLUDED_BYTES {
            let (bytes, limit) = (self.included_bytes as u64, limits::INCLUDED_BYTES);
            return Err(self.error(GdmlErrorKind::TooLarge { bytes, limit }));
        }
        let text = if inside_tag { text.replace('"', "&quot;").replace('<', "&lt;") } else { text };
        let origin = self.source.origins.len();
        self.source.origins.push(Origin::new(&origin_name, &text));
        open.push(name.to_owned());
        let skip = if text.starts_with("<?xml") { text.find("?>").map_or(0, |at| at + 2) } else { 0 };
        self.copy(&text[skip..], origin, skip, open)?;
        open.pop();
        Ok(())
    }

    fn entity_text(&self, name: &str) -> Result<(String, String), GdmlError> {
        match self.entities.get(name) {
            Some(Entity::Internal(text)) => {
                Ok((format!("{} (entity {name})", self.source.name()), text.clone()))
            }
            Some(Entity::External(path)) => {
                let (file, bytes) = self
                    .resolver
                    .open(self.source.name(), path)
                    .map_err(|error| GdmlError::of_file(path, GdmlErrorKind::Io(error)))?;
                Ok((file.clone(), to_text(&file, bytes)?))
            }
            None => {
                let (name, hint) = (name.to_owned(), "; declare it in <!DOCTYPE gdml [...]>".to_owned());
                Err(self.error(GdmlErrorKind::Undefined { what: "entity", name, hint }))
            }
        }
    }

    /// Reads the `<!ENTITY ...>` declarations of a document type.
    fn declare(&mut self, document_type: &str) {
        let mut rest = document_type;
        while let Some(at) = rest.find("<!") {
            rest = &rest[at..];
            let length = if rest.starts_with("<!--") {
                rest.find("-->").map_or(rest.len(), |at| at + 3)
            } else if let Some(declaration) = rest.strip_prefix("<!ENTITY") {
                if let Some((name, entity)) = declared(declaration) {
                    self.entities.entry(name).or_insert(entity);
                }
                "<!ENTITY".len()
            } else {
                2
            };
            rest = &rest[length..];
        }
    }
}

/// The name in `name;...`; empty if this is no reference to an entity by name.
fn reference_name(text: &str) -> &str {
    let length = text.find(|c: char| !(c.is_alphanumeric() || "_-.:".contains(c))).unwrap_or(text.len());
    if text[length..].starts_with(';') { &text[..length] } else { "" }
}

/// `name "text"`, `name SYSTEM "file"` or `name PUBLIC "id" "file"`.
fn declared(declaration: &str) -> Option<(String, Entity)> {
    let declaration = declaration.trim_start();
    let length = declaration.chars().take(LONGEST_NAME).position(char::is_whitespace)?;
    let (name, rest) = declaration.split_at(declaration.char_indices().nth(length)?.0);
    let rest = rest.trim_start();
    let (value, after) = quoted(rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start())?;
    let entity = if rest.starts_with("SYSTEM") {
        Entity::External(value.to_owned())
    } else if rest.starts_with("PUBLIC") {
        Entity::External(quoted(after.trim_start())?.0.to_owned())
    } else {
        Entity::Internal(value.to_owned())
    };
    Some((name.to_owned(), entity))
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let quote = text.chars().next().filter(|c| *c == '"' || *c == '\'')?;
    text[1..].split_once(quote)
}
