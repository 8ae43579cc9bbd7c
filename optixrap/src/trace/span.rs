//! Shapes made of convex pieces: one that holds the solid, and holes cut from it.
//!
//! A line meets a convex piece in one [`Span`]. Every shape here is the common part of a few convex pieces less
//! a few convex holes: a segment wider than half a turn, for example, is the whole less a narrow wedge.

use crate::physics::vec3::Vec3;
use crate::trace::face::LOST;
use crate::trace::ray::{Crossing, Ray, abs, enters, max};

/// The part of a line inside something; empty where `a >= b`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Span {
    /// Parameter of the entry.
    pub(crate) a: f32,
    /// Parameter of the exit.
    pub(crate) b: f32,
    /// Face of the entry.
    pub(crate) face_a: u32,
    /// Face of the exit.
    pub(crate) face_b: u32,
}

impl Span {
    /// A span through one surface.
    #[inline(always)]
    pub(crate) fn new(a: f32, b: f32, face: u32) -> Span {
        Span { a, b, face_a: face, face_b: face }
    }

    /// The whole line.
    #[inline(always)]
    pub(crate) fn all(face: u32) -> Span {
        Span::new(f32::NEG_INFINITY, f32::INFINITY, face)
    }

    /// Nothing; the line's origin is `outside_by` mm outside (negative: inside, so that only rounding missed).
    #[inline(always)]
    pub(crate) fn miss(outside_by: f32, face: u32) -> Span {
        Span::new(f32::INFINITY, -max(outside_by, 0.0), face)
    }
}

/// The most holes of a shape: a twisted tube's hyperboloids and the three parts of its wide wedge.
const MAX_HOLES: usize = 5;

/// What a line meets of a shape.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pieces {
    base: Span,
    holes: [Span; MAX_HOLES],
    n_holes: usize,
}

impl Pieces {
    /// Starts from a convex piece.
    #[inline(always)]
    pub(crate) fn new(base: Span) -> Pieces {
        Pieces { base, holes: [base; MAX_HOLES], n_holes: 0 }
    }

    /// Keeps what is inside a further convex piece.
    #[inline(always)]
    pub(crate) fn clip(&mut self, span: Span) {
        if span.a > self.base.a {
            (self.base.a, self.base.face_a) = (span.a, span.face_a);
        }
        if span.b < self.base.b {
            (self.base.b, self.base.face_b) = (span.b, span.face_b);
        }
    }

    /// Takes away what is inside a convex hole.
    #[inline(always)]
    pub(crate) fn cut(&mut self, hole: Span) {
        if hole.a < hole.b && self.n_holes < MAX_HOLES {
            self.holes[self.n_holes] = hole;
            self.n_holes += 1;
        }
    }

    /// The convex piece without its holes.
    #[inline(always)]
    pub(crate) fn base(&self) -> Span {
        self.base
    }

    /// Whether the line misses the whole shape.
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.base.a >= self.base.b
    }

    /// The first interval inside the shape that ends after `from`.
    #[inline]
    pub(crate) fn interval_after(&self, from: f32) -> Option<Span> {
        let holes = &self.holes[..self.n_holes];
        let (mut t, mut face) = (self.base.a, self.base.face_a);
        for _ in 0..=2 * MAX_HOLES {
            if t >= self.base.b {
                return None;
            }
            if let Some(hole) = holes.iter().find(|hole| hole.a <= t && hole.b > t) {
                (t, face) = (hole.b, hole.face_b);
                continue;
            }
            let mut found = Span { a: t, b: self.base.b, face_a: face, face_b: self.base.face_b };
            for hole in holes {
                if hole.a > t && hole.a < found.b {
                    (found.b, found.face_b) = (hole.a, hole.face_a);
                }
            }
            if found.b > from {
                return Some(found);
            }
            (t, face) = (found.b, found.face_b);
        }
        None
    }

    /// Where a ray from inside leaves: at the end of the convex piece or at the first hole ahead.
    #[inline]
    pub(crate) fn leave(&self, ray: &Ray, tolerance_mm: f32, normal: impl Fn(u32, Vec3) -> Vec3) -> Crossing {
        let cos = |face: u32, t: f32| abs(normal(face, ray.at(t)).dot(ray.direction));
        let (mut t, mut face) = (self.base.b, self.base.face_b);
        for hole in &self.holes[..self.n_holes] {
            if hole.a < t && enters(hole.a, hole.b, || cos(hole.face_a, hole.a), tolerance_mm) {
                (t, face) = (max(hole.a, 0.0), hole.face_a);
            }
        }
        if t > 0.0 {
            return Crossing { distance: t, face };
        }
        let across = if self.base.a == f32::INFINITY { 1.0 } else { cos(face, t) };
        Crossing::exit(t, face, across, tolerance_mm)
    }
}

/// Where a ray from outside enters a shape given as its intervals: `after(from)` is the first that ends after `from`.
#[inline]
pub(crate) fn enter(
    ray: &Ray,
    tolerance_mm: f32,
    limit: f32,
    after: impl Fn(f32) -> Option<Span>,
    normal: impl Fn(u32, Vec3) -> Vec3,
) -> Option<Crossing> {
    let mut from = tolerance_mm;
    while let Some(span) = after(from) {
        if span.a >= limit {
            return None;
        }
        let cos = || abs(normal(span.face_a, ray.at(span.a)).dot(ray.direction));
        if enters(span.a, span.b, cos, tolerance_mm) {
            return Some(Crossing { distance: max(span.a, 0.0), face: span.face_a });
        }
        from = span.b;
    }
    None
}

/// Where a ray from inside leaves a shape given as its intervals: the end of the one that holds the origin or that
/// starts within the tolerance across its entry face.
#[inline]
pub(crate) fn leave(
    ray: &Ray,
    tolerance_mm: f32,
    after: impl Fn(f32) -> Option<Span>,
    normal: impl Fn(u32, Vec3) -> Vec3,
) -> Crossing {
    let cos = |face: u32, t: f32| abs(normal(face, ray.at(t)).dot(ray.direction));
    let ahead = after(tolerance_mm);
    if let Some(span) = ahead
        && (span.a <= tolerance_mm || span.a * cos(span.face_a, span.a) <= tolerance_mm)
    {
        return Crossing { distance: span.b, face: span.face_b };
    }
    let mut behind = None;
    let mut from = f32::NEG_INFINITY;
    while let Some(span) = after(from)
        && span.b <= tolerance_mm
    {
        (behind, from) = (Some(span), span.b);
    }
    match behind {
        Some(span) => Crossing::exit(span.b, span.face_b, cos(span.face_b, span.b), tolerance_mm),
        None => Crossing { distance: 0.0, face: LOST | ahead.map_or(0, |span| span.face_a) },
    }
}
