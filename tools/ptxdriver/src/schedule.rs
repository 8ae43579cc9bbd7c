//! Which of several like calls go wrong.

use crate::error::CudaError;

/// Calls that fail, by their number from 1.
///
/// Written as a list: `3` (the third), `5+` (the fifth and all after it), `2:timeout` (the second, with that error).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    failures: Vec<Failure>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Failure {
    number: u64,
    and_later: bool,
    error: CudaError,
}

impl Schedule {
    /// Reads a list; entries without an error get `usual`.
    ///
    /// # Errors
    /// The entry that is not understood.
    pub fn parse(text: &str, usual: CudaError) -> Result<Self, String> {
        let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
        let failures = entries.map(|entry| Failure::parse(entry, usual).ok_or_else(|| entry.to_owned()));
        Ok(Schedule { failures: failures.collect::<Result<_, _>>()? })
    }

    /// The error of call `number`, if it is to fail.
    pub fn failure(&self, number: u64) -> Option<CudaError> {
        let due = |f: &&Failure| f.number == number || f.and_later && f.number < number;
        self.failures.iter().find(due).map(|f| f.error)
    }
}

impl Failure {
    fn parse(entry: &str, usual: CudaError) -> Option<Self> {
        let (number, error) = match entry.split_once(':') {
            Some((number, word)) => (number, CudaError::of_word(word.trim())?),
            None => (entry, usual),
        };
        let digits = number.trim().trim_end_matches('+');
        Some(Failure { number: digits.parse().ok()?, and_later: number.contains('+'), error })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbered_calls_fail() {
        let s = Schedule::parse("2, 4:timeout, 7+:ecc", CudaError::OutOfMemory).unwrap();
        let answers: Vec<_> = (1..=9).map(|n| s.failure(n)).collect();
        let (out, time, ecc) =
            (CudaError::OutOfMemory, CudaError::LaunchTimeout, CudaError::EccUncorrectable);
        let expected = [None, Some(out), None, Some(time), None, None, Some(ecc), Some(ecc), Some(ecc)];
        assert_eq!(answers, expected);
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert_eq!(Schedule::parse("2,x", CudaError::OutOfMemory), Err("x".to_owned()));
        assert_eq!(Schedule::parse("3:boredom", CudaError::OutOfMemory), Err("3:boredom".to_owned()));
        assert_eq!(Schedule::parse("", CudaError::OutOfMemory), Ok(Schedule::default()));
    }
}
