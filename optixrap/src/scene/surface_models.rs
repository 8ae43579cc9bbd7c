//! How the two surface models would treat one surface of a detector, side by side.
//!
//! For a user who wonders whether `opticks` or `geant4` makes a difference for a detector: [`compare_models`] lets light
//! fall on the surface, straight and at 45 degrees, at photon energies over the range of its properties, and counts what
//! becomes of it. It uses the very tables and functions of a run, so that it is true by construction; the shares are
//! counted (fixed random numbers), with an uncertainty of at most 0.5 / sqrt([`ModelComparison::photons`]).

use cfg4::detector::{BorderSurface, Detector, MaterialId, OpticalSurface, Property, SkinSurface, SurfaceId};

use rayon::prelude::*;

use super::property_tables::{PropertyTables, TableOptions};
use super::surfaces::is_film;
use super::{SceneError, SurfaceModel};
use crate::physics::photon::{HC_EV_NM, Photon};
use crate::physics::random::{PhotonRng, Uniform};
use crate::physics::surface::{self, SurfaceOutcome};
use crate::physics::surface_detail::Visit;
use crate::physics::vec3::vec3;

/// Photons for each energy and angle.
pub const PHOTONS: u32 = 10_000;

/// Photons for each energy and angle where the models are so close that [`PHOTONS`] do not tell them apart.
pub const CLOSE_PHOTONS: u32 = 16 * PHOTONS;

/// Differences below this are looked at with [`CLOSE_PHOTONS`]: 7 standard deviations of what [`PHOTONS`] give.
const CLOSE: f64 = 0.05;

/// Most photon energies that are looked at.
const MOST_ENERGIES: usize = 9;

/// Angles of incidence, degrees.
pub const ANGLES_DEG: [f32; 2] = [0.0, 45.0];

/// Shares of the light that falls on a surface; they sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Shares {
    /// Absorbed and not detected (SA).
    pub absorbed: f64,
    /// Detected (SD).
    pub detected: f64,
    /// Reflected as from a mirror, a facet or by Fresnel's rule (SR, BR).
    pub specular: f64,
    /// Reflected diffusely (DR).
    pub diffuse: f64,
    /// Passed to the other side (BT).
    pub transmitted: f64,
    /// Stopped because RINDEX is missing (NR).
    pub stopped: f64,
}

/// What one energy and angle of incidence gives.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelCase {
    /// Photon energy, eV.
    pub energy_ev: f64,
    /// Angle of incidence, degrees.
    pub angle_deg: f64,
    /// Of the opticks model; `None` if that refuses the surface.
    pub opticks: Option<Shares>,
    /// Of the geant4 model; `None` if that refuses the surface.
    pub geant4: Option<Shares>,
}

/// Both models at one surface.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelComparison {
    /// The surface.
    pub surface: SurfaceId,
    /// The materials that the light comes from and goes to: those of the first border, or mother and volume of the
    /// skin (volume and mother, where the mother has no RINDEX).
    pub materials: [MaterialId; 2],
    /// Every energy at every angle.
    pub cases: Vec<ModelCase>,
    /// Photons of each case.
    pub photons: u32,
    /// Why the opticks model refuses the surface.
    pub opticks_error: Option<SceneError>,
    /// Why the geant4 model refuses the surface.
    pub geant4_error: Option<SceneError>,
}

impl Shares {
    /// The largest difference of a share.
    pub fn difference(&self, other: &Self) -> f64 {
        let pairs = self.array().into_iter().zip(other.array());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
    }

    /// All shares: absorbed, detected, specular, diffuse, transmitted, stopped.
    pub fn array(&self) -> [f64; 6] {
        [self.absorbed, self.detected, self.specular, self.diffuse, self.transmitted, self.stopped]
    }
}

impl ModelComparison {
    /// The largest difference of a share in any case; `None` if a model refuses the surface.
    pub fn largest_difference(&self) -> Option<f64> {
        self.worst().map(|(_, difference)| difference)
    }

    /// The case where the models differ most, and by how much; `None` if a model refuses the surface.
    pub fn worst(&self) -> Option<(&ModelCase, f64)> {
        worst(&self.cases)
    }

    /// The largest difference that chance alone gives two models that are the same: 5 standard deviations of the
    /// difference of two counted shares of one half.
    pub fn noise(&self) -> f64 {
        5.0 * (0.5 / f64::from(self.photons)).sqrt()
    }
}

/// Compares both models at `surface`; `None` for a surface that sits nowhere.
///
/// The light is unpolarized and comes from the side of the first placement of its first border, or from outside the
/// volume of its skin, and from inside where the mother has no RINDEX.
pub fn compare_models(detector: &Detector, surface: SurfaceId) -> Option<ModelComparison> {
    let (materials, from) = sides(detector, surface)?;
    let mut copy = detector.clone();
    keep_alone(&mut copy, detector, surface);
    Some(Alone { detector: &copy, surface, materials, from }.compare(None))
}

