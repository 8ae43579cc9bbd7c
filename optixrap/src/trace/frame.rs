//! Change of frame between a volume and its mother.

use bytemuck::{Pod, Zeroable};

use crate::physics::vec3::{Vec3, vec3};

/// A rigid motion `rotation * p + translation`; a pure translation is marked, because most placements are one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    rows: [Vec3; 3],
    translation: Vec3,
    rotated: bool,
}

/// A [`Frame`] as it lies in memory.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Pod, Zeroable)]
pub struct FrameRecord {
    rows: [Vec3; 3],
    translation: Vec3,
    rotated: u32,
}

impl FrameRecord {
    /// The motion.
    #[inline(always)]
    pub fn frame(&self) -> Frame {
        Frame::new(self.rows, self.translation, self.rotated != 0)
    }
}

impl From<Frame> for FrameRecord {
    fn from(frame: Frame) -> Self {
        Self { rows: frame.rows, translation: frame.translation, rotated: frame.rotated.into() }
    }
}

impl Frame {
    /// No motion.
    pub const IDENTITY: Frame = Frame {
        rows: [vec3(1.0, 0.0, 0.0), vec3(0.0, 1.0, 0.0), vec3(0.0, 0.0, 1.0)],
        translation: vec3(0.0, 0.0, 0.0),
        rotated: false,
    };

    /// A motion from the rows of its rotation, which must be orthonormal, and its translation.
    #[inline(always)]
    pub fn new(rows: [Vec3; 3], translation: Vec3, rotated: bool) -> Frame {
        Frame { rows, translation, rotated }
    }

    /// A motion without rotation.
    #[inline(always)]
    pub fn shift(translation: Vec3) -> Frame {
        Frame { translation, ..Self::IDENTITY }
    }

    /// Whether directions change.
    #[inline(always)]
    pub fn is_rotated(&self) -> bool {
        self.rotated
    }

    /// The vector `v` in the new frame.
    #[inline(always)]
    pub fn vector(&self, v: Vec3) -> Vec3 {
        if self.rotated { vec3(self.rows[0].dot(v), self.rows[1].dot(v), self.rows[2].dot(v)) } else { v }
    }

    /// The unit vector `v` in the new frame, of unit length again.
    #[inline(always)]
    pub fn direction(&self, v: Vec3) -> Vec3 {
        if self.rotated { self.vector(v).normalized() } else { v }
    }

    /// The point `p` in the new frame.
    #[inline(always)]
    pub fn point(&self, p: Vec3) -> Vec3 {
        self.vector(p) + self.translation
    }

    /// The reverse motion.
    #[inline(always)]
    pub fn inverse(&self) -> Frame {
        if !self.rotated {
            return Frame { translation: -self.translation, ..*self };
        }
        let [a, b, c] = self.rows;
        let rows = [vec3(a.x, b.x, c.x), vec3(a.y, b.y, c.y), vec3(a.z, b.z, c.z)];
        let back = Frame { rows, translation: vec3(0.0, 0.0, 0.0), rotated: true };
        Frame { translation: -back.vector(self.translation), ..back }
    }

    /// First `self`, then `next`.
    #[inline(always)]
    pub fn then(&self, next: &Frame) -> Frame {
        let translation = next.point(self.translation);
        if !next.rotated {
            return Frame { translation, ..*self };
        }
        if !self.rotated {
            return Frame { translation, ..*next };
        }
        let [a, b, c] = self.rows;
        let row = |r: Vec3| a * r.x + b * r.y + c * r.z;
        Frame { rows: [row(next.rows[0]), row(next.rows[1]), row(next.rows[2])], translation, rotated: true }
    }
}
