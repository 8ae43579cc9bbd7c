//! What an optical surface does to a photon.
//!
//! Two models, chosen when the scene is built:
//!
//! * Opticks: four probabilities decide between absorption, detection, specular and diffuse reflection; nothing
//!   passes.
//! * Geant4 (`G4OpBoundaryProcess`): REFLECTIVITY and TRANSMITTANCE first, and EFFICIENCY for what they leave;
//!   what is reflected by a metal or by paint reflects, at a dielectric goes on to Fresnel's rule.
//!
//! Draws: one to choose, one more where EFFICIENCY decides; two for a diffuse direction; those of
//! [`fresnel`]; at a rough surface, three per trial of a facet.

use super::boundary_fresnel::{Fresnel, fresnel, reflect_like_vector, unit};
use super::direction::lambertian;
use super::photon::Photon;
use super::random::Uniform;
use super::tables::{Table, Tables};
use super::vec3::{Vec3, vec3};

/// What [`SurfaceRecord::kind`] can be, and what the four values of its table are then.
pub mod kind {
    /// Detection, absorption, specular, diffuse reflection: probabilities that sum to 1.
    pub const OPTICKS: u32 = 0;
    /// REFLECTIVITY, TRANSMITTANCE, EFFICIENCY, 0: metal, `polish` < 1 tilts the mirror.
    pub const METAL: u32 = 1;
    /// As METAL: a dielectric on both sides, `polish` < 1 tilts the boundary.
    pub const DIELECTRIC: u32 = 2;
    /// As METAL: paint in front, a mirror.
    pub const PAINTED_SPECULAR: u32 = 3;
    /// As METAL: paint in front, diffuse.
    pub const PAINTED_DIFFUSE: u32 = 4;
}

/// An optical surface.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct SurfaceRecord {
    /// The table of four values over photon energy (eV) in [`Tables::surface_points`].
    pub table: Table,
    /// One of [`kind`].
    pub kind: u32,
    /// 1 for a perfectly smooth surface, 0 for the roughest.
    pub polish: f32,
    /// 1 if the surface has EFFICIENCY > 0 somewhere: a sensor.
    pub is_sensor: u32,
    /// Zero.
    pub pad: u32,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceOutcome {
    /// Ended, not detected.
    Absorb,
    /// Ended, detected.
    Detect,
    /// Goes back, as from a mirror.
    ReflectSpecular,
    /// Goes back, in a diffuse direction.
    ReflectDiffuse,
    /// Goes back, by Fresnel's rule or total reflection.
    ReflectFresnel,
    /// Passes to the other side.
    Transmit,
}

impl SurfaceRecord {
    /// Whether the surface acts between two volumes of the same material. In Geant4 a dielectric one does not.
    #[inline(always)]
    pub fn acts_within_one_material(&self) -> bool {
        self.kind != kind::DIELECTRIC
    }

    /// Whether the photon may pass, so that the other side needs RINDEX.
    #[inline(always)]
    pub fn needs_rindex_behind(&self) -> bool {
        self.kind == kind::DIELECTRIC
    }
}

/// Lets `surface` act on a photon that travels from a medium of index `n1` towards one of index `n2`.
///
/// `normal` is the boundary's unit normal that points against the photon.
#[inline]
pub fn interact<R: Uniform>(
    tables: &Tables,
    surface: u32,
    (n1, n2): (f32, f32),
    normal: Vec3,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let record = &tables.surfaces[surface as usize];
    let values = tables.surface_values(&record.table, photon.wavelength_nm);
    let u = rng.uniform();
    if record.kind == kind::OPTICKS {
        return opticks(values, u, normal, photon, rng);
    }
    let [reflectivity, transmittance, efficiency, _] = values;
    if u >= reflectivity {
        return if u < reflectivity + transmittance {
            SurfaceOutcome::Transmit
        } else if efficiency > 0.0 && rng.uniform() < efficiency {
            SurfaceOutcome::Detect
        } else {
            SurfaceOutcome::Absorb
        };
    }
    match record.kind {
        kind::PAINTED_DIFFUSE => reflect_diffusely(normal, photon, rng),
        kind::DIELECTRIC => dielectric(record.polish, (n1, n2), normal, photon, rng),
        kind::METAL => reflect_from_metal(record.polish, normal, photon, rng),
        _ => reflect_specularly(normal, photon),
    }
}

