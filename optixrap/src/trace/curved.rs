//! Curved solids that are a convex piece with holes, by their kind. Nothing here is inlined: these solids are rare, and
//! in the GPU's kernels each would take registers and stack from all others.

use crate::physics::vec3::Vec3;
use crate::trace::ray::Ray;
use crate::trace::record::{
    CUT_TUBE, ELLIPSOID, ELLIPTICAL_CONE, ELLIPTICAL_TUBE, HYPERBOLOID, PARABOLOID, SolidRecord, TORUS,
    TWISTED_TUBE,
};
use crate::trace::span::Pieces;
use crate::trace::{
    intersect_cut_tube, intersect_ellipsoid, intersect_elliptical_cone, intersect_elliptical_tube,
    intersect_hyperboloid, intersect_paraboloid, intersect_torus, intersect_twisted_tube,
};

/// Whether a kind is one of those here.
#[inline(always)]
pub(crate) fn is_curved(kind: u32) -> bool {
    matches!(
        kind,
        CUT_TUBE
            | ELLIPSOID
            | ELLIPTICAL_TUBE
            | ELLIPTICAL_CONE
            | PARABOLOID
            | HYPERBOLOID
            | TORUS
            | TWISTED_TUBE
    )
}

/// What a line meets of the solid.
#[inline(never)]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    match record.kind {
        CUT_TUBE => intersect_cut_tube::pieces(record, ray),
        ELLIPSOID => intersect_ellipsoid::pieces(record, ray),
        ELLIPTICAL_TUBE => intersect_elliptical_tube::pieces(record, ray),
        ELLIPTICAL_CONE => intersect_elliptical_cone::pieces(record, ray),
        PARABOLOID => intersect_paraboloid::pieces(record, ray),
        HYPERBOLOID => intersect_hyperboloid::pieces(record, ray),
        TORUS => intersect_torus::pieces(record, ray),
        _ => intersect_twisted_tube::pieces(record, ray),
    }
}

/// Whether a point is strictly inside.
#[inline(never)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    match record.kind {
        CUT_TUBE => intersect_cut_tube::contains(record, p),
        ELLIPSOID => intersect_ellipsoid::contains(record, p),
        ELLIPTICAL_TUBE => intersect_elliptical_tube::contains(record, p),
        ELLIPTICAL_CONE => intersect_elliptical_cone::contains(record, p),
        PARABOLOID => intersect_paraboloid::contains(record, p),
        HYPERBOLOID => intersect_hyperboloid::contains(record, p),
        TORUS => intersect_torus::contains(record, p),
        _ => intersect_twisted_tube::contains(record, p),
    }
}

/// The unit normal of a face at a point of it.
#[inline(never)]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    match record.kind {
        CUT_TUBE => intersect_cut_tube::normal(record, face, p),
        ELLIPSOID => intersect_ellipsoid::normal(record, face, p),
        ELLIPTICAL_TUBE => intersect_elliptical_tube::normal(record, face, p),
        ELLIPTICAL_CONE => intersect_elliptical_cone::normal(record, face, p),
        PARABOLOID => intersect_paraboloid::normal(record, face, p),
        HYPERBOLOID => intersect_hyperboloid::normal(record, face, p),
        TORUS => intersect_torus::normal(record, face, p),
        _ => intersect_twisted_tube::normal(record, face, p),
    }
}
