//! The surfaces that few photons meet: rough, painted behind, coated, measured, films.
//!
//! They stand apart from the loop over a photon's points: [`interact`] takes copies of what it needs and hands back
//! what became of the photon, so that the loop keeps its registers. Each process has a file of its own.

use super::fmath::acos;
use super::photon::{HC_EV_NM, Photon};
use super::random::Uniform;
use super::surface::{SurfaceOutcome, SurfaceRecord, reflect_diffusely, reflect_specularly};
use super::surface_detail::{SurfaceDetail, Visit, process, rule};
use super::tables::{NONE, Tables};
use super::vec3::Vec3;
use super::{
    complex_reflectivity, surface_back_painted, surface_coated, surface_dichroic, surface_film,
    surface_measured, surface_metal, surface_recorded, surface_unified,
};

/// What became of a photon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// What happened.
    pub outcome: SurfaceOutcome,
    /// Where it flies.
    pub direction: Vec3,
    /// Its polarization.
    pub polarization: Vec3,
}

/// A surface as one photon finds it.
#[derive(Clone, Copy)]
pub(super) struct Rare<'a> {
    pub(super) tables: &'a Tables<'a>,
    pub(super) detail: &'a SurfaceDetail,
    pub(super) visit: Visit,
    pub(super) energy_ev: f32,
    pub(super) wavelength_nm: f32,
    pub(super) reflectivity: f32,
    pub(super) transmittance: f32,
    /// The probability that an absorbed photon is detected, at the angle at which it came.
    pub(super) efficiency: f32,
}

/// Lets a surface of [`kind::DETAILED`](super::surface::kind::DETAILED) act on a photon; returns the random numbers
/// from where they have got to.
#[inline(never)]
pub fn interact<R: Uniform>(
    tables: &Tables,
    record: &SurfaceRecord,
    visit: Visit,
    photon: Photon,
    rng: R,
) -> (Answer, R) {
    let (mut photon, mut rng) = (photon, rng);
    let surface = Rare::new(tables, record, visit, &photon);
    let outcome = surface.act(&mut photon, &mut rng);
    (Answer { outcome, direction: photon.direction, polarization: photon.polarization }, rng)
}

impl<'a> Rare<'a> {
    fn new(tables: &'a Tables<'a>, record: &SurfaceRecord, visit: Visit, photon: &Photon) -> Self {
        let detail = &tables.surface_details[record.detail as usize];
        let wavelength_nm = photon.wavelength_nm;
        let energy_ev = HC_EV_NM / wavelength_nm;
        let [reflectivity, transmittance, efficiency, _] =
            tables.surface_values(&record.table, wavelength_nm);
        let has_map = detail.grid.n_x != 0 && detail.process != process::DICHROIC;
        let efficiency = if has_map {
            let angle_deg = angle_deg(visit.normal, photon.direction);
            detail.grid.value(tables.surface_data, energy_ev, angle_deg)
        } else {
            efficiency
        };
        Self { tables, detail, visit, energy_ev, wavelength_nm, reflectivity, transmittance, efficiency }
    }

    fn act<R: Uniform>(&self, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
        match self.detail.process {
            process::METAL => surface_metal::interact(self, photon, rng),
            process::BACK_PAINTED => surface_back_painted::interact(self, photon, rng),
            process::COATED => surface_coated::interact(self, photon, rng),
            process::DICHROIC => surface_dichroic::interact(self, photon, rng),
            process::MEASURED => surface_measured::interact(self, photon, rng),
            process::RECORDED => surface_recorded::interact(self, photon, rng),
            process::FILM => surface_film::interact(self, photon, rng),
            process::SENSOR => self.absorb(rng),
            _ => self.behind_reflectivity(photon, rng),
        }
    }

    /// Dielectrics and front paint: REFLECTIVITY first.
    fn behind_reflectivity<R: Uniform>(&self, photon: &mut Photon, rng: &mut R) -> SurfaceOutcome {
        let first = complex_reflectivity::first(self, photon, rng);
        let u = rng.uniform();
        if u >= first.reflectivity {
            return self.not_reflected(u, first.reflectivity, rng);
        }
        if self.detail.process != process::FRONT_PAINTED {
            surface_unified::interact(self, photon, rng)
        } else if self.detail.has(rule::DIFFUSE_PAINT) {
            reflect_diffusely(self.visit.normal, photon, rng)
        } else {
            reflect_specularly(self.visit.normal, photon)
        }
    }

    /// The photons that REFLECTIVITY leaves: TRANSMITTANCE lets them pass straight, the others are absorbed.
    pub(super) fn not_reflected<R: Uniform>(&self, u: f32, reflectivity: f32, rng: &mut R) -> SurfaceOutcome {
        if u < reflectivity + self.transmittance { SurfaceOutcome::Transmit } else { self.absorb(rng) }
    }

    /// Detection with EFFICIENCY, else absorption.
    pub(super) fn absorb<R: Uniform>(&self, rng: &mut R) -> SurfaceOutcome {
        if self.efficiency > 0.0 && rng.uniform() < self.efficiency {
            SurfaceOutcome::Detect
        } else {
            SurfaceOutcome::Absorb
        }
    }

    /// The value of a curve at the photon's energy; 0 if there is none.
    pub(super) fn curve_or_zero(&self, curve: u32) -> f32 {
        if curve == NONE { 0.0 } else { self.tables.lookup(curve, self.energy_ev) }
    }
}

/// The angle of incidence, degrees.
pub(super) fn angle_deg(normal: Vec3, direction: Vec3) -> f32 {
    acos(-direction.dot(normal)) * (180.0 / core::f32::consts::PI)
}

/// A number drawn already: it decides what [`fresnel`](super::boundary_fresnel::fresnel) does.
#[derive(Clone)]
pub(super) struct Drawn(f32);

impl Drawn {
    /// Reflects wherever anything is reflected at all.
    pub(super) fn reflect() -> Self {
        Self(0.0)
    }

    /// Transmits wherever anything is transmitted at all.
    pub(super) fn transmit() -> Self {
        Self(1.0)
    }
}

impl Uniform for Drawn {
    fn uniform(&mut self) -> f32 {
        self.0
    }
}