#[inline(always)]
fn opticks<R: Uniform>(
    [detect, absorb, _, diffuse]: [f32; 4],
    u: f32,
    normal: Vec3,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    if u < absorb {
        SurfaceOutcome::Absorb
    } else if u < absorb + detect {
        SurfaceOutcome::Detect
    } else if u < absorb + detect + diffuse {
        reflect_diffusely(normal, photon, rng)
    } else {
        reflect_specularly(normal, photon)
    }
}

#[inline(always)]
fn reflect_specularly(normal: Vec3, photon: &mut Photon) -> SurfaceOutcome {
    reflect_like_vector(normal, photon);
    SurfaceOutcome::ReflectSpecular
}

/// Lambert's law; the polarization turns as from the facet that would send the photon there.
#[inline]
fn reflect_diffusely<R: Uniform>(normal: Vec3, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
    let out = lambertian(normal, rng);
    let facet = (out + -photon.direction).normalized();
    let e = photon.polarization;
    let turned = facet * (2.0 * e.dot(facet)) + -e;
    photon.direction = out;
    photon.polarization = unit(turned + out * -turned.dot(out));
    SurfaceOutcome::ReflectDiffuse
}

/// How often a facet is tried before the surface is taken as smooth.
const MAX_TRIALS: u32 = 100;

/// The normal of a facet of a ground surface (Geant4's glisur model): the normal plus (1 - polish) times a point
/// uniform in the unit ball, such that the photon can hit it.
#[inline]
fn facet_normal<R: Uniform>(polish: f32, normal: Vec3, direction: Vec3, rng: &mut R) -> Vec3 {
    if polish >= 1.0 {
        return normal;
    }
    for _ in 0..MAX_TRIALS {
        let (x, y, z) = (rng.uniform(), rng.uniform(), rng.uniform());
        let smear = vec3(2.0 * x - 1.0, 2.0 * y - 1.0, 2.0 * z - 1.0);
        let facet = normal + smear * (1.0 - polish);
        if smear.dot(smear) <= 1.0 && direction.dot(facet) < 0.0 {
            return facet.normalized();
        }
    }
    normal
}

/// Reflections from facets until the photon leaves the surface.
#[inline]
fn reflect_from_metal<R: Uniform>(
    polish: f32,
    normal: Vec3,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    for _ in 0..MAX_TRIALS {
        let facet = facet_normal(polish, normal, photon.direction, rng);
        reflect_like_vector(facet, photon);
        if photon.direction.dot(normal) >= 0.0 {
            return SurfaceOutcome::ReflectSpecular;
        }
    }
    reflect_specularly(normal, photon)
}

/// Refraction and reflection at facets until the photon leaves the surface, on either side.
#[inline]
fn dielectric<R: Uniform>(
    polish: f32,
    (n1, n2): (f32, f32),
    normal: Vec3,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let (mut side, mut from, mut to) = (normal, n1, n2);
    for _ in 0..MAX_TRIALS {
        let facet = facet_normal(polish, side, photon.direction, rng);
        let outcome = fresnel(from, to, facet, photon, rng);
        let outwards = photon.direction.dot(side);
        match outcome {
            Fresnel::Reflected if outwards >= 0.0 => break,
            Fresnel::Transmitted => {
                (side, from, to) = (-side, to, from);
                if outwards <= 0.0 {
                    break;
                }
            }
            Fresnel::Reflected => {}
        }
    }
    if photon.direction.dot(normal) < 0.0 { SurfaceOutcome::Transmit } else { SurfaceOutcome::ReflectFresnel }
}
