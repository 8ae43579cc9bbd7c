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
/// [`SolidError::Flattened`] where an operand is scaled by 0.
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
        match &detector.solid(part.solid).shape {
            Shape::Boolean { operator, first, first_to_frame, second, second_to_frame } => {
                let middle = part.first + n_leaves[first.index()] as u32;
                let (a, b) = operands(&part, *operator, middle);
                parts.push(Part { solid: *second, transform: part.transform.after(second_to_frame), ..b });
                parts.push(Part { solid: *first, transform: part.transform.after(first_to_frame), ..a });
            }
            Shape::MultiUnion { nodes } => push_nodes(&part, nodes, n_leaves, &mut parts),
            Shape::Transformed { solid, to_frame } => {
                parts.push(Part { solid: *solid, transform: part.transform.after(to_frame), ..part });
            }
            _ => leaves.push(leaf(detector, id, &part, &bounds[part.solid.index()])?),
        }
    }
    Ok(leaves)
}

/// The nodes of a multi-union, the first on top of the stack: outside of one the next is asked.
fn push_nodes(part: &Part, nodes: &[(SolidId, Transform)], n_leaves: &[usize], parts: &mut Vec<Part>) {
    let mut next = part.first;
    let bottom = parts.len();
    for (number, (solid, to_frame)) in nodes.iter().enumerate() {
        let first = next;
        next += n_leaves[solid.index()] as u32;
        let is_last = number + 1 == nodes.len();
        let if_outside = if is_last { part.if_outside } else { next };
        parts.push(Part {
            solid: *solid,
            transform: part.transform.after(to_frame),
            subtracted: part.subtracted,
            first,
            if_inside: part.if_inside,
            if_outside,
        });
    }
    parts[bottom..].reverse();
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
    let operand = detector.solid(part.solid);
    let rigid = part.transform.is_orthogonal();
    let Some(inverse) = (if rigid { Some(transposed(r)) } else { inverse(r) }) else {
        return Err(SolidError::Flattened {
            name: detector.solid(id).name.clone(),
            operand: operand.name.clone(),
        });
    };
    let radius_mm = if rigid { bounds.radius_mm() } else { bounds.transformed(&part.transform).radius_mm() };
    Ok(BooleanLeaf {
        rotation: inverse.map(single),
        origin: single(translation_mm),
        centre: single(part.transform.apply(bounds.centre())),
        radius: (radius_mm * 1.000_01) as f32,
        solid: part.solid.0,
        if_inside: part.if_inside,
        if_outside: part.if_outside,
        subtracted: part.subtracted as u32,
        stretched: !rigid as u32,
    })
}

fn transposed(m: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    [0, 1, 2].map(|i| [m[0][i], m[1][i], m[2][i]])
}

/// The inverse of a matrix; `None` where it makes flat what it acts on.
fn inverse(m: [[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let cofactor = |i: usize, j: usize| {
        let (a, b, c, d) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3);
        m[a][c] * m[b][d] - m[a][d] * m[b][c]
    };
    let determinant: f64 = (0..3).map(|j| m[0][j] * cofactor(0, j)).sum();
    let inverse = [0, 1, 2].map(|i| [0, 1, 2].map(|j| cofactor(j, i) / determinant));
    inverse.iter().flatten().all(|x| x.is_finite()).then_some(inverse)
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
    let of = |operand: &SolidId| {
        n_leaves
            .get(operand.index())
            .copied()
            .ok_or_else(|| SolidError::OperandOrder { name: solid.name.clone(), operand: operand.0 })
    };
    let count = match &solid.shape {
        Shape::Boolean { first, second, .. } => of(first)? + of(second)?,
        Shape::Transformed { solid, .. } => of(solid)?,
        // Added up with a limit, since each may have many.
        Shape::MultiUnion { nodes } => nodes
            .iter()
            .try_fold(0, |sum: usize, (node, _)| Ok::<_, SolidError>(sum.saturating_add(of(node)?)))?,
        _ => 1,
    };
    if count > MAX_LEAVES {
        return Err(SolidError::TooManyLeaves { name: solid.name.clone(), count });
    }
    Ok(count)
}
