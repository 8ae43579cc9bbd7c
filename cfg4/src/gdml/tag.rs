//! An XML element together with where it stands, so that every fault can say so.

use roxmltree::Node;

use super::error::{GdmlError, GdmlErrorKind, Place};
use super::expression::Evaluator;
use super::source::Source;

/// One element of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag<'a> {
    node: Node<'a, 'a>,
    source: &'a Source,
    aliases: Aliases,
}

/// Names of attributes, with others that they may have.
pub(super) type Aliases = &'static [(&'static str, &'static str)];

impl<'a> Tag<'a> {
    pub(super) fn new(node: Node<'a, 'a>, source: &'a Source) -> Self {
        Self { node, source, aliases: &[] }
    }

    /// The element's name.
    pub(super) fn name(&self) -> &'a str {
        self.node.tag_name().name()
    }

    /// The elements inside, in order.
    pub(super) fn children(&self) -> impl Iterator<Item = Tag<'a>> + use<'a> {
        let source = self.source;
        self.node.children().filter(Node::is_element).map(move |node| Tag { node, source, aliases: &[] })
    }

    /// The first element inside named `name`.
    pub(super) fn child(&self, name: &str) -> Option<Tag<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// The first element inside named `name`, which must be there.
    pub(super) fn required_child(&self, name: &'static str) -> Result<Tag<'a>, GdmlError> {
        self.child(name).ok_or_else(|| self.fail(GdmlErrorKind::MissingElement(name)))
    }

    /// An attribute's text.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.node.attribute(name).or_else(|| {
            let mut others = self.aliases.iter().filter(|(own, _)| *own == name);
            others.find_map(|(_, other)| self.node.attribute(*other))
        })
    }

    /// The same element, whose attributes may have other names.
    pub(super) fn with_aliases(&self, aliases: Aliases) -> Self {
        Tag { aliases, ..*self }
    }

    /// An attribute's text, which must be there and not be empty.
    pub(super) fn required(&self, name: &'static str) -> Result<&'a str, GdmlError> {
        let text = self.attribute(name).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.fail(GdmlErrorKind::MissingAttribute(name)))
    }

    /// The document's outermost element.
    pub(super) fn root(&self) -> Tag<'a> {
        Tag { node: self.node.document().root_element(), ..*self }
    }

    /// Whether this is that very element.
    pub(super) fn is(&self, other: Tag<'_>) -> bool {
        self.node.id() == other.node.id() && std::ptr::eq(self.source, other.source)
    }

    /// This element and those around it, innermost first.
    pub(super) fn ancestors(&self) -> impl Iterator<Item = Tag<'a>> + use<'a> {
        let source = self.source;
        self.node.ancestors().filter(Node::is_element).map(move |node| Tag { node, source, aliases: &[] })
    }

    /// This element and all inside it.
    pub(super) fn descendants(&self) -> impl Iterator<Item = Tag<'a>> + use<'a> {
        let source = self.source;
        self.node.descendants().filter(Node::is_element).map(move |node| Tag { node, source, aliases: &[] })
    }

    /// The element's character data.
    pub(super) fn text(&self) -> &'a str {
        self.node.text().unwrap_or_default()
    }

    /// File, line and element, for messages.
    pub(super) fn place(&self) -> Place {
        let mut place = self.source.place(self.node.range().start);
        let named = self.attribute("name").or_else(|| self.attribute("ref"));
        place.element = match named {
            Some(name) => format!("{} '{}'", self.name(), shortened(name)),
            None => self.name().to_owned(),
        };
        place
    }

    /// How many bytes the element has, with everything inside.
    pub(super) fn length(&self) -> usize {
        self.node.range().len()
    }

    /// The file that this element stands in.
    pub(super) fn file(&self) -> &'a str {
        self.source.file(self.node.range().start)
    }

    /// An error at this element.
    pub(super) fn fail(&self, kind: GdmlErrorKind) -> GdmlError {
        GdmlError { place: Box::new(self.place()), kind }
    }

    /// The error of an element that does not belong here.
    pub(super) fn unknown(&self) -> GdmlError {
        let parent = self.node.parent_element().map_or("", |parent| parent.tag_name().name());
        self.fail(GdmlErrorKind::UnknownElement { name: self.name().to_owned(), parent: parent.to_owned() })
    }

    /// The error of an element that is GDML but not supported.
    pub(super) fn unsupported(&self, advice: &'static str) -> GdmlError {
        self.fail(GdmlErrorKind::Unsupported(self.name().to_owned(), advice))
    }

    /// The finite value of an attribute, `None` if it is absent.
    pub(super) fn number(&self, evaluator: &Evaluator, name: &str) -> Result<Option<f64>, GdmlError> {
        self.attribute(name).map(|text| self.evaluate(evaluator, name, text)).transpose()
    }

    /// The finite value of an attribute, `default` if it is absent.
    pub(super) fn number_or(&self, ev: &Evaluator, name: &str, default: f64) -> Result<f64, GdmlError> {
        Ok(self.number(ev, name)?.unwrap_or(default))
    }

    /// The finite value of an attribute that must be there.
    pub(super) fn required_number(&self, ev: &Evaluator, name: &'static str) -> Result<f64, GdmlError> {
        self.evaluate(ev, name, self.required(name)?)
    }

    /// The whole value of an attribute, `None` if it is absent.
    pub(super) fn integer(&self, ev: &Evaluator, name: &str) -> Result<Option<i64>, GdmlError> {
        let Some(text) = self.attribute(name) else { return Ok(None) };
        let value = ev.evaluate_integer(text).map_err(|source| self.expression_error(name, text, source))?;
        Ok(Some(value))
    }

    /// The finite value of `text`, a part of attribute `name`.
    pub(super) fn evaluate(&self, ev: &Evaluator, name: &str, text: &str) -> Result<f64, GdmlError> {
        let value = ev.evaluate(text).map_err(|source| self.expression_error(name, text, source))?;
        if value.is_finite() {
            return Ok(value);
        }
        let (attribute, text) = (name.to_owned(), shortened(text));
        Err(self.fail(GdmlErrorKind::NotFinite { attribute, text }))
    }

    fn expression_error(
        &self,
        name: &str,
        text: &str,
        source: super::expression::ExpressionError,
    ) -> GdmlError {
        let (attribute, text) = (name.to_owned(), shortened(text));
        self.fail(GdmlErrorKind::Expression { attribute, text, source })
    }
}

/// `text` cut to a length that fits into a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("...".chars()).collect()
}
