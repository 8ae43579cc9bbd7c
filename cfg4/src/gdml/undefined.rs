//! Why a reference leads nowhere: the name is defined later, refers back to its user, or is unknown.

use std::collections::{HashMap, HashSet};

use super::error::{GdmlError, GdmlErrorKind};
use super::tag::Tag;
use crate::suggestion::did_you_mean;

/// A kind of thing that refers to others of its kind.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// For messages.
    pub(super) what: &'static str,
    /// The section that holds the definitions.
    pub(super) section: &'static str,
    /// The elements that refer.
    pub(super) references: &'static [&'static str],
}

/// Volumes and assemblies.
pub(super) const VOLUME: Kind = Kind { what: "volume", section: "structure", references: &["volumeref"] };
/// Solids.
pub(super) const SOLID: Kind = Kind { what: "solid", section: "solids", references: &["first", "second"] };
/// Materials.
pub(super) const MATERIAL: Kind =
    Kind { what: "material or element", section: "materials", references: &["fraction", "composite"] };

/// The error for `tag` referring to `name`, which nothing before it defines.
pub(super) fn explain<'k>(
    tag: Tag<'_>,
    name: &str,
    kind: Kind,
    known: impl Iterator<Item = &'k str>,
) -> GdmlError {
    let definitions = definitions(tag.root(), kind);
    // Only a definition of the same kind can contain itself: a volume may be called like its solid.
    let user = tag.ancestors().find(|ancestor| {
        let own = definitions.get(&ancestor.attribute("name"));
        own.is_some_and(|(definition, _)| definition.is(*ancestor))
    });
    let user_name = user.and_then(|user| user.attribute("name"));
    let Some((place, _)) = definitions.get(&Some(name)) else {
        let (what, name, hint) = (kind.what, name.to_owned(), did_you_mean(name, known));
        return tag.fail(GdmlErrorKind::Undefined { what, name, hint });
    };
    if let Some(user) = user_name.filter(|user| reaches(&definitions, name, user)) {
        return tag.fail(GdmlErrorKind::Cycle { what: kind.what, name: user.to_owned() });
    }
    let hint = format!("; it is defined on line {}: move it up", place.place().line);
    tag.fail(GdmlErrorKind::Undefined { what: kind.what, name: name.to_owned(), hint })
}

/// Every definition by name, with the names that it refers to.
type Definitions<'a> = HashMap<Option<&'a str>, (Tag<'a>, Vec<&'a str>)>;

fn definitions<'a>(root: Tag<'a>, kind: Kind) -> Definitions<'a> {
    let sections = root.children().filter(|section| section.name() == kind.section);
    let named = sections.flat_map(|section| section.children()).filter(|tag| tag.attribute("name").is_some());
    let references = |tag: Tag<'a>| {
        let used = tag.descendants().filter(|inner| kind.references.contains(&inner.name()));
        used.filter_map(|inner| inner.attribute("ref")).collect()
    };
    named.map(|tag| (tag.attribute("name"), (tag, references(tag)))).collect()
}

fn reaches(definitions: &Definitions<'_>, from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name)
            && let Some((_, references)) = definitions.get(&Some(name))
        {
            open.extend(references.iter().copied());
        }
    }
    false
}
