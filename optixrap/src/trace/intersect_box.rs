//! Boxes: three pairs of parallel planes.
//!
//! All in f32: a crossing is good to a few ulp of the coordinates across the face, divided by the cosine along the ray.

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{MINUS_X, PLUS_X};
use crate::trace::ray::{Crossing, Ray, abs, enters, max, min, slab, slab_exit};
use crate::trace::record::SolidRecord;

#[inline(always)]
fn half(record: &SolidRecord) -> Vec3 {
    vec3(record.params[0], record.params[1], record.params[2])
}

/// The parameters where the line enters and leaves; entry after exit where it misses.
#[inline(always)]
pub(crate) fn interval(record: &SolidRecord, ray: &Ray) -> (f32, f32, [f32; 3]) {
    let (h, o, d, i) = (half(record), ray.origin, ray.direction, ray.inverse);
    let (ax, bx) = slab(h.x, o.x, d.x, i.x);
    let (ay, by) = slab(h.y, o.y, d.y, i.y);
    let (az, bz) = slab(h.z, o.z, d.z, i.z);
    (max(ax, max(ay, az)), min(bx, min(by, bz)), [ax, ay, az])
}

/// The axis of the entry at parameter `a`, and the face.
#[inline(always)]
pub(crate) fn entry_face(near: &[f32; 3], a: f32, direction: Vec3) -> (u32, f32) {
    let (axis, along) = if a == near[0] {
        (0, direction.x)
    } else if a == near[1] {
        (2, direction.y)
    } else {
        (4, direction.z)
    };
    (axis + if along > 0.0 { MINUS_X } else { PLUS_X }, abs(along))
}

/// Where a ray from outside enters.
#[inline(always)]
pub(crate) fn enter(record: &SolidRecord, ray: &Ray, tolerance_mm: f32, limit: f32) -> Option<Crossing> {
    let (a, b, near) = interval(record, ray);
    if b <= tolerance_mm || a >= limit || a >= b {
        return None;
    }
    let (face, cos) = entry_face(&near, a, ray.direction);
    enters(a, b, || cos, tolerance_mm).then_some(Crossing { distance: max(a, 0.0), face })
}

/// Where a ray from inside leaves: through the nearest of the three faces that it points to.
#[inline(always)]
pub(crate) fn leave(record: &SolidRecord, ray: &Ray, tolerance_mm: f32) -> Crossing {
    let (h, o, d, i) = (half(record), ray.origin, ray.direction, ray.inverse);
    let (tx, ty) = (slab_exit(h.x, o.x, d.x, i.x), slab_exit(h.y, o.y, d.y, i.y));
    let tz = slab_exit(h.z, o.z, d.z, i.z);
    let t = min(min(tx, ty), tz);
    // Bits instead of branches: which face comes first cannot be predicted.
    // Faces are numbered 2 axis + (1 if plus).
    let plus = |along: f32| u32::from(along > 0.0);
    let select = |a: u32, b: u32, second: bool| a ^ ((a ^ b) & u32::from(second).wrapping_neg());
    let face = select(plus(d.x), 2 + plus(d.y), ty < tx);
    let face = select(face, 4 + plus(d.z), tz < min(tx, ty));
    if t > 0.0 {
        return Crossing { distance: t, face };
    }
    let along = [d.x, d.y, d.z][(face >> 1) as usize];
    Crossing::exit(t, face, abs(along), tolerance_mm)
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    let h = half(record);
    abs(p.x) < h.x && abs(p.y) < h.y && abs(p.z) < h.z
}

/// The unit normal of a face.
#[inline(always)]
pub(crate) fn normal(face: u32) -> Vec3 {
    let s = if face & 1 == 1 { 1.0 } else { -1.0 };
    let along = |axis: u32| if face >> 1 == axis { s } else { 0.0 };
    vec3(along(0), along(1), along(2))
}
