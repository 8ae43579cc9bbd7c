//! Where in its files the parts of a detector are defined.

use std::collections::HashMap;
use std::fmt;

use super::without_pointer;

/// Where in which file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The file's name as it was given, or as the including file refers to it.
    pub file: String,
    /// Line, from 1; 0 where the fault is the whole file's.
    pub line: u32,
    /// The element, `box 'World'`; empty where there is none.
    pub element: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.element.is_empty() { Ok(()) } else { write!(f, ": {}", self.element) }
    }
}

/// A kind of thing that has a name of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Named {
    /// A material.
    Material,
    /// An optical surface.
    Surface,
    /// A solid.
    Solid,
}

/// The places of the definitions that faults are found in later. Parts that no file defines have none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Places {
    owners: HashMap<(Named, String), Place>,
    properties: HashMap<(Named, String, String), Place>,
}

impl Places {
    /// Notes where something is defined; of several of one name the first counts.
    pub(crate) fn note(&mut self, kind: Named, name: &str, place: Place) {
        self.owners.entry((kind, name.to_owned())).or_insert(place);
    }

    /// Whether something has exactly this name.
    pub(crate) fn has(&self, kind: Named, name: &str) -> bool {
        self.owners.contains_key(&(kind, name.to_owned()))
    }

    /// Notes where a property of something stands that is defined at `owner`.
    pub(crate) fn note_property(
        &mut self,
        (kind, name): (Named, &str),
        owner: &Place,
        property: &str,
        place: Place,
    ) {
        if self.owners.get(&(kind, name.to_owned())) == Some(owner) {
            self.properties.insert((kind, name.to_owned(), property.to_owned()), place);
        }
    }

    /// Where something is defined. Its name may lack the pointer that the file appends to it.
    pub fn of(&self, kind: Named, name: &str) -> Option<&Place> {
        self.owners.get(&(kind, self.full_name(kind, name)?))
    }

    /// Where a property of something stands; the place of its owner where the property has none.
    pub fn of_property(&self, kind: Named, name: &str, property: &str) -> Option<&Place> {
        let owner = self.full_name(kind, name)?;
        self.properties.get(&(kind, owner, property.to_owned())).or_else(|| self.of(kind, name))
    }

    /// The name as the file has it.
    fn full_name(&self, kind: Named, name: &str) -> Option<String> {
        if self.owners.contains_key(&(kind, name.to_owned())) {
            return Some(name.to_owned());
        }
        let mut names = self.owners.keys().filter(|(of, _)| *of == kind).map(|(_, name)| name);
        names.find(|full| without_pointer(full) == name).cloned()
    }
}
