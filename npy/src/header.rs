//! The header of an .npy file: read through `npyz`, written in numpy's own spelling.

use std::io::{self, Read};

use npyz::{DType, NpyHeader, Order, WriteOptions, WriterBuilder};

use crate::header_guard::check_header_text;
use crate::shape::{addressable_values, checked_product, shape_text};
use crate::{Element, NpyError};

/// Bytes before the text of a header of version 1: magic, version, length.
const PREFIX_BYTES: usize = 10;

/// Headers start data at a multiple of this.
const ALIGNMENT: usize = 16;

/// Longest header text accepted; numpy's own limit by default is 10000.
const MAX_TEXT_BYTES: usize = 65_536;

/// What a header says about its array.
pub(crate) struct FileHeader {
    /// Type name, as `<f4`, or the Python description of a structured type.
    pub(crate) descr: String,
    /// Bytes of one element; `None` for Python objects.
    pub(crate) element_bytes: Option<usize>,
    /// All dimensions.
    pub(crate) shape: Vec<u64>,
    /// Whether the first index is the fastest.
    pub(crate) fortran_order: bool,
    /// Where the data starts in the file, in bytes.
    pub(crate) data_offset: u64,
}

impl FileHeader {
    /// Reads the header and leaves the reader at the data. `place` names the file in errors.
    pub(crate) fn read(reader: &mut impl Read, place: &str) -> Result<Self, NpyError> {
        let bytes = read_bytes(reader).map_err(|problem| format_error(place, problem))?;
        let header = NpyHeader::from_reader(&bytes[..]).map_err(|e| format_error(place, e.to_string()))?;
        let descr = match header.dtype() {
            DType::Plain(type_str) => type_str.to_string(),
            other => other.descr(),
        };
        Ok(FileHeader {
            descr,
            element_bytes: header.dtype().num_bytes().filter(|_| !header.uses_pickled_array()),
            shape: header.shape().to_vec(),
            fortran_order: header.order() == Order::Fortran,
            data_offset: bytes.len() as u64,
        })
    }

    /// Number of values, where this is a C-ordered array of `T` with at least one dimension.
    ///
    /// # Errors
    /// [`NpyError::Dtype`], [`NpyError::FortranOrder`], [`NpyError::Shape`] or [`NpyError::Format`] otherwise.
    pub(crate) fn values_of<T: Element>(&self, place: &str) -> Result<usize, NpyError> {
        if normalised(&self.descr) != T::DESCR {
            let (place, found) = (place.to_owned(), self.descr.clone());
            return Err(NpyError::Dtype { place, expected: T::DESCR, found });
        }
        // With one dimension both orders are the same.
        if self.fortran_order && self.shape.len() > 1 {
            return Err(NpyError::FortranOrder { place: place.to_owned() });
        }
        if self.shape.is_empty() {
            let problem = "it is a single value without dimensions, expected an array of items";
            return Err(format_error(place, problem));
        }
        addressable_values(&self.shape, size_of::<T>())
    }

    /// Checks the dimensions of an item, all but the first.
    pub(crate) fn check_item_shape(&self, item_shape: &[u64], place: &str) -> Result<(), NpyError> {
        if self.shape.get(1..) == Some(item_shape) {
            return Ok(());
        }
        let (expected, found) = (shape_text(item_shape), shape_text(&self.shape));
        Err(NpyError::ItemShape { place: place.to_owned(), expected, found })
    }
}

/// Single-byte types are written with any byte order by other programs.
fn normalised(descr: &str) -> &str {
    match descr {
        "<i1" | ">i1" => "|i1",
        "<u1" | ">u1" => "|u1",
        other => other,
    }
}

pub(crate) fn format_error(place: &str, problem: impl Into<String>) -> NpyError {
    NpyError::Format { place: place.to_owned(), problem: problem.into() }
}

