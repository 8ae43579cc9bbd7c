//! Codes whose gensteps are dropped instead of collected.

use std::str::FromStr;

use super::CollectError;
use crate::genstep::{Genstep, GenstepCode};

/// A set of genstep codes to drop, with how many were dropped so far. Users give it in the variable
/// `OPTICKS_SKIP_GENCODE`; the programs read that and pass the value on.
///
/// ```
/// use cfg4::collector::SkipCodes;
/// use cfg4::genstep::GenstepCode;
/// let skip: SkipCodes = "1,3".parse()?;
/// assert!(skip.contains(GenstepCode::Cerenkov) && !skip.contains(GenstepCode::Torch));
/// # Ok::<(), cfg4::collector::CollectError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SkipCodes {
    skipped: [bool; GenstepCode::COUNT],
    totals: [u64; GenstepCode::COUNT],
}

impl SkipCodes {
    /// Whether gensteps of this code are dropped.
    #[inline]
    pub fn contains(&self, code: GenstepCode) -> bool {
        self.skipped[code as usize]
    }

    /// How many codes are dropped.
    pub fn len(&self) -> usize {
        self.skipped.iter().filter(|skipped| **skipped).count()
    }

    /// Whether nothing is dropped.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Gensteps of this code dropped so far, over all events.
    pub fn total(&self, code: GenstepCode) -> u64 {
        self.totals[code as usize]
    }

    /// Notes a dropped genstep.
    pub(super) fn count(&mut self, code: GenstepCode) {
        self.totals[code as usize] += 1;
    }

    /// The lines for the end of a run: how many codes are dropped, and the totals of each.
    #[doc(alias = "dumpSkipGencode")]
    pub fn description(&self) -> Vec<String> {
        let mut lines = vec![format!("OPTICKS_SKIP_GENCODE m_skip_gencode_count {}", self.len())];
        for code in GenstepCode::ALL.into_iter().filter(|code| self.contains(*code)) {
            let (number, total) = (code.number(), self.total(code));
            lines.push(format!(" m_skip_gencode_totals[{number:2}] {total} {code}"));
        }
        lines
    }
}

impl FromStr for SkipCodes {
    type Err = CollectError;

    /// Reads numbers joined by commas; an empty text skips nothing.
    fn from_str(text: &str) -> Result<Self, CollectError> {
        let mut skip = Self::default();
        for entry in text.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let code = entry.parse().ok().and_then(GenstepCode::from_number).filter(|code| code.is_valid());
            let code = code.ok_or_else(|| CollectError::SkipCode { text: entry.to_owned() })?;
            skip.skipped[code as usize] = true;
        }
        Ok(skip)
    }
}

/// The codes to collect, as one bit each: what appending a genstep looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct AcceptedCodes(u32);

impl AcceptedCodes {
    /// The codes of records that are not skipped.
    pub(super) fn all_but(skip: &SkipCodes) -> Self {
        let collected = |code: &GenstepCode| code.is_record() && !skip.contains(*code);
        Self(GenstepCode::ALL.into_iter().filter(collected).fold(0, |bits, code| bits | 1 << code.number()))
    }

    /// Whether to collect this genstep.
    #[inline]
    pub(super) fn contains(self, genstep: &Genstep) -> bool {
        let number = genstep.uint(0, 0);
        number < u32::BITS && self.0 >> number & 1 == 1
    }

    /// The photons of these gensteps, if every one of them is to be collected.
    pub(super) fn photons_of_all(self, gensteps: &[Genstep]) -> Option<u64> {
        let add = |(all, photons), genstep: &Genstep| {
            (all & self.contains(genstep), photons + u64::from(genstep.num_photons()))
        };
        let (all, photons) = gensteps.iter().fold((true, 0), add);
        all.then_some(photons)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_described() {
        let mut skip: SkipCodes = " 4, 1,".parse().unwrap();
        skip.count(GenstepCode::DsScintillation);
        assert_eq!(
            skip.description(),
            [
                "OPTICKS_SKIP_GENCODE m_skip_gencode_count 2",
                " m_skip_gencode_totals[ 1] 0 G4Cerenkov_1042",
                " m_skip_gencode_totals[ 4] 1 DsG4Scintillation_r3971",
            ]
        );
        assert!("".parse::<SkipCodes>().unwrap().is_empty());
        for text in ["0", "13", "-1", "cerenkov", "1;2"] {
            let message = text.parse::<SkipCodes>().unwrap_err().to_string();
            assert!(message.contains(text), "{message}");
        }
    }
}
