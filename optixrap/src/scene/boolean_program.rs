//! Compiling a tree of booleans to the branching program of its leaves.

use cfg4::detector::{BooleanOperator, Detector, Shape, SolidId, Transform};

use crate::physics::vec3::{Vec3, vec3};
use crate::scene::bounding_box::BoundingBox;
use crate::scene::solids::SolidError;
use crate::trace::face::MAX_LEAVES;
use crate::trace::record::{BooleanLeaf, INSIDE, OUTSIDE};

/// A part of the tree still to be compiled.
struct Part {
    solid: SolidId,
    /// From the part's frame to the boolean's.
    transform: Transform,
    subtracted: bool,
    /// Number of its first leaf.
    first: u32,
    if_inside: u32,
    if_outside: u32,
}

/// The leaves of solid `id` of a detector, given the number of leaves of every solid before it.
///
/// # Errors
/// [`SolidError::NotRigid`] where an operand is scaled.
pub(crate) fn compile(
    detector: &Detector,
    id: SolidId,
    n_leaves: &[usize],
    bounds: &[BoundingBox],
) -> Result<Vec<BooleanLeaf>, SolidError> {
    let mut leaves = Vec::with_capacity(n_leaves[id.index()]);
    let whole = Part {
        solid: id,
        transform: Transform::IDENTITY,
        subtracted: false,
        first: 0,
        if_inside: INSIDE,
        if_outside: OUTSIDE,
    };
    let mut parts = vec![whole];
    while let Some(part) = parts.pop() {
        if let Shape::Boolean { operator, first, first_to_frame, second, second_to_frame } =
            &detector.solid(part.solid).shape
        {
            let middle = part.first + n_leaves[first.index()] as u32;
            let (a, b) = operands(&part, *operator, middle);
            parts.push(Part { solid: *second, transform: part.transform.after(second_to_frame), ..b });
            parts.push(Part { solid: *first, transform: part.transform.after(first_to_frame), ..a });
        } else {
            leaves.push(leaf(detector, id, &part, &bounds[part.solid.index()])?);
        }
    }
    Ok(leaves)
}

/// Where the answers of the two operands lead; solids and transforms are the caller's to set.
fn operands(part: &Part, operator: BooleanOperator, middle: u32) -> (Part, Part) {
    let with = |first, if_inside, if_outside, subtracted| Part {
        solid: part.solid,
        transform: part.transform,
        subtracted,
        first,
        if_inside,
        if_outside,
    };
    let (yes, no, flip) = (part.if_inside, part.if_outside, part.subtracted);
    match operator {
        BooleanOperator::Union => (with(part.first, yes, middle, flip), with(middle, yes, no, flip)),
        BooleanOperator::Intersection => (with(part.first, middle, no, flip), with(middle, yes, no, flip)),
        BooleanOperator::Subtraction => (with(part.first, middle, no, flip), with(middle, no, yes, !flip)),
    }
}

fn leaf(
    detector: &Detector,
    id: SolidId,
    part: &Part,
    bounds: &BoundingBox,
) -> Result<BooleanLeaf, SolidError> {
    let Transform { rotation: r, translation_mm } = part.transform;
    let dot = |i: usize, j: usize| (0..3).map(|k| r[k][i] * r[k][j]).sum::<f64>();
    let expected = |i: usize, j: usize| if i == j { 1.0 } else { 0.0 };
    if !(0..3).all(|i| (0..3).all(|j| (dot(i, j) - expected(i, j)).abs() < 1e-6)) {
        return Err(SolidError::NotRigid {
            name: detector.solid(id).name.clone(),
            operand: detector.solid(part.solid).name.clone(),
        });
    }
    Ok(BooleanLeaf {
        rotation: [0, 1, 2].map(|i| vec3(r[0][i] as f32, r[1][i] as f32, r[2][i] as f32)),
        origin: single(translation_mm),
        centre: single(part.transform.apply(bounds.centre())),
        radius: (bounds.radius_mm() * 1.000_01) as f32,
        solid: part.solid.0,
        if_inside: part.if_inside,
        if_outside: part.if_outside,
        subtracted: part.subtracted as u32,
    })
}

fn single([x, y, z]: [f64; 3]) -> Vec3 {
    vec3(x as f32, y as f32, z as f32)
}

/// The number of leaves of solid `index`, given those of the solids before it.
///
/// # Errors
/// [`SolidError`] where an operand does not come before its boolean, or there are too many leaves.
pub(crate) fn count_leaves(
    detector: &Detector,
    index: usize,
    n_leaves: &[usize],
) -> Result<usize, SolidError> {
    let solid = &detector.solids[index];
    let Shape::Boolean { first, second, .. } = &solid.shape else {
        return Ok(1);
    };
    let of = |operand: &SolidId| {
        n_leaves
            .get(operand.index())
            .copied()
            .ok_or_else(|| SolidError::OperandOrder { name: solid.name.clone(), operand: operand.0 })
    };
    let count = of(first)? + of(second)?;
    if count > MAX_LEAVES {
        return Err(SolidError::TooManyLeaves { name: solid.name.clone(), count });
    }
    Ok(count)
}
