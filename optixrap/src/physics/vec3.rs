//! Vectors of three f32.

use core::ops::{Add, AddAssign, Mul, Neg, Sub};

use crate::intrinsics::sqrt;

/// A point in mm or a direction.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Vec3 {
    /// x component.
    pub x: f32,
    /// y component.
    pub y: f32,
    /// z component.
    pub z: f32,
}

/// Shorthand for a vector of its components.
#[inline(always)]
pub const fn vec3(x: f32, y: f32, z: f32) -> Vec3 {
    Vec3 { x, y, z }
}

impl Vec3 {
    /// Scalar product.
    #[inline(always)]
    pub fn dot(self, o: Vec3) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    /// Vector product.
    #[inline(always)]
    pub fn cross(self, o: Vec3) -> Vec3 {
        vec3(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    /// Length.
    #[inline(always)]
    pub fn length(self) -> f32 {
        sqrt(self.dot(self))
    }

    /// The unit vector of the same direction; a zero vector stays what it is.
    #[inline(always)]
    pub fn normalized(self) -> Vec3 {
        let l2 = self.dot(self);
        if l2 > 0.0 { self * (1.0 / sqrt(l2)) } else { self }
    }

    /// CLHEP's `rotateUz`: the vector after the rotation that takes z to the unit vector `axis`.
    #[inline(always)]
    pub fn rotate_uz(self, axis: Vec3) -> Vec3 {
        let up2 = axis.x * axis.x + axis.y * axis.y;
        if up2 > 0.0 {
            let up = sqrt(up2);
            let (px, py, pz) = (self.x, self.y, self.z);
            vec3(
                (axis.x * axis.z * px - axis.y * py) / up + axis.x * pz,
                (axis.y * axis.z * px + axis.x * py) / up + axis.y * pz,
                -up * px + axis.z * pz,
            )
        } else if axis.z < 0.0 {
            vec3(-self.x, self.y, -self.z)
        } else {
            self
        }
    }
}

impl Add for Vec3 {
    type Output = Vec3;
    #[inline(always)]
    fn add(self, o: Vec3) -> Vec3 {
        vec3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl AddAssign for Vec3 {
    #[inline(always)]
    fn add_assign(&mut self, o: Vec3) {
        *self = *self + o;
    }
}

impl Sub for Vec3 {
    type Output = Vec3;
    #[inline(always)]
    fn sub(self, o: Vec3) -> Vec3 {
        vec3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Neg for Vec3 {
    type Output = Vec3;
    #[inline(always)]
    fn neg(self) -> Vec3 {
        vec3(-self.x, -self.y, -self.z)
    }
}

impl Mul<f32> for Vec3 {
    type Output = Vec3;
    #[inline(always)]
    fn mul(self, s: f32) -> Vec3 {
        vec3(self.x * s, self.y * s, self.z * s)
    }
}
