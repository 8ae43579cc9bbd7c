//! Modifiers of an instruction, consumed one by one so that none is ignored.

use crate::error::{PResult, perr};
use crate::types::Ty;

/// Modifiers not yet consumed.
pub(crate) struct Mods<'a> {
    list: Vec<&'a str>,
    pub line: u32,
}

impl<'a> Mods<'a> {
    pub(super) fn new(list: &[&'a str], line: u32) -> Self {
        Mods { list: list.to_vec(), line }
    }

    /// Consumes `.name`; whether it was there.
    pub(super) fn has(&mut self, name: &str) -> bool {
        self.one_of(&[name]).is_some()
    }

    /// Consumes the first modifier among `names`.
    pub(super) fn one_of(&mut self, names: &[&str]) -> Option<&'a str> {
        let k = self.list.iter().position(|m| names.contains(m))?;
        Some(self.list.remove(k))
    }

    /// Consumes every modifier for which `f` holds.
    pub(super) fn drop_all(&mut self, f: impl Fn(&str) -> bool) {
        self.list.retain(|m| !f(m));
    }

    /// Consumes the first type.
    pub(super) fn ty(&mut self) -> PResult<Ty> {
        let found = self.list.iter().enumerate().find_map(|(k, m)| Some((k, Ty::parse(m)?)));
        let Some((k, ty)) = found else { return perr(self.line, "no type") };
        self.list.remove(k);
        Ok(ty)
    }

    /// Rejects what is left.
    pub(super) fn end(&self) -> PResult<()> {
        match self.list.first() {
            None => Ok(()),
            Some(m) => perr(self.line, format!("modifier .{m} is not supported here")),
        }
    }

    /// `.rn` or nothing; other rounding modes of arithmetic are not supported.
    pub(super) fn rn_only(&mut self) -> PResult<()> {
        self.has("rn");
        match self.one_of(&["rz", "rm", "rp"]) {
            None => Ok(()),
            Some(m) => perr(self.line, format!("rounding mode .{m} of arithmetic is not supported")),
        }
    }
}