/// Compares both models at every surface, in the detector's order, as [`compare_models`] does.
///
/// Surfaces that differ by nothing but their name, between the same materials, are looked at once: a detector may have
/// thousands of them.
pub fn compare_all_models(detector: &Detector) -> Vec<Option<ModelComparison>> {
    let mut compared: Vec<(OpticalSurface, ModelComparison)> = Vec::new();
    let mut all = Vec::with_capacity(detector.surfaces.len());
    // One copy of the detector for all surfaces, which has one of them at a time.
    let mut copy = detector.clone();
    for index in 0..detector.surfaces.len() as u32 {
        let surface = SurfaceId(index);
        let Some((materials, from)) = sides(detector, surface) else {
            all.push(None);
            continue;
        };
        let nameless = OpticalSurface { name: String::new(), ..detector.surface(surface).clone() };
        keep_alone(&mut copy, detector, surface);
        let alone = Alone { detector: &copy, surface, materials, from };
        // The layers of a film are counted from the volumes that it lies between.
        let is_same = |other: &(OpticalSurface, ModelComparison)| {
            other.1.materials == materials && other.0 == nameless && !is_film(&nameless)
        };
        let known = compared.iter().find(|other| is_same(other));
        let found = alone.compare(known.map(|(_, of)| of));
        if known.is_none() {
            compared.push((nameless, found.clone()));
        }
        all.push(Some(found));
    }
    all
}

/// The number of a surface without others.
const ALONE: SurfaceId = SurfaceId(0);

/// A surface, and a detector that has no other.
struct Alone<'a> {
    detector: &'a Detector,
    /// Its number in the detector that has them all.
    surface: SurfaceId,
    materials: [MaterialId; 2],
    from: u32,
}

impl Alone<'_> {
    /// Compares; what is `known` of a surface that differs by its name alone need not be counted again.
    fn compare(&self, known: Option<&ModelComparison>) -> ModelComparison {
        let tables = |surface_model| {
            PropertyTables::new(self.detector, &TableOptions { surface_model, reemission: true })
        };
        let (opticks, geant4) = (tables(SurfaceModel::Opticks), tables(SurfaceModel::Geant4));
        let both = [opticks.as_ref().ok(), geant4.as_ref().ok()];
        let (cases, photons) = match known {
            Some(known) => (known.cases.clone(), known.photons),
            None => self.cases(both),
        };
        let (opticks_error, geant4_error) = (opticks.err(), geant4.err());
        let Self { surface, materials, .. } = *self;
        ModelComparison { surface, materials, cases, photons, opticks_error, geant4_error }
    }

    /// All cases, with more photons where the models are close, and how many.
    fn cases(&self, both: [Option<&PropertyTables>; 2]) -> (Vec<ModelCase>, u32) {
        let Self { materials, from, .. } = *self;
        let energies = energies(self.detector, ALONE).into_iter();
        let lights: Vec<Light> = energies
            .flat_map(|energy_ev| ANGLES_DEG.map(|angle_deg| (energy_ev, angle_deg)))
            .map(|(energy_ev, angle_deg)| Light { materials, from, energy_ev, angle_deg })
            .collect();
        let cases = |photons: u32| -> Vec<ModelCase> {
            lights.par_iter().map(|light| light.case(both, photons)).collect()
        };
        let few = cases(PHOTONS);
        match worst(&few) {
            Some((_, difference)) if difference > 0.0 && difference < CLOSE => {
                (cases(CLOSE_PHOTONS), CLOSE_PHOTONS)
            }
            _ => (few, PHOTONS),
        }
    }
}

/// The case where the models differ most, and by how much; `None` if a model refuses the surface.
fn worst(cases: &[ModelCase]) -> Option<(&ModelCase, f64)> {
    let both = |case: &ModelCase| Some(case.opticks?.difference(&case.geant4?));
    let all: Option<Vec<_>> = cases.iter().map(|case| Some((case, both(case)?))).collect();
    all?.into_iter().reduce(|most, next| if next.1 > most.1 { next } else { most })
}

/// The materials on both sides, and the volume that the light comes from.
fn sides(detector: &Detector, surface: SurfaceId) -> Option<([MaterialId; 2], u32)> {
    let volume_of = |placement| detector.placement(placement).volume;
    let (from, to) = match detector.borders.iter().find(|b| b.surface == surface) {
        Some(border) => (volume_of(border.from), volume_of(border.to)),
        None => {
            let skin = detector.skins.iter().find(|s| s.surface == surface)?;
            let mother = detector.placements.iter().find(|p| p.volume == skin.volume)?.mother;
            let mother = mother.unwrap_or(skin.volume);
            // Where the mother has no RINDEX, light can come from inside alone.
            let is_dark =
                |v| !detector.material(detector.volume(v).material).properties.0.contains_key("RINDEX");
            if is_dark(mother) { (skin.volume, mother) } else { (mother, skin.volume) }
        }
    };
    Some(([detector.volume(from).material, detector.volume(to).material], from.0))
}

