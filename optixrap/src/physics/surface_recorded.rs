//! A surface with recorded directions of what it reflects and transmits (`G4OpBoundaryProcess::DielectricLUTDAVIS`;
//! Roncali and Cherry, "Simulation of light transport in scintillators based on 3D characterization of crystal surfaces",
//! 2013; Stockhoff et al., "Advanced optical simulation of scintillation detectors in GATE V8.0", 2017).
//!
//! For each of 90 angles of incidence, rounded down to whole degrees, there are 20 000 recorded directions (azimuth from
//! the plane of incidence and elevation from the normal, rad) of reflected photons, as many of transmitted ones (the second
//! half of the table), and a reflectivity. A photon that is not reflected ends where EFFICIENCY > 0: detected with it, else
//! absorbed. At normal incidence (below a degree) photons are reflected straight back, or pass straight.
//! REFLECTIVITY plays no part. Directions of (0, 0) are gaps in the record.
//!
//! Geant4 leaves the polarization of reflected photons as it was, which need not be transverse: here the closest transverse
//! one is taken. Where a crystal with such a surface stands among metals with a complex index that moves the ends of photons
//! by a per cent; with a constant REFLECTIVITY there is no difference.
//!
//! Draws: one to decide, one per trial of a direction.

use super::direction::transverse;
use super::fmath::sin_cos;
use super::photon::Photon;
use super::random::Uniform;
use super::surface::SurfaceOutcome;
use super::surface_measured::reflect_towards;
use super::surface_rare::{Rare, angle_deg};
use super::vec3::Vec3;

/// Angles of incidence in a table.
pub const N_INCIDENT: u32 = 90;
/// Directions for each.
pub const N_DIRECTIONS: u32 = 20_000;
/// Numbers in the table of directions.
pub const N_NUMBERS: u32 = 7_280_001;
/// Where the directions of transmitted photons begin, as if those at 0 degrees were recorded too.
const TRANSMITTED: u32 = 3_640_000;

/// How often a direction is tried.
const MAX_TRIALS: u32 = 1000;

/// Lets the surface act on the photon.
#[inline(never)]
pub(super) fn interact<R: Uniform>(surface: &Rare, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let normal = surface.visit.normal;
    let angle = angle_deg(normal, photon.direction) as i32 as u32;
    let angle = if angle < N_INCIDENT { angle } else { N_INCIDENT - 1 };
    // The reflectivities lie behind the directions.
    let reflectivity = surface.tables.surface_data[(surface.detail.data_first + N_NUMBERS + angle) as usize];
    if rng.uniform() <= reflectivity {
        return reflect(surface, angle, photon, rng);
    }
    if surface.efficiency > 0.0 {
        return surface.absorb(rng);
    }
    if angle > 0 {
        let first = TRANSMITTED + angle * 2 * N_DIRECTIONS;
        match direction(surface, first, photon.direction, rng) {
            Some(out) => reflect_towards(out, photon),
            None => return SurfaceOutcome::Absorb,
        }
    }
    if photon.direction.dot(normal) < 0.0 { SurfaceOutcome::Transmit } else { SurfaceOutcome::ReflectDiffuse }
}

fn reflect<R: Uniform>(surface: &Rare, angle: u32, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let out = if angle == 0 {
        Some(-photon.direction)
    } else {
        direction(surface, (angle - 1) * 2 * N_DIRECTIONS, photon.direction, rng)
    };
    let Some(out) = out else { return SurfaceOutcome::Absorb };
    photon.polarization = transverse(photon.polarization, out);
    photon.direction = out;
    let back = out.dot(surface.visit.normal) >= 0.0;
    if back { SurfaceOutcome::ReflectDiffuse } else { SurfaceOutcome::Transmit }
}

/// One of the recorded directions from `first` on.
fn direction<R: Uniform>(surface: &Rare, first: u32, incoming: Vec3, rng: &mut R) -> Option<Vec3> {
    let normal = surface.visit.normal;
    let first = surface.detail.data_first + first;
    for _ in 0..MAX_TRIALS {
        let pick = (rng.uniform() * N_DIRECTIONS as f32) as i32 as u32;
        let pick = if pick < N_DIRECTIONS { pick } else { N_DIRECTIONS - 1 };
        let at = (first + 2 * pick) as usize;
        let (azimuth, elevation) = (surface.tables.surface_data[at], surface.tables.surface_data[at + 1]);
        if azimuth == 0.0 && elevation == 0.0 {
            continue;
        }
        let ((sin_e, cos_e), (sin_a, cos_a)) = (sin_cos(elevation), sin_cos(azimuth));
        let across = normal.cross(incoming).normalized();
        let along = across.cross(normal);
        let out = along * (sin_e * cos_a) + across * (sin_e * sin_a) + normal * cos_e;
        return Some(out.normalized());
    }
    None
}
