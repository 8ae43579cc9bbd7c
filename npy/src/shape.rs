//! Shapes: products that cannot overflow, text, and dimensions to infer.

use crate::NpyError;

/// Most dimensions that an array may have, as in numpy.
const MAX_DIMENSIONS: usize = 32;

/// Dimensions joined by commas without spaces, `3500,6,4`.
pub(crate) fn shape_text(shape: &[u64]) -> String {
    shape.iter().map(u64::to_string).collect::<Vec<_>>().join(",")
}

/// Error about a shape.
pub(crate) fn shape_error(shape: &[u64], problem: impl Into<String>) -> NpyError {
    NpyError::Shape { shape: shape_text(shape), problem: problem.into() }
}

/// Product of the dimensions; 1 without any.
///
/// # Errors
/// [`NpyError::Shape`] where it does not fit 64 bits, zeros aside, or there are too many dimensions.
pub(crate) fn checked_product(shape: &[u64]) -> Result<u64, NpyError> {
    if shape.len() > MAX_DIMENSIONS {
        return Err(shape_error(&shape[..4], format!("{} dimensions, 32 are the most", shape.len())));
    }
    let nonzero = shape.iter().map(|&dim| dim.max(1)).try_fold(1u64, u64::checked_mul);
    let nonzero = nonzero.ok_or_else(|| shape_error(shape, "more than 2^64 values"))?;
    Ok(if shape.contains(&0) { 0 } else { nonzero })
}

/// Number of values and of bytes of an array, both as this machine can address them.
///
/// # Errors
/// [`NpyError::Shape`] where the bytes do not fit the address space.
pub(crate) fn addressable_values(shape: &[u64], element_bytes: usize) -> Result<usize, NpyError> {
    let count = checked_product(shape)?;
    let bytes = count.checked_mul(element_bytes as u64).filter(|&bytes| isize::try_from(bytes).is_ok());
    bytes
        .map(|_| count as usize)
        .ok_or_else(|| shape_error(shape, "more bytes than this machine can address"))
}

/// Replaces the one dimension given as -1 so that the product is `count`.
///
/// # Errors
/// [`NpyError::Shape`] where that is not possible or the product differs from `count`.
pub(crate) fn infer_shape(wanted: &[i64], count: u64) -> Result<Vec<u64>, NpyError> {
    let problem = |text: String| NpyError::Shape {
        shape: wanted.iter().map(i64::to_string).collect::<Vec<_>>().join(","),
        problem: text,
    };
    if wanted.is_empty() || wanted.iter().any(|&dim| dim < -1) {
        return Err(problem("dimensions must be 0 or more, with one -1 to be inferred".into()));
    }
    let inferred: Vec<usize> = (0..wanted.len()).filter(|&axis| wanted[axis] == -1).collect();
    let mut shape: Vec<u64> = wanted.iter().map(|&dim| u64::try_from(dim).unwrap_or(1)).collect();
    let known = checked_product(&shape)?;
    match inferred[..] {
        [] => {}
        [axis] if known > 0 && count.is_multiple_of(known) => shape[axis] = count / known,
        [_] => return Err(problem(format!("{count} values do not divide by the other dimensions"))),
        _ => return Err(problem("only one dimension can be inferred".into())),
    }
    if checked_product(&shape)? != count {
        return Err(problem(format!("does not hold the array's {count} values")));
    }
    Ok(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_beyond_32_bits_and_overflow() {
        assert_eq!(checked_product(&[134_217_728, 4, 4]).unwrap(), 1 << 31);
        assert_eq!(checked_product(&[1 << 40, 6, 4]).unwrap(), 24 << 40);
        assert_eq!(checked_product(&[0, 6, 4]).unwrap(), 0);
        assert!(checked_product(&[1 << 40, 1 << 40]).is_err());
        assert!(checked_product(&[0, 1 << 40, 1 << 40]).is_err());
        assert!(checked_product(&[1; 33]).is_err());
        assert!(addressable_values(&[1 << 61, 1], 8).is_err());
        assert_eq!(addressable_values(&[1 << 31, 6, 4], 4).unwrap(), 24 << 31);
    }

    #[test]
    fn dimensions_are_inferred() {
        assert_eq!(infer_shape(&[-1, 4], 40).unwrap(), [10, 4]);
        assert_eq!(infer_shape(&[5, -1, 4], 40).unwrap(), [5, 2, 4]);
        assert_eq!(infer_shape(&[-1, 6, 4], 0).unwrap(), [0, 6, 4]);
        for bad in [&[-1, 3][..], &[-1, -1], &[-2, 4], &[10, 5], &[], &[-1, 0]] {
            assert!(infer_shape(bad, 40).is_err(), "{bad:?}");
        }
    }
}
