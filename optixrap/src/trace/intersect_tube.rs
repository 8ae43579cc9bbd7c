//! Full tubes without a hole: a cylinder around z between two planes.
//!
//! The cylinder's quadratic is written with the ray's moment `x dy - y dx` about the axis, which leaves an error of an
//! ulp of the radius or of the origin's distance from the axis, whichever is greater, across the surface.

use crate::intrinsics::sqrt;
use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{LOST, MINUS_Z, OUTER, PLUS_Z};
use crate::trace::ray::{Crossing, Ray, abs, enters, max, slab, slab_exit};
use crate::trace::record::SolidRecord;

/// Rays closer to the axis' direction than this (squared sine) are parallel to it: over 100 m they move by less than
/// 1e-7 mm sideways.
pub(crate) const PARALLEL: f32 = 1e-24;

/// A line's relation to the cylinder of radius `r` around z.
pub(crate) struct Cylinder {
    /// Squared sine of the angle with the axis.
    pub(crate) sin2: f32,
    /// `x dx + y dy` at the origin.
    pub(crate) radial: f32,
    /// Squared half chord times `sin2^2`; negative where the line misses.
    pub(crate) discriminant: f32,
}

impl Cylinder {
    #[inline(always)]
    pub(crate) fn new(r: f32, ray: &Ray) -> Cylinder {
        let (o, d) = (ray.origin, ray.direction);
        let sin2 = d.x * d.x + d.y * d.y;
        let moment = o.x * d.y - o.y * d.x;
        Cylinder { sin2, radial: o.x * d.x + o.y * d.y, discriminant: r * r * sin2 - moment * moment }
    }
}

/// How far a point is outside the cylinder; negative inside.
#[inline(always)]
pub(crate) fn outside_by(r: f32, p: Vec3) -> f32 {
    sqrt(p.x * p.x + p.y * p.y) - r
}

/// Where a ray from outside enters.
#[inline(always)]
pub(crate) fn enter(record: &SolidRecord, ray: &Ray, tolerance_mm: f32, limit: f32) -> Option<Crossing> {
    let (r, half_z) = (record.params[0], record.params[1]);
    let dz = ray.direction.z;
    let (mut a, mut b) = slab(half_z, ray.origin.z, dz, ray.inverse.z);
    let mut face = if dz > 0.0 { MINUS_Z } else { PLUS_Z };
    let mut root = 0.0;
    if b <= tolerance_mm || a >= limit {
        return None;
    }
    let cylinder = Cylinder::new(r, ray);
    if cylinder.sin2 > PARALLEL {
        if cylinder.discriminant <= 0.0 {
            return None;
        }
        root = sqrt(cylinder.discriminant);
        let inverse = 1.0 / cylinder.sin2;
        let (near, far) = ((-cylinder.radial - root) * inverse, (-cylinder.radial + root) * inverse);
        if near > a {
            (a, face) = (near, OUTER);
        }
        if far < b {
            b = far;
        }
    } else if outside_by(r, ray.origin) >= 0.0 {
        return None;
    }
    let cos = || if face == OUTER { root / r } else { abs(dz) };
    (a < limit && enters(a, b, cos, tolerance_mm)).then_some(Crossing { distance: max(a, 0.0), face })
}

/// Where a ray from inside leaves.
#[inline(always)]
pub(crate) fn leave(record: &SolidRecord, ray: &Ray, tolerance_mm: f32) -> Crossing {
    let (r, half_z) = (record.params[0], record.params[1]);
    let dz = ray.direction.z;
    let t = slab_exit(half_z, ray.origin.z, dz, ray.inverse.z);
    let cylinder = Cylinder::new(r, ray);
    if cylinder.sin2 > PARALLEL {
        if cylinder.discriminant < 0.0 {
            let lost = outside_by(r, ray.origin) > tolerance_mm;
            return Crossing { distance: 0.0, face: OUTER | if lost { LOST } else { 0 } };
        }
        let root = sqrt(cylinder.discriminant);
        let far = (root - cylinder.radial) / cylinder.sin2;
        if far < t {
            return Crossing::exit(far, OUTER, root / r, tolerance_mm);
        }
    }
    Crossing::exit(t, if dz > 0.0 { PLUS_Z } else { MINUS_Z }, abs(dz), tolerance_mm)
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    abs(p.z) < record.params[1] && p.x * p.x + p.y * p.y < record.params[0] * record.params[0]
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(face: u32, p: Vec3) -> Vec3 {
    match face {
        PLUS_Z => vec3(0.0, 0.0, 1.0),
        MINUS_Z => vec3(0.0, 0.0, -1.0),
        _ => vec3(p.x, p.y, 0.0).normalized(),
    }
}
