//! What an optical surface does to a photon.
//!
//! Two models, chosen when the scene is built:
//!
//! * Opticks: four probabilities decide between absorption, detection, specular and diffuse reflection; nothing
//!   passes.
//! * Geant4 (`G4OpBoundaryProcess`): REFLECTIVITY and TRANSMITTANCE first, and EFFICIENCY for what they leave;
//!   what is reflected by a metal or by paint reflects, at a dielectric goes on to Fresnel's rule.
//!
//! Smooth surfaces and paint in front are done here; all others by [`surface_rare`].
//!
//! Draws: one to choose, one more where EFFICIENCY decides; two for a diffuse direction; those of [`fresnel`].

use super::boundary_fresnel::{Fresnel, fresnel, reflect_like_vector, unit};
use super::direction::lambertian;
use super::photon::Photon;
use super::random::Uniform;
use super::surface_detail::Visit;
use super::surface_rare;
use super::tables::{Table, Tables};
use super::vec3::Vec3;
use crate::repertoire::EVERYTHING;

/// What [`SurfaceRecord::kind`] can be, and what the four values of its table are then.
pub mod kind {
    /// Detection, absorption, specular, diffuse reflection: probabilities that sum to 1.
    pub const OPTICKS: u32 = 0;
    /// REFLECTIVITY, TRANSMITTANCE, EFFICIENCY, 0: smooth metal.
    pub const METAL: u32 = 1;
    /// As METAL: a smooth boundary of two dielectrics.
    pub const DIELECTRIC: u32 = 2;
    /// As METAL: paint in front, a mirror.
    pub const PAINTED_SPECULAR: u32 = 3;
    /// As METAL: paint in front, diffuse.
    pub const PAINTED_DIFFUSE: u32 = 4;
    /// As METAL: one that has a [`SurfaceDetail`](super::super::surface_detail::SurfaceDetail).
    pub const DETAILED: u32 = 5;
}

/// Bits of [`SurfaceRecord::needs`].
pub mod need {
    /// RINDEX behind the surface: a photon stops (NR) where there is none.
    pub const RINDEX_BEHIND: u32 = 1;
    /// Two materials: within one the surface does nothing.
    pub const TWO_MATERIALS: u32 = 2;
    /// What the surface lacks (RINDEX of the gap before back paint): photons stop (NR).
    pub const GAP: u32 = 4;
}

/// An optical surface.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct SurfaceRecord {
    /// The table of four values over photon energy (eV) in [`Tables::surface_points`].
    pub table: Table,
    /// One of [`kind`].
    pub kind: u32,
    /// Bits of [`need`].
    pub needs: u32,
    /// 1 if the surface detects: it has EFFICIENCY > 0 somewhere.
    pub is_sensor: u32,
    /// Index in [`Tables::surface_details`] of a [`kind::DETAILED`] one, else 0.
    pub detail: u32,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceOutcome {
    /// Ended, not detected.
    Absorb,
    /// Ended, detected.
    Detect,
    /// Goes back, as from a mirror or a facet.
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
        self.needs & need::TWO_MATERIALS == 0
    }

    /// Whether a photon stops here because RINDEX is missing, be it behind the surface or on it.
    #[inline(always)]
    pub fn lacks_rindex(&self, has_rindex_behind: bool) -> bool {
        self.needs & need::GAP != 0 || (self.needs & need::RINDEX_BEHIND != 0 && !has_rindex_behind)
    }
}

/// Lets `surface` act on a photon.
#[inline(always)]
pub fn interact<R: Uniform>(
    tables: &Tables,
    surface: u32,
    visit: Visit,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let record = &tables.surfaces[surface as usize];
    if EVERYTHING && record.kind == kind::DETAILED {
        return interact_detailed(tables, record, visit, photon, rng);
    }
    let values = tables.surface_values(&record.table, photon.wavelength_nm);
    let normal = visit.normal;
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
        kind::DIELECTRIC => match fresnel(visit.indices.0, visit.indices.1, normal, photon, rng) {
            Fresnel::Reflected => SurfaceOutcome::ReflectFresnel,
            Fresnel::Transmitted => SurfaceOutcome::Transmit,
        },
        _ => reflect_specularly(normal, photon),
    }
}

/// Hands copies to the rare surfaces, so that photon and random numbers of the loop stay in registers.
#[inline(always)]
fn interact_detailed<R: Uniform>(
    tables: &Tables,
    record: &SurfaceRecord,
    visit: Visit,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let (answer, after) = surface_rare::interact(tables, record, visit, *photon, rng.clone());
    *rng = after;
    photon.direction = answer.direction;
    photon.polarization = answer.polarization;
    answer.outcome
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

/// A mirror.
#[inline(always)]
pub(super) fn reflect_specularly(normal: Vec3, photon: &mut Photon) -> SurfaceOutcome {
    reflect_like_vector(normal, photon);
    SurfaceOutcome::ReflectSpecular
}

/// Lambert's law; the polarization turns as from the facet that would send the photon there.
#[inline(always)]
pub(super) fn reflect_diffusely<R: Uniform>(
    normal: Vec3,
    photon: &mut Photon,
    rng: &mut R,
) -> SurfaceOutcome {
    let out = lambertian(normal, rng);
    let facet = (out + -photon.direction).normalized();
    let e = photon.polarization;
    let turned = facet * (2.0 * e.dot(facet)) + -e;
    photon.direction = out;
    photon.polarization = unit(turned + out * -turned.dot(out));
    SurfaceOutcome::ReflectDiffuse
}
