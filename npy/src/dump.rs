//! Arrays as text.

use std::fmt::Write;

use crate::{Element, NPY};

impl<T: Element> NPY<T> {
    /// The first `limit` items as text: a title with the shape, then rows ` value  value ..` after the item's index.
    ///
    /// The last dimension runs along a row; items of more dimensions take a row for each of their rows.
    pub fn dump(&self, title: &str, limit: u64) -> String {
        let mut text = format!("{title} ({}) \n\n", self.shape_text());
        let columns = self.item_shape().last().map_or(1, |&columns| columns.max(1) as usize);
        for (index, item) in self.items().enumerate().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            for row in item.chunks(columns) {
                let _ = write!(text, "({index:>3}) ");
                for value in row {
                    let _ = write!(text, " {} ", value.dump_text());
                }
                text.push('\n');
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::NPY;

    #[test]
    fn stamps_look_as_recorded() {
        let values = vec![76319.516f32, 4580.335, 0.0, 0.0, 76319.55, 4589.772, 0.0, 0.0];
        let expected = "NPY::dump (2,4) \n\n\
            (  0)   76319.516    4580.335       0.000       0.000 \n\
            (  1)   76319.547    4589.772       0.000       0.000 \n";
        assert_eq!(NPY::from_vec(values, &[2, 4]).unwrap().dump("NPY::dump", 15), expected);
    }

    #[test]
    fn rows_of_items_and_limit() {
        let text = NPY::<i32>::make(&[20, 2, 3]).unwrap().dump("t", 15);
        assert_eq!(text.lines().count(), 2 + 15 * 2);
        assert_eq!(text.lines().last(), Some("( 14)           0           0           0 "));
        assert_eq!(NPY::from_vec(vec![7u8], &[1]).unwrap().dump("t", 9), "t (1) \n\n(  0)           7 \n");
        assert_eq!(NPY::<f32>::make(&[0, 6, 4]).unwrap().dump("t", 9), "t (0,6,4) \n\n");
    }
}
