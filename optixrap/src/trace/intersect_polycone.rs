//! Stacks of cones: the sections are met in the order of the ray and joined where they touch.
//!
//! Two neighbours compute the parameter of their common plane by the same operations, so a ray through their common
//! area is inside without a gap; a step in radius is what remains of the plane.

use crate::physics::vec3::Vec3;
use crate::trace::face::{LEAF_MASK, SECTION_SHIFT};
use crate::trace::ray::Ray;
use crate::trace::record::{ConeSection, SolidRecord};
use crate::trace::segment;
use crate::trace::solid::Solids;
use crate::trace::span::Span;

#[inline(always)]
fn sections<'a>(solids: &Solids<'a>, record: &SolidRecord) -> &'a [ConeSection] {
    &solids.sections[record.first as usize..(record.first + record.count) as usize]
}

/// The first interval inside that ends after `from`; intervals closer than `tolerance_mm` are one.
#[inline(never)]
pub(crate) fn interval_after(
    solids: &Solids,
    record: &SolidRecord,
    ray: &Ray,
    from: f32,
    tolerance_mm: f32,
) -> Option<Span> {
    let sections = sections(solids, record);
    let mut current: Option<Span> = None;
    for step in 0..sections.len() {
        let index = if ray.direction.z < 0.0 { sections.len() - 1 - step } else { step };
        let section = &sections[index];
        let pieces = section.pieces(section.between_planes(ray, index > 0), record, ray);
        let mut reached = f32::NEG_INFINITY;
        while let Some(mut span) = pieces.interval_after(reached) {
            reached = span.b;
            span.face_a |= (index as u32) << SECTION_SHIFT;
            span.face_b |= (index as u32) << SECTION_SHIFT;
            match current {
                Some(ref mut open) if span.a - open.b <= tolerance_mm => {
                    (open.b, open.face_b) = (span.b, span.face_b);
                }
                Some(open) if open.b > from => return Some(open),
                _ => current = Some(span),
            }
        }
    }
    current.filter(|open| open.b > from)
}

/// Whether a point is strictly inside.
#[inline(always)]
pub(crate) fn contains(solids: &Solids, record: &SolidRecord, p: Vec3) -> bool {
    let mut sections = sections(solids, record).iter().enumerate();
    sections.any(|(index, section)| section.contains(p, index > 0)) && segment::contains(record, p)
}

/// The unit normal of a face at a point of it.
#[inline(always)]
pub(crate) fn normal(solids: &Solids, record: &SolidRecord, face: u32, p: Vec3) -> Vec3 {
    let index = (face & LEAF_MASK) >> SECTION_SHIFT;
    sections(solids, record)[index as usize].normal(record, face, p)
}
