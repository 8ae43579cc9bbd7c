//! The log of calls: one line per call, with the answer and what is alive afterwards.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::live::Live;

/// Writes the log, where one is wanted.
#[derive(Default)]
pub(crate) struct Writer {
    file: Option<File>,
}

impl Writer {
    /// Appends to a file; a file that cannot be written is left alone.
    pub(crate) fn new(path: Option<&Path>) -> Self {
        Writer { file: path.and_then(|path| OpenOptions::new().create(true).append(true).open(path).ok()) }
    }

    /// Whether anything is written.
    pub(crate) fn is_on(&self) -> bool {
        self.file.is_some()
    }

    /// Writes one line at once, so that nothing is lost when the process ends.
    pub(crate) fn line(&mut self, line: &str) {
        let lost =
            self.file.as_mut().is_some_and(|file| file.write_all(format!("{line}\n").as_bytes()).is_err());
        if lost {
            self.file = None;
        }
    }
}

/// A call, as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// Its function, such as `cuMemAlloc_v2`.
    pub function: String,
    /// `CUDA_SUCCESS` or the name of an error.
    pub answer: String,
    /// What was alive afterwards.
    pub live: Live,
}

/// The log of a process that used the stand-in with `PTXDRIVER_LOG` set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CallLog {
    /// The calls in order.
    pub calls: Vec<Call>,
    /// What went wrong in kernels, in words.
    pub faults: Vec<String>,
}

impl CallLog {
    /// Reads a log.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn read(path: &Path) -> io::Result<CallLog> {
        Ok(Self::parse(&std::fs::read_to_string(path)?))
    }

    fn parse(text: &str) -> CallLog {
        let mut log = CallLog::default();
        for line in text.lines() {
            match line.strip_prefix("# ") {
                Some(fault) => log.faults.push(fault.to_owned()),
                None => log.calls.extend(call(line)),
            }
        }
        log
    }

    /// How often a function was called.
    pub fn count(&self, function: &str) -> usize {
        self.calls.iter().filter(|call| call.function == function).count()
    }

    /// The calls that failed.
    pub fn failures(&self) -> impl Iterator<Item = &Call> {
        self.calls.iter().filter(|call| call.answer != "CUDA_SUCCESS")
    }

    /// What was alive after the last call: nothing, where the host cleans up.
    pub fn at_end(&self) -> Live {
        self.calls.last().map_or(Live::default(), |call| call.live)
    }

    /// The most allocations that were alive at once.
    pub fn most_allocations(&self) -> usize {
        self.calls.iter().map(|call| call.live.allocations).max().unwrap_or(0)
    }
}

fn call(line: &str) -> Option<Call> {
    let mut words = line.splitn(3, ' ');
    let (function, answer) = (words.next()?.to_owned(), words.next()?.to_owned());
    Some(Call { function, answer, live: Live::parse(words.next().unwrap_or("")) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_read_back() {
        let text = "cuInit CUDA_SUCCESS allocations=0 bytes=0\n\
                    cuMemAlloc_v2 CUDA_SUCCESS allocations=1 bytes=64\n\
                    # add: block (0,0,0): out of bounds\n\
                    cuCtxSynchronize CUDA_ERROR_ILLEGAL_ADDRESS allocations=1 bytes=64\n";
        let log = CallLog::parse(text);
        assert_eq!((log.calls.len(), log.count("cuMemAlloc_v2"), log.most_allocations()), (3, 1, 1));
        assert_eq!(log.failures().map(|c| c.function.as_str()).collect::<Vec<_>>(), ["cuCtxSynchronize"]);
        assert_eq!(log.faults, ["add: block (0,0,0): out of bounds"]);
        assert_eq!(log.at_end(), Live { allocations: 1, bytes: 64, ..Live::default() });
    }
}
