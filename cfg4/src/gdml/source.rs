//! One document: its text with entities expanded, and which file and line every byte came from.

use roxmltree::TextPos;

use super::error::{GdmlError, GdmlErrorKind, Place};

/// A file that contributes text.
#[derive(Debug)]
pub(super) struct Origin {
    name: String,
    line_starts: Vec<usize>,
}

impl Origin {
    /// Remembers where the lines of `text` start.
    pub(super) fn new(name: &str, text: &str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        Self { name: name.to_owned(), line_starts: std::iter::once(0).chain(newlines).collect() }
    }

    fn line(&self, offset: usize) -> u32 {
        self.line_starts.partition_point(|start| *start <= offset) as u32
    }
}

/// A stretch of text copied from an origin.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    /// Where it starts in the expanded text.
    pub(super) start: usize,
    /// Which origin.
    pub(super) origin: usize,
    /// Where it starts in the origin.
    pub(super) offset: usize,
}

/// An expanded document.
#[derive(Debug)]
pub(super) struct Source {
    /// The text that is parsed.
    pub(super) text: String,
    /// The files that it came from; the first is the document itself.
    pub(super) origins: Vec<Origin>,
    /// Ascending stretches; the first starts at 0.
    pub(super) pieces: Vec<Piece>,
}

impl Source {
    /// The document's own name.
    pub(super) fn name(&self) -> &str {
        self.origins.first().map_or("", |origin| &origin.name)
    }

    /// File and line of the byte at `offset` of the expanded text.
    pub(super) fn place(&self, offset: usize) -> Place {
        let piece = self.pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1);
        let Some(piece) = self.pieces.get(piece) else {
            return Place { file: self.name().to_owned(), ..Place::default() };
        };
        let origin = &self.origins[piece.origin];
        let line = origin.line(piece.offset + (offset - piece.start));
        Place { file: origin.name.clone(), line, element: String::new() }
    }

    /// The file that the byte at `offset` came from.
    pub(super) fn file(&self, offset: usize) -> &str {
        let piece = self.pieces.partition_point(|piece| piece.start <= offset).saturating_sub(1);
        self.pieces.get(piece).map_or("", |piece| &self.origins[piece.origin].name)
    }

    /// An error at `offset`.
    pub(super) fn error(&self, offset: usize, kind: GdmlErrorKind) -> GdmlError {
        GdmlError { place: Box::new(self.place(offset)), kind }
    }

    /// The XML tree.
    pub(super) fn parse(&self) -> Result<roxmltree::Document<'_>, GdmlError> {
        roxmltree::Document::parse(&self.text).map_err(|error| {
            let mut message = error.to_string();
            let position = error.pos();
            // A text that ends too early has no position of its own: its end is where something is missing.
            if matches!(error, roxmltree::Error::UnexpectedEndOfStream | roxmltree::Error::UnclosedRootNode) {
                return self.error(self.text.trim_end().len().saturating_sub(1), GdmlErrorKind::Xml(message));
            }
            if let Some(at) = message.find(&format!(" at {position}")) {
                message.truncate(at);
            }
            self.error(self.offset(position), GdmlErrorKind::Xml(message))
        })
    }

    fn offset(&self, position: TextPos) -> usize {
        let row = (position.row as usize).saturating_sub(1);
        let line = self.text.split_inclusive('\n').take(row).map(str::len).sum::<usize>();
        line.min(self.text.len().saturating_sub(1))
    }
}
