//! A surface whose reflected light has a measured angular distribution (`G4OpBoundaryProcess::DielectricLUT`; Janecek and
//! Moses, "Simulating scintillator light collection using measured optical reflectance", 2010).
//!
//! The table holds, for 91 angles of incidence in steps of a degree, 45 angles theta from -90 in steps of 4 and 37 angles
//! phi from -90 in steps of 5, the relative probability of a reflected direction: the direction back along the photon is
//! turned by incidence - theta in the plane of incidence, then by -phi across it. REFLECTIVITY decides first,
//! TRANSMITTANCE and EFFICIENCY for what it leaves; the polarization is reflected at the facet in between.
//! As in Geant4 the last theta and phi of the table are never drawn, and REFLECTIVITY is asked again each time that the
//! drawn direction leads into the surface. Directions along the surface (theta or phi of -90) are drawn again here, while
//! rounding decides in Geant4.
//!
//! Draws: one to decide, three per trial of a direction.

use super::boundary_fresnel::unit;
use super::direction::transverse;
use super::fmath::{abs, sin_cos};
use super::photon::Photon;
use super::random::Uniform;
use super::surface::SurfaceOutcome;
use super::surface_rare::{Rare, angle_deg};
use super::vec3::{Vec3, vec3};

/// Angles of incidence in a table.
pub const N_INCIDENT: u32 = 91;
/// Angles theta.
pub const N_THETA: u32 = 45;
/// Angles phi.
pub const N_PHI: u32 = 37;

/// How often a direction is tried: the photon is absorbed where a table has nearly nothing but zeros.
const MAX_TRIALS: u32 = 100_000;
const RAD_PER_DEG: f32 = core::f32::consts::PI / 180.0;

/// Lets the surface act on the photon.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let normal = surface.visit.normal;
    let reflectivity = super::complex_reflectivity::first(surface, photon, rng).reflectivity;
    let incidence_deg = angle_deg(normal, photon.direction);
    let incident = (incidence_deg + 0.5) as i32 as u32;
    let first = surface.detail.data_first + if incident < N_INCIDENT { incident } else { N_INCIDENT - 1 };
    let mut trials = 0;
    loop {
        let u = rng.uniform();
        if u >= reflectivity {
            return surface.not_reflected(u, reflectivity, rng);
        }
        let (theta, phi) = loop {
            trials += 1;
            if trials > MAX_TRIALS {
                return surface.absorb(rng);
            }
            let theta = whole_below(N_THETA - 1, rng.uniform());
            let phi = whole_below(N_PHI - 1, rng.uniform());
            let at = first + (theta + phi * N_THETA) * N_INCIDENT;
            if rng.uniform() < surface.tables.surface_data[at as usize] {
                break (theta, phi);
            }
        };
        let (theta_deg, phi_deg) = (4.0 * theta as f32 - 90.0, 5.0 * phi as f32 - 90.0);
        let out = turned(photon.direction, normal, (incidence_deg - theta_deg, -phi_deg));
        if out.dot(normal) > 0.0 {
            reflect_towards(out, photon);
            return SurfaceOutcome::ReflectDiffuse;
        }
    }
}

/// A whole number from 0 to `count` - 1.
fn whole_below(count: u32, u: f32) -> u32 {
    let whole = (u * count as f32) as i32 as u32;
    if whole < count { whole } else { count - 1 }
}

/// The direction back along `direction`, turned by two angles in degrees: in the plane of incidence towards the normal,
/// then across it.
fn turned(direction: Vec3, normal: Vec3, (in_plane_deg, across_deg): (f32, f32)) -> Vec3 {
    let back = -direction;
    let axis = back.cross(normal);
    let axis = if axis.dot(axis) > 1e-12 { axis.normalized() } else { any_transverse(back) };
    let once = rotate(back, axis, in_plane_deg * RAD_PER_DEG);
    rotate(once, axis.cross(once).normalized(), across_deg * RAD_PER_DEG).normalized()
}

/// A unit vector perpendicular to a direction.
fn any_transverse(direction: Vec3) -> Vec3 {
    let axis = if abs(direction.x) < 0.7 { vec3(1.0, 0.0, 0.0) } else { vec3(0.0, 1.0, 0.0) };
    transverse(axis, direction)
}

/// Rotation about a unit axis, by the right-hand rule (Rodrigues).
fn rotate(v: Vec3, axis: Vec3, angle: f32) -> Vec3 {
    let (sin, cos) = sin_cos(angle);
    v * cos + axis.cross(v) * sin + axis * (axis.dot(v) * (1.0 - cos))
}

/// Sends the photon along `out`; the polarization turns as at the facet that would send it there.
pub(super) fn reflect_towards(out: Vec3, photon: &mut Photon) {
    let facet = (out + -photon.direction).normalized();
    let e = photon.polarization;
    let turned = facet * (2.0 * e.dot(facet)) + -e;
    photon.direction = out;
    photon.polarization = unit(turned + out * -turned.dot(out));
}
