//! Arrays of items that grow, with reservation, and the .npy format.
//!
//! [`NPY`] is a growable array of items of one shape, for example gensteps of shape (6,4); it counts its
//! reallocations and gives its memory back on [`NPY::reset`]. Arrays are saved to and loaded from .npy files that
//! numpy reads; [`NPYAppender`] writes a file larger than memory, [`NPYMap`] reads one without copying.
//!
//! ```
//! use npy::NPY;
//!
//! # fn main() -> Result<(), npy::NpyError> {
//! let mut gensteps = NPY::<f32>::make(&[0, 6, 4])?;
//! gensteps.set_reservation(4000);
//! gensteps.add(&[0.5; 24])?;
//! assert_eq!(gensteps.shape_text(), "1,6,4");
//! assert_eq!(gensteps.capacity(), 96000);
//! gensteps.reset();
//! assert_eq!((gensteps.shape_text().as_str(), gensteps.capacity()), ("0,6,4", 0));
//! # Ok(())
//! # }
//! ```
//!
//! Files are complete or absent: everything is written to a file beside and renamed at the end ([`AtomicFile`]).

#[cfg(target_endian = "big")]
compile_error!("npy files are little-endian and this crate moves their bytes as they are");

mod append;
mod array;
mod atomic_file;
mod bits;
mod compare;
mod describe;
mod digest;
mod dump;
mod element;
mod error;
mod growth;
mod header;
mod header_guard;
mod load;
mod map;
mod metadata;
mod npx;
mod save;
mod select;
mod shape;
mod slice;

pub use append::NPYAppender;
pub use array::NPY;
pub use atomic_file::AtomicFile;
pub use describe::{ArrayDescription, describe};
pub use element::Element;
pub use error::NpyError;
pub use growth::Growth;
pub use map::NPYMap;
pub use metadata::Metadata;
pub use npx::NPX;
pub use slice::Slice;
