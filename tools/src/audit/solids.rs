//! Solids: how exactly each is traced.
//!
//! Every solid is traced by its own surfaces, none as a mesh that only comes near it. What is lost is rounding:
//! coordinates are f32, and distances across a surface below [`RELATIVE_TOLERANCE`] of the largest coordinate count as
//! none. A sample of crossings checks it: a step of twice that length from the surface must lead inside or outside.

use cfg4::detector::{Detector, Shape, SolidId, without_pointer};
use optixrap::scene::RELATIVE_TOLERANCE;
use optixrap::scene::solids::{FlatSolids, SolidError};
use optixrap::trace::solid::contains;

use super::finding::{Check, Finding, Grade};
use super::surface_points::{SurfacePoint, surface_points};
use crate::info::solid_words;
use crate::number::short;
use crate::random::Random;

/// Crossings that are checked of each solid.
const CHECKED: usize = 200;
/// The part of them that may lie at edges, where a step along the normal leads past another face.
const AT_EDGES: f64 = 0.03;

/// A line for each solid of a detector whose solids can all be traced.
pub(super) fn findings(detector: &Detector, flat: &FlatSolids, seed: u64) -> Vec<Finding> {
    (0..detector.solids.len()).map(|index| finding(detector, flat, SolidId(index as u32), seed)).collect()
}

fn finding(detector: &Detector, flat: &FlatSolids, id: SolidId, seed: u64) -> Finding {
    let bounds = &flat.bounds[id.index()];
    let reach = bounds.low.iter().chain(&bounds.high).fold(0.0_f64, |most, x| most.max(x.abs()));
    let bound_mm = reach * RELATIVE_TOLERANCE;
    let mut random = Random::new(seed, id.0.into());
    let points = surface_points(flat, id, CHECKED, &mut random);
    // Twice the bound: sampled lines start outside, further off than photons.
    let step = (2.0 * bound_mm) as f32;
    let off = points.iter().filter(|point| !is_on_surface(flat, id, point, step)).count();
    let off_part = off as f64 / points.len().max(1) as f64;
    let words = solid_words(detector, id);
    let bound = short(bound_mm, 2);
    let (grade, message) = if off_part > AT_EDGES {
        let percent = short(100.0 * off_part, 2);
        let message =
            format!("{words}; {percent} % of sampled crossings are more than {bound} mm off its surface");
        (Grade::Approximated, message)
    } else {
        (Grade::Exact, format!("{words}; crossings within {bound} mm (f32)"))
    };
    Finding::new(Check::Solid, grade, name(detector, id), message)
        .with("bound_mm", bound_mm)
        .with("crossings", points.len() as f64)
        .with("off_part", off_part)
}

fn is_on_surface(flat: &FlatSolids, id: SolidId, point: &SurfacePoint, step: f32) -> bool {
    let view = flat.view();
    let holds = |sign: f32| contains(&view, id.0, point.position + point.normal * (sign * step));
    holds(-1.0) && !holds(1.0)
}

fn name(detector: &Detector, id: SolidId) -> String {
    without_pointer(&detector.solid(id).name).to_owned()
}

/// Every solid that cannot be traced, with the reason; and the detector with boxes in their places.
pub(super) fn refused(detector: &Detector) -> (Vec<Finding>, Detector) {
    let mut stand_in = detector.clone();
    let mut findings = Vec::new();
    while let Some((index, error)) = first_refused(&stand_in) {
        let subject = name(detector, SolidId(index as u32));
        findings.push(Finding::new(Check::Solid, Grade::Refused, subject, error.to_string()));
        stand_in.solids[index].shape = Shape::Box { half_mm: [1.0; 3] };
    }
    (findings, stand_in)
}

/// The first solid that cannot be traced: solids depend on earlier ones only, so that the shortest list that is refused
/// ends with it.
fn first_refused(detector: &Detector) -> Option<(usize, SolidError)> {
    let try_first = |n: usize| {
        let solids = detector.solids[..n].to_vec();
        FlatSolids::new(&Detector { solids, ..Detector::default() }).err()
    };
    try_first(detector.solids.len())?;
    let (mut fine, mut refused) = (0, detector.solids.len());
    while refused - fine > 1 {
        let middle = fine + (refused - fine) / 2;
        if try_first(middle).is_some() { refused = middle } else { fine = middle }
    }
    try_first(refused).map(|error| (refused - 1, error))
}
