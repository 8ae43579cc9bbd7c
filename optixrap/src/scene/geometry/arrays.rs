//! Regular copies as arrays, where their daughters can be found by arithmetic.

use std::f64::consts::TAU;

use cfg4::detector::{Detector, Placement, RegularCopies, Step, Transform};

use crate::scene::bounding_box::BoundingBox;
use crate::trace::array::{AROUND_Z, ArrayRecord};

/// The array that the copies of a placement are; `None` where they have to be placed one by one. `cell` is the box of
/// copy 0 in the mother's frame, `margin` what is added on either side.
pub(super) fn array(
    detector: &Detector,
    placement: &Placement,
    copies: &RegularCopies,
    (cell, margin): (BoundingBox, f64),
) -> Option<ArrayRecord> {
    match copies.step {
        Step::Shift(step) => {
            let first = placement.transform;
            // Along the axis on which neighbours overlap least.
            let overlap = |i: usize| (cell.high[i] - cell.low[i]) / step[i];
            let axis =
                (0..3).filter(|&i| step[i] > 0.0).min_by(|&a, &b| overlap(a).total_cmp(&overlap(b)))?;
            (first.rotation == Transform::IDENTITY.rotation).then(|| ArrayRecord {
                first: first.translation_mm,
                step,
                angle: 0.0,
                low: cell.low[axis] - margin,
                high: cell.high[axis] + margin,
                number: copies.number,
                axis: axis as u32,
            })
        }
        Step::Turn(step) => {
            let angle = turn_around_z(&placement.transform)? / TAU;
            let (start, extent) = detector.solid(copies.solid).shape.phi_rad()?;
            let step = step / TAU;
            let is_sound = step > 0.0 && extent <= step * TAU * (1.0 + 1e-9);
            let in_one_turn = step * f64::from(copies.number) <= 1.0 + 1e-6;
            (is_sound && in_one_turn).then(|| ArrayRecord {
                first: [0.0; 3],
                step: [step, 0.0, 0.0],
                angle,
                low: angle + start / TAU,
                high: angle + start / TAU + step,
                number: copies.number,
                axis: AROUND_Z,
            })
        }
    }
}

/// The box around all copies.
pub(super) fn hull(placement: &Placement, copies: &RegularCopies, own: &BoundingBox) -> BoundingBox {
    let last = copies.number - 1;
    let ends = match copies.step {
        Step::Shift(_) => [0, last].into_iter().collect::<Vec<_>>(),
        Step::Turn(_) => (0..=last).collect(),
    };
    let boxes = ends.into_iter().map(|k| own.transformed(&copies.transform(&placement.transform, k)));
    boxes.fold(BoundingBox::EMPTY, |all, b| all.hull(&b))
}

/// The angle of a turn around the z axis, rad; `None` for another motion.
fn turn_around_z(transform: &Transform) -> Option<f64> {
    let [x, y, z] = transform.rotation;
    let is_turn = z == [0.0, 0.0, 1.0] && x[2] == 0.0 && y[2] == 0.0 && x[0] == y[1] && x[1] == -y[0];
    (is_turn && transform.translation_mm == [0.0; 3]).then(|| y[0].atan2(x[0]))
}