/// Leaves in a copy of the detector this surface alone, as number 0: others cannot be refused then, and take no time.
fn keep_alone(copy: &mut Detector, detector: &Detector, surface: SurfaceId) {
    copy.surfaces = vec![detector.surface(surface).clone()];
    let borders = detector.borders.iter().filter(|b| b.surface == surface).cloned();
    copy.borders = borders.map(|border| BorderSurface { surface: ALONE, ..border }).collect();
    let skins = detector.skins.iter().filter(|s| s.surface == surface).cloned();
    copy.skins = skins.map(|skin| SkinSurface { surface: ALONE, ..skin }).collect();
}

/// The photon energies at which the surface has properties, thinned out; 2 to 4 eV where it has none.
fn energies(detector: &Detector, surface: SurfaceId) -> Vec<f64> {
    let mut energies: Vec<f64> = Vec::new();
    for property in detector.surface(surface).properties.0.values() {
        match property {
            Property::Vector(vector) => energies.extend(vector.energies_mev().iter().map(|e| e * 1e6)),
            Property::Grid(grid) => energies.extend(grid.energies_mev().iter().map(|e| e * 1e6)),
            Property::Constant(_) => {}
        }
    }
    energies.retain(|e| *e > 0.0);
    energies.sort_by(f64::total_cmp);
    energies.dedup();
    if energies.is_empty() {
        return vec![2.0, 3.0, 4.0];
    }
    let last = energies.len() - 1;
    let count = energies.len().min(MOST_ENERGIES);
    (0..count).map(|i| energies[if count > 1 { i * last / (count - 1) } else { 0 }]).collect()
}

/// Light that falls on a surface.
struct Light {
    materials: [MaterialId; 2],
    from: u32,
    energy_ev: f64,
    angle_deg: f32,
}

impl Light {
    /// What both models do, opticks first.
    fn case(&self, both: [Option<&PropertyTables>; 2], photons: u32) -> ModelCase {
        let [opticks, geant4] = both.map(|tables| tables.map(|tables| self.shine(tables, photons)));
        ModelCase { energy_ev: self.energy_ev, angle_deg: f64::from(self.angle_deg), opticks, geant4 }
    }

    fn shine(&self, tables: &PropertyTables, photons: u32) -> Shares {
        let view = tables.view();
        let wavelength_nm = HC_EV_NM / self.energy_ev as f32;
        let [near, far] = self.materials.map(|material| material.0);
        let has_rindex = |material: u32| tables.materials[material as usize].has_rindex != 0;
        let record = &tables.surfaces[ALONE.index()];
        let mut shares = Shares::default();
        if !has_rindex(near) || record.lacks_rindex(has_rindex(far)) {
            shares.stopped = 1.0;
            return shares;
        }
        if near == far && !record.acts_within_one_material() {
            shares.transmitted = 1.0;
            return shares;
        }
        let rindex = |material| view.medium(material, wavelength_nm).rindex;
        let visit = Visit {
            indices: (rindex(near), rindex(far)),
            material: near,
            volume: self.from,
            normal: vec3(0.0, 0.0, -1.0),
        };
        let mut rng = PhotonRng::new(0, 0, 0);
        for _ in 0..photons {
            let mut photon = self.photon(wavelength_nm, &mut rng);
            let outcome = surface::interact(&view, ALONE.0, visit, &mut photon, &mut rng);
            *count(&mut shares, outcome) += 1.0;
        }
        let all = f64::from(photons);
        Shares {
            absorbed: shares.absorbed / all,
            detected: shares.detected / all,
            specular: shares.specular / all,
            diffuse: shares.diffuse / all,
            transmitted: shares.transmitted / all,
            stopped: 0.0,
        }
    }

    fn photon(&self, wavelength_nm: f32, rng: &mut PhotonRng) -> Photon {
        use crate::physics::fmath::{sin_cos, sin_cos_turns};
        let (sin, cos) = sin_cos(self.angle_deg * (core::f32::consts::PI / 180.0));
        let (s, p) = sin_cos_turns(rng.uniform());
        Photon {
            direction: vec3(sin, 0.0, cos),
            polarization: vec3(p * cos, s, -p * sin),
            weight: 1.0,
            wavelength_nm,
            ..Photon::NONE
        }
    }
}

fn count(shares: &mut Shares, outcome: SurfaceOutcome) -> &mut f64 {
    match outcome {
        SurfaceOutcome::Absorb => &mut shares.absorbed,
        SurfaceOutcome::Detect => &mut shares.detected,
        SurfaceOutcome::ReflectSpecular | SurfaceOutcome::ReflectFresnel => &mut shares.specular,
        SurfaceOutcome::ReflectDiffuse => &mut shares.diffuse,
        SurfaceOutcome::Transmit => &mut shares.transmitted,
    }
}
