//! All that is wrong with a file, where one fault need not hide the next.
//!
//! Reading stops at the first fault. Looking for all of them, an element with a fault is left out and reading goes on;
//! what then misses the element is a consequence and no fault of its own.

use std::collections::HashSet;

use super::error::{GdmlError, GdmlErrorKind};
use super::session::Session;
use super::tag::Tag;
use super::undefined::{MATERIAL, SOLID, VOLUME};

/// The most faults that are looked for.
const MOST: usize = 1000;

/// The faults so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<GdmlError>,
    /// What was left out: its kind, as errors call it, and its name.
    left_out: HashSet<(&'static str, String)>,
}

impl Faults {
    /// All faults; `last` is the one that nothing can be read after.
    pub(super) fn finish(mut self, last: Result<(), GdmlError>) -> Vec<GdmlError> {
        if let Err(error) = last {
            self.note(error);
        }
        self.found
    }

    /// Notes what cannot be referred to without an element: its own name, and the placements inside.
    fn leave_out(&mut self, tag: Tag<'_>) {
        let kinds: &[&'static str] = match tag.name() {
            "volume" | "assembly" => &[VOLUME.what],
            "material" => &["material", MATERIAL.what],
            "opticalsurface" => &["opticalsurface"],
            _ => &[SOLID.what],
        };
        let name = |tag: Tag<'_>| tag.attribute("name").map(str::to_owned);
        self.left_out
            .extend(name(tag).into_iter().flat_map(|name| kinds.iter().map(move |k| (*k, name.clone()))));
        let placements = tag.descendants().filter(|inner| inner.name() == "physvol").filter_map(name);
        self.left_out.extend(placements.map(|name| ("placement (physvol)", name)));
    }

    fn note(&mut self, error: GdmlError) {
        let consequence = match &error.kind {
            GdmlErrorKind::Undefined { what, name, .. } => self.left_out.contains(&(*what, name.clone())),
            _ => false,
        };
        if !consequence {
            self.found.push(error);
        }
    }
}

impl Session<'_> {
    /// Looking for all faults, notes that of `tag` and goes on without it; otherwise passes it on.
    pub(super) fn tolerate(&mut self, tag: Tag<'_>, result: Result<(), GdmlError>) -> Result<(), GdmlError> {
        let Err(error) = result else { return Ok(()) };
        let Some(faults) = self.faults.as_mut().filter(|faults| faults.found.len() < MOST) else {
            return Err(error);
        };
        faults.note(error);
        faults.leave_out(tag);
        Ok(())
    }
}
