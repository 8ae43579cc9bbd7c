//! How often a placement puts its volume into the mother: once, in a regular array, or as a list says.

use super::{Placement, SolidId, Transform};

/// The copies of one placement. Copies of arrays and lists are numbered from 0, which are their copy numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Copies {
    /// Once, with the placement's copy number, solid and transform.
    #[default]
    Once,
    /// A replica or division whose copies differ in nothing but where they are.
    Regular(RegularCopies),
    /// A parameterised volume, or a division into slices that differ.
    Each(Vec<PlacedCopy>),
}

/// Copies at equal steps. The placement's transform is that of copy 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RegularCopies {
    /// How many.
    pub number: u32,
    /// From each copy to the next.
    pub step: Step,
    /// The solid that the volume has in every copy.
    pub solid: SolidId,
}

/// A motion in the mother's frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Step {
    /// Along a vector, mm.
    Shift([f64; 3]),
    /// Around the z axis, rad.
    Turn(f64),
}

/// One copy of a list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedCopy {
    /// The solid that the volume has in this copy.
    pub solid: SolidId,
    /// The copy's frame to the mother's.
    pub transform: Transform,
}

impl RegularCopies {
    /// The frame of copy `k` to the mother's, that of copy 0 being `first`.
    pub fn transform(&self, first: &Transform, k: u32) -> Transform {
        match self.step {
            Step::Shift(step) => {
                let at = first.translation_mm;
                Transform { translation_mm: [0, 1, 2].map(|i| at[i] + f64::from(k) * step[i]), ..*first }
            }
            Step::Turn(angle) => {
                let (sin, cos) = (f64::from(k) * angle).sin_cos();
                let rotation = [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]];
                Transform { rotation, translation_mm: [0.0; 3] }.after(first)
            }
        }
    }
}

impl Placement {
    /// How many copies there are.
    pub fn number_of_copies(&self) -> u32 {
        match &self.copies {
            Copies::Once => 1,
            Copies::Regular(array) => array.number,
            Copies::Each(list) => list.len() as u32,
        }
    }

    /// The frame of copy `k` (from 0) to the mother's.
    pub fn transform_of_copy(&self, k: u32) -> Transform {
        match &self.copies {
            Copies::Once => self.transform,
            Copies::Regular(array) => array.transform(&self.transform, k),
            Copies::Each(list) => list.get(k as usize).map_or(self.transform, |copy| copy.transform),
        }
    }

    /// The copy number of copy `k` (from 0).
    pub fn copy_number_of(&self, k: u32) -> i32 {
        match self.copies {
            Copies::Once => self.copy_number,
            _ => i32::try_from(k).unwrap_or(i32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_arrays_are_where_the_steps_lead() {
        let array = |step| RegularCopies { number: 5, step, solid: SolidId(0) };
        let first = Transform::translation([-8.0, 1.0, 0.0]);
        let shifted = array(Step::Shift([4.0, 0.0, 0.5])).transform(&first, 3);
        assert_eq!(shifted, Transform::translation([4.0, 1.0, 1.5]));
        let turned = array(Step::Turn(std::f64::consts::FRAC_PI_2)).transform(&first, 3);
        let moved = turned.apply([1.0, 0.0, 2.0]);
        for (found, expected) in moved.into_iter().zip([1.0, 7.0, 2.0]) {
            assert!((found - expected).abs() < 1e-12, "{moved:?}");
        }
    }
}
