//! The quantities of hits that are compared and drawn.

use super::compare::Side;
use crate::plot::Overlay;

/// A quantity of a hit: a word of its record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quantity {
    /// What it is.
    pub(super) name: &'static str,
    unit: &'static str,
    word: usize,
}

/// Those that are compared.
pub(super) fn quantities() -> [Quantity; 8] {
    let quantity = |name, unit, word| Quantity { name, unit, word };
    [
        quantity("time", "ns", 3),
        quantity("x", "mm", 0),
        quantity("y", "mm", 1),
        quantity("z", "mm", 2),
        quantity("wavelength", "nm", 11),
        quantity("direction x", "", 4),
        quantity("direction y", "", 5),
        quantity("direction z", "", 6),
    ]
}

impl Quantity {
    /// The values of a side's hits.
    pub(super) fn values(&self, side: &Side) -> impl Iterator<Item = f64> {
        let word = self.word;
        side.hits.iter().map(move |hit| f64::from(hit.0[word]))
    }

    /// Both distributions in common bins; `None` where a side has no hits, and nothing can be laid over the other.
    pub(super) fn overlay(&self, a: &Side, b: &Side) -> Option<Overlay> {
        let label = if self.unit.is_empty() {
            self.name.to_owned()
        } else {
            format!("{} ({})", self.name, self.unit)
        };
        let values = |side| self.values(side).filter(|x| x.is_finite()).collect::<Vec<f64>>();
        let both = [values(a), values(b)];
        if both.iter().any(Vec::is_empty) {
            return None;
        }
        Overlay::of_values(&format!("{} of hits", self.name), &label, [&a.name, &b.name], both)
    }
}
