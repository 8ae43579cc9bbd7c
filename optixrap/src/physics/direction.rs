//! Random directions with polarizations.

use super::fmath::{abs, max, sin_cos_turns};
use super::random::Uniform;
use super::vec3::{Vec3, vec3};
use crate::intrinsics::sqrt;

/// A direction with its two transverse axes: those of growing theta and of growing phi.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The direction.
    pub direction: Vec3,
    /// Unit vector along which theta grows.
    pub theta_hat: Vec3,
    /// Unit vector along which phi grows.
    pub phi_hat: Vec3,
}

impl Frame {
    /// The frame of the direction with this cosine of theta and phi = 2 pi `turns`.
    #[inline(always)]
    pub fn new(cos_theta: f32, turns: f32) -> Self {
        let sin_theta = sqrt(max(0.0, 1.0 - cos_theta * cos_theta));
        let (sin_phi, cos_phi) = sin_cos_turns(turns);
        Self {
            direction: vec3(sin_theta * cos_phi, sin_theta * sin_phi, cos_theta),
            theta_hat: vec3(cos_theta * cos_phi, cos_theta * sin_phi, -sin_theta),
            phi_hat: vec3(-sin_phi, cos_phi, 0.0),
        }
    }

    /// The transverse unit vector at the angle 2 pi `turns` from [`theta_hat`](Self::theta_hat).
    #[inline(always)]
    pub fn transverse(&self, turns: f32) -> Vec3 {
        let (sin, cos) = sin_cos_turns(turns);
        self.theta_hat * cos + self.phi_hat * sin
    }
}

/// A direction uniform on the sphere. Draws: two.
#[inline(always)]
pub fn isotropic<R: Uniform>(rng: &mut R) -> Frame {
    let turns = rng.uniform();
    Frame::new(2.0 * rng.uniform() - 1.0, turns)
}

/// A direction uniform on the sphere with a polarization uniform around it. Draws: three.
#[inline(always)]
pub fn isotropic_unpolarized<R: Uniform>(rng: &mut R) -> (Vec3, Vec3) {
    let frame = isotropic(rng);
    (frame.direction, frame.transverse(rng.uniform()))
}

/// A direction around the unit vector `normal` with the density cos(theta) / pi (Lambert). Draws: two.
///
/// The sum of the normal and a point uniform on the unit sphere has just this direction.
#[inline(always)]
pub fn lambertian<R: Uniform>(normal: Vec3, rng: &mut R) -> Vec3 {
    let sum = normal + isotropic(rng).direction;
    let length2 = sum.dot(sum);
    if length2 > 1e-12 { sum * (1.0 / sqrt(length2)) } else { normal }
}

/// The unit vector closest to `vector` among those perpendicular to the unit vector `direction`; any of them if
/// `vector` is parallel to it.
#[inline]
pub fn transverse(vector: Vec3, direction: Vec3) -> Vec3 {
    let across = vector + direction * -vector.dot(direction);
    if across.dot(across) > 1e-12 * vector.dot(vector) {
        return across.normalized();
    }
    let axis = if abs(direction.x) < 0.7 { vec3(1.0, 0.0, 0.0) } else { vec3(0.0, 1.0, 0.0) };
    direction.cross(axis).normalized()
}
