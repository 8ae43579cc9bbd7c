//! All that is wrong with a file, where one fault need not hide the next.
//!
//! Reading stops at the first fault. Looking for all of them, an element with a fault is left out and reading goes on;
//! what then misses the element is a consequence and no fault of its own.

use std::collections::HashSet;

use super::error::{GdmlError, GdmlErrorKind};
use super::session::Session;
use super::tag::Tag;

/// The most faults that are looked for.
const MOST: usize = 1000;

/// The faults so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<GdmlError>,
    /// Names of the elements that were left out.
    left_out: HashSet<String>,
}

impl Faults {
    /// All faults; `last` is the one that nothing can be read after.
    pub(super) fn finish(mut self, last: Result<(), GdmlError>) -> Vec<GdmlError> {
        if let Err(error) = last {
            self.note(error);
        }
        self.found
    }

    fn note(&mut self, error: GdmlError) {
        let consequence = match &error.kind {
            GdmlErrorKind::Undefined { name, .. } => self.left_out.contains(name),
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
        faults.left_out.extend(tag.attribute("name").map(str::to_owned));
        faults.note(error);
        Ok(())
    }
}
