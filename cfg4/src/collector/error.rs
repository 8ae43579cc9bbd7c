//! What can go wrong with collecting gensteps.

use npy::NpyError;

use crate::genstep::{GenstepCode, GenstepFault, MaterialFault};

/// A genstep that cannot be collected, or a collection that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CollectError {
    /// A genstep of another kind than the method collects.
    #[error("a genstep with code {} ({code}) is not {wanted}; use the method for its kind", code.number())]
    WrongKind {
        /// The code of the genstep.
        code: GenstepCode,
        /// What the method collects.
        wanted: &'static str,
    },
    /// More photons than a record can ask for.
    #[error("a step of {photons} photons is more than a genstep can hold ({}); split it", i32::MAX)]
    TooManyPhotons {
        /// The number asked for.
        photons: u32,
    },
    /// A word of a genstep is wrong.
    #[error("{place} row {row}: {fault}")]
    Record {
        /// The file, or `collected gensteps`.
        place: String,
        /// The genstep, from 0.
        row: u64,
        /// What is wrong with which word.
        fault: GenstepFault,
    },
    /// A material index leads nowhere.
    #[error("genstep {row}: quad 0 z (material): {fault}")]
    Material {
        /// The genstep, from 0.
        row: u64,
        /// What is wrong.
        fault: MaterialFault,
    },
    /// The array and the running count of photons disagree.
    #[error(
        "the collector holds gensteps of {photons} photons, but counted {counted}; reset it and collect again"
    )]
    Inconsistent {
        /// Photons of the array.
        photons: u64,
        /// Photons counted.
        counted: u64,
    },
    /// The array could not grow, be saved or be loaded.
    #[error(transparent)]
    Array(#[from] NpyError),
    /// A skip list that is not a list of codes.
    #[error(
        "genstep codes to skip: `{text}` is not a genstep code; give numbers 1 to 12 joined by commas, as in 1,4"
    )]
    SkipCode {
        /// The entry.
        text: String,
    },
}
