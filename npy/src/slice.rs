//! Slices `start:stop:step` of the items of an array.

use std::str::FromStr;

use crate::{Element, NPY, NpyError};

/// Items from `start` to before `stop` in steps, with Python's rules for absent and negative numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// First item, from the end where negative; the first of all where absent.
    pub start: Option<i64>,
    /// Item to stop before, from the end where negative; behind the last where absent.
    pub stop: Option<i64>,
    /// Step, 1 or more.
    pub step: u64,
}

impl Slice {
    /// Indices that the slice takes of `num_items` items.
    pub fn indices(&self, num_items: u64) -> impl Iterator<Item = u64> + use<> {
        let bound = |bound: i64| {
            if bound < 0 { num_items.saturating_add_signed(bound) } else { bound.unsigned_abs() }
        };
        let start = self.start.map_or(0, bound).min(num_items);
        let stop = self.stop.map_or(num_items, bound).min(num_items);
        (start..stop).step_by(usize::try_from(self.step.max(1)).unwrap_or(usize::MAX))
    }
}

impl FromStr for Slice {
    type Err = NpyError;

    fn from_str(text: &str) -> Result<Self, NpyError> {
        let error = |problem| NpyError::Slice { text: text.to_owned(), problem };
        let number = |part: Option<&str>| match part.map(str::trim) {
            None | Some("") => Ok(None),
            Some(digits) => {
                digits.parse::<i64>().map(Some).map_err(|_| error("it has something else than integers"))
            }
        };
        let mut parts = text.split(':');
        let (start, stop, step) = (number(parts.next())?, number(parts.next())?, number(parts.next())?);
        if parts.next().is_some() || !text.contains(':') {
            return Err(error("it needs one or two colons"));
        }
        let step = step.map_or(Some(1), |step| u64::try_from(step).ok().filter(|&step| step > 0));
        Ok(Slice { start, stop, step: step.ok_or_else(|| error("the step must be 1 or more"))? })
    }
}

impl<T: Element> NPY<T> {
    /// Copy of the items of a slice `start:stop:step`, for example `"0:100:10"` or `"-5:"`.
    ///
    /// # Errors
    /// [`NpyError::Slice`] where the text is not a slice.
    pub fn make_slice(&self, slice: &str) -> Result<NPY<T>, NpyError> {
        let slice: Slice = slice.parse()?;
        Ok(self.gather(slice.indices(self.num_items())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_follow_python() {
        let array = NPY::from_vec((0..20u16).collect(), &[10, 2]).unwrap();
        let first = |text: &str| {
            let slice = array.make_slice(text).unwrap();
            slice.items().map(|item| item[0] / 2).collect::<Vec<_>>()
        };
        assert_eq!(first("0:10:3"), [0, 3, 6, 9]);
        assert_eq!(first("2:5"), [2, 3, 4]);
        assert_eq!(first("-3:"), [7, 8, 9]);
        assert_eq!(first(":-8"), [0, 1]);
        assert_eq!(first("::4"), [0, 4, 8]);
        assert_eq!(first("-99:99").len(), 10);
        assert_eq!(first("5:2").len(), 0);
    }

    #[test]
    fn other_texts_are_errors() {
        for text in ["", "1", "a:b", "0:1:0", "0:1:-1", "0:1:2:3", "0:99999999999999999999"] {
            assert!(matches!(text.parse::<Slice>(), Err(NpyError::Slice { .. })), "{text}");
        }
    }
}