/// The bytes of the header, magic to newline, after the checks that keep the parser safe.
fn read_bytes(reader: &mut impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = vec![0; PREFIX_BYTES];
    let short = |_| "it is shorter than an .npy header".to_owned();
    reader.read_exact(&mut bytes).map_err(short)?;
    if !bytes.starts_with(b"\x93NUMPY") {
        return Err("it does not start with the magic bytes \\x93NUMPY".into());
    }
    let mut text_bytes = usize::from(u16::from_le_bytes([bytes[8], bytes[9]]));
    if bytes[6] > 1 {
        bytes.extend([0; 2]);
        reader.read_exact(&mut bytes[PREFIX_BYTES..]).map_err(short)?;
        text_bytes |= usize::from(u16::from_le_bytes([bytes[10], bytes[11]])) << 16;
    }
    if text_bytes > MAX_TEXT_BYTES {
        return Err(format!("its header claims {text_bytes} bytes, {MAX_TEXT_BYTES} are the most"));
    }
    let text_start = bytes.len();
    bytes.resize(text_start + text_bytes, 0);
    reader.read_exact(&mut bytes[text_start..]).map_err(short)?;
    check_header_text(&bytes[text_start..])?;
    Ok(bytes)
}

/// Header bytes of an array of `T`, at least `min_bytes` long, as numpy writes them for version 1.0 of the format
/// but aligned to 16 bytes: 80 bytes for `<f4` and (10,6,4).
///
/// # Errors
/// [`NpyError::Shape`] where the dimensions are too many for one header or overflow 64 bits.
pub(crate) fn header_bytes<T: Element>(shape: &[u64], min_bytes: usize) -> Result<Vec<u8>, NpyError> {
    checked_product(shape)?;
    let too_long = |problem: String| NpyError::Shape { shape: shape_text(shape), problem };
    let text = header_text::<T>(shape).map_err(|error| too_long(error.to_string()))?;
    let total = (PREFIX_BYTES + text.len() + 1).max(min_bytes).next_multiple_of(ALIGNMENT);
    let text_bytes =
        u16::try_from(total - PREFIX_BYTES).map_err(|_| too_long("too long for a header".into()))?;
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend(text_bytes.to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.resize(total - 1, b' ');
    bytes.push(b'\n');
    Ok(bytes)
}

/// The dictionary of a header. `npyz` makes it; its tuples `(10, 6, 4, )` get numpy's spelling.
fn header_text<T: Element>(shape: &[u64]) -> io::Result<String> {
    let mut bytes = Vec::new();
    let options = WriteOptions::<T>::new().dtype(T::default_dtype()).shape(shape);
    options.writer(&mut bytes).write_header_only()?;
    let text = String::from_utf8_lossy(&bytes[PREFIX_BYTES..]);
    let tuple_end = if shape.len() == 1 { ",), }" } else { "), }" };
    Ok(text.trim_end().replace(", ), }", tuple_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_bytes() {
        let mut expected = b"\x93NUMPY\x01\x00\x46\x00".to_vec();
        expected.extend(b"{'descr': '<f4', 'fortran_order': False, 'shape': (10, 6, 4), }      \n");
        assert_eq!(expected.len(), 80);
        assert_eq!(header_bytes::<f32>(&[10, 6, 4], 0).unwrap(), expected);
    }

    #[test]
    fn one_dimension_and_lengths() {
        let text = String::from_utf8_lossy(&header_bytes::<u8>(&[7], 0).unwrap()[10..]).into_owned();
        assert_eq!(text.trim_end(), "{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }");
        assert_eq!(header_bytes::<u8>(&[7], 100).unwrap().len(), 112);
        for dims in 1..=32 {
            assert_eq!(header_bytes::<f64>(&vec![3; dims], 0).unwrap().len() % 16, 0);
        }
    }

    #[test]
    fn every_type_is_read_as_written() {
        fn check<T: Element>() {
            let bytes = header_bytes::<T>(&[0, 6, 4], 0).unwrap();
            let header = FileHeader::read(&mut &bytes[..], "test").unwrap();
            assert_eq!((header.descr.as_str(), header.shape.as_slice()), (T::DESCR, &[0, 6, 4][..]));
            assert_eq!(header.values_of::<T>("test").unwrap(), 0);
            assert_eq!(header.element_bytes, Some(size_of::<T>()));
            assert_eq!(header.data_offset, bytes.len() as u64);
        }
        check::<f32>();
        check::<f64>();
        check::<i8>();
        check::<i16>();
        check::<i32>();
        check::<i64>();
        check::<u8>();
        check::<u16>();
        check::<u32>();
        check::<u64>();
    }
}
