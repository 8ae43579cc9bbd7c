//! What can go wrong with arrays and their files.

use std::io;
use std::path::{Path, PathBuf};

/// Error of this crate: what is wrong, where, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NpyError {
    /// Values were added that are not a whole number of items.
    #[error(
        "cannot add {given} values to an array with items of {item_values}: give a multiple of {item_values}"
    )]
    ItemSize {
        /// Number of values given.
        given: u64,
        /// Values per item of the array.
        item_values: u64,
    },
    /// A shape is impossible, or does not go with the values or with another array.
    #[error("shape ({shape}): {problem}")]
    Shape {
        /// The dimensions, comma separated.
        shape: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The memory for an array is not available.
    #[error("no memory for {bytes} bytes of array data: lower the reservation, or split the data")]
    OutOfMemory {
        /// Size asked for in bytes.
        bytes: u64,
    },
    /// An element of an item was named that the item does not have, or has not four bytes per element.
    #[error("element ({j},{k}) of items of shape ({item_shape}) with dtype {dtype}: {problem}")]
    ItemElement {
        /// First index within the item.
        j: u64,
        /// Second index within the item.
        k: u64,
        /// Dimensions of an item, comma separated.
        item_shape: String,
        /// Type of the elements.
        dtype: &'static str,
        /// What is wrong.
        problem: &'static str,
    },
    /// A slice text is not `start:stop:step`.
    #[error("slice \"{text}\": {problem}; write start:stop:step, for example 0:100:10")]
    Slice {
        /// The text.
        text: String,
        /// What is wrong.
        problem: &'static str,
    },
    /// The operating system failed a file operation.
    #[error("cannot {action} {path}: {source}")]
    Io {
        /// What was tried.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The file or the bytes are not an .npy array that this crate reads.
    #[error("{place} is not a readable .npy file: {problem}")]
    Format {
        /// File name, or what else was read.
        place: String,
        /// What is wrong.
        problem: String,
    },
    /// The header promises more data than there is.
    #[error(
        "{place} is truncated: its header promises {expected} bytes of data, it has {found}; copy or write it again"
    )]
    Truncated {
        /// File name, or what else was read.
        place: String,
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// There are bytes after the data that the header promises.
    #[error(
        "{place} has {extra} bytes after its array: if they are another array (numpy.save twice into one file), save \
         each in a file of its own; else the file is damaged, write it again"
    )]
    TrailingBytes {
        /// File name, or what else was read.
        place: String,
        /// How many.
        extra: u64,
    },
    /// The array is stored column by column.
    #[error("{place} is in Fortran order: save it with numpy.ascontiguousarray")]
    FortranOrder {
        /// File name, or what else was read.
        place: String,
    },
    /// The array holds another type of element.
    #[error("{place} holds dtype {found}, expected {expected}: convert it with numpy's astype")]
    Dtype {
        /// File name, or what else was read.
        place: String,
        /// Type asked for.
        expected: &'static str,
        /// Type in the file.
        found: String,
    },
    /// The array has items of another shape.
    #[error("{place} has shape ({found}), expected (n,{expected})")]
    ItemShape {
        /// File name, or what else was read.
        place: String,
        /// Item dimensions asked for, comma separated.
        expected: String,
        /// Dimensions in the file, comma separated.
        found: String,
    },
}

impl NpyError {
    /// Wraps a file error with what was tried and where.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> NpyError {
        let path = path.to_owned();
        move |source| NpyError::Io { action, path, source }
    }
}
