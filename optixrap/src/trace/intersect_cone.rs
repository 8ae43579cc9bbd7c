//! Frustums of cones with holes and segments in phi. The conical surfaces are f64, see [`super::half_cone`]; where both
//! radii are equal they are f32 cylinders, see [`super::intersect_tube`].

use crate::physics::vec3::{Vec3, vec3};
use crate::trace::face::{END_PHI, INNER, MINUS_Z, OUTER, PART_MASK, PLUS_Z, START_PHI};
use crate::trace::half_cone::HalfCone;
use crate::trace::intersect_tube_section::cylinder;
use crate::trace::ray::{Ray, max};
use crate::trace::record::{ConeSection, SolidRecord};
use crate::trace::segment;
use crate::trace::span::{Pieces, Span};

/// The section of a cone's record.
#[inline(always)]
pub(crate) fn section(record: &SolidRecord) -> ConeSection {
    let p = &record.params;
    ConeSection { z1: p[0], z2: p[1], rmin1: p[2], rmax1: p[3], rmin2: p[4], rmax2: p[5] }
}

impl ConeSection {
    #[inline(always)]
    fn outer(&self) -> HalfCone {
        HalfCone::through(self.z1, self.rmax1, self.z2, self.rmax2)
    }

    #[inline(always)]
    fn inner(&self) -> HalfCone {
        HalfCone::through(self.z1, self.rmin1, self.z2, self.rmin2)
    }

    /// The part of a line between the two planes; `closed` counts a line in the lower plane.
    #[inline(always)]
    pub(crate) fn between_planes(&self, ray: &Ray, closed: bool) -> Span {
        let (z, dz) = (ray.origin.z, ray.direction.z);
        if dz != 0.0 {
            let inverse = 1.0 / dz;
            let (t1, t2) = ((self.z1 - z) * inverse, (self.z2 - z) * inverse);
            return if dz > 0.0 {
                Span { a: t1, b: t2, face_a: MINUS_Z, face_b: PLUS_Z }
            } else {
                Span { a: t2, b: t1, face_a: PLUS_Z, face_b: MINUS_Z }
            };
        }
        if z < self.z2 && (z > self.z1 || (closed && z == self.z1)) {
            return Span::all(MINUS_Z);
        }
        Span::miss(max(self.z1 - z, z - self.z2), if z < self.z2 { MINUS_Z } else { PLUS_Z })
    }

    /// What a line meets of the section, `between` the planes.
    #[inline]
    pub(crate) fn pieces(&self, between: Span, record: &SolidRecord, ray: &Ray) -> Pieces {
        let mut pieces = Pieces::new(between);
        if !pieces.is_empty() {
            pieces.clip(if self.rmax1 == self.rmax2 {
                cylinder(self.rmax1, OUTER, ray)
            } else {
                self.outer().span(OUTER, ray)
            });
            if self.rmin1 > 0.0 || self.rmin2 > 0.0 {
                pieces.cut(if self.rmin1 == self.rmin2 {
                    cylinder(self.rmin1, INNER, ray)
                } else {
                    self.inner().span(INNER, ray)
                });
            }
            segment::restrict(&mut pieces, record, ray);
        }
        pieces
    }

    /// Whether a point is strictly inside the section, `closed` counting the lower plane.
    #[inline(always)]
    pub(crate) fn contains(&self, p: Vec3, closed: bool) -> bool {
        let above = p.z > self.z1 || (closed && p.z == self.z1);
        let hole = self.rmin1 > 0.0 || self.rmin2 > 0.0;
        above
            && p.z < self.z2
            && self.outer().outside_by(p) < 0.0
            && (!hole || self.inner().outside_by(p) > 0.0)
    }

    /// The unit normal of a face at a point of it.
    #[inline(always)]
    pub(crate) fn normal(&self, record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
        match face & PART_MASK {
            PLUS_Z => vec3(0.0, 0.0, 1.0),
            MINUS_Z => vec3(0.0, 0.0, -1.0),
            START_PHI => segment::normal(record, START_PHI),
            END_PHI => segment::normal(record, END_PHI),
            INNER => -self.inner().normal(p),
            _ => self.outer().normal(p),
        }
    }
}

/// What a line meets of a cone.
#[inline(always)]
pub(crate) fn pieces(record: &SolidRecord, ray: &Ray) -> Pieces {
    let section = section(record);
    section.pieces(section.between_planes(ray, false), record, ray)
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(record: &SolidRecord, p: Vec3) -> bool {
    section(record).contains(p, false) && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    section(record).normal(record, face, p)
}
