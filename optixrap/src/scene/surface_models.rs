//! How the two surface models would treat one surface of a detector, side by side.
//!
//! For a user who wonders whether `opticks` or `geant4` makes a difference for a detector: [`compare_models`] lets light
//! fall on the surface, straight and at 45 degrees, at photon energies over the range of its properties, and counts what
//! becomes of it. It uses the very tables and functions of a run, so that it is true by construction; the shares are
//! counted (fixed random numbers), with an uncertainty of at most 0.5 / sqrt([`PHOTONS`]).

use cfg4::detector::{Detector, MaterialId, Property, SurfaceId};

use super::property_tables::{PropertyTables, TableOptions};
use super::{SceneError, SurfaceModel};
use crate::physics::photon::{HC_EV_NM, Photon};
use crate::physics::random::{PhotonRng, Uniform};
use crate::physics::surface::{self, SurfaceOutcome};
use crate::physics::surface_detail::Visit;
use crate::physics::vec3::vec3;

/// Photons for each energy and angle.
pub const PHOTONS: u32 = 10_000;

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
    /// skin.
    pub materials: [MaterialId; 2],
    /// Every energy at every angle.
    pub cases: Vec<ModelCase>,
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
        let both = |case: &ModelCase| Some(case.opticks?.difference(&case.geant4?));
        self.cases.iter().map(both).try_fold(0.0, |most: f64, difference| Some(most.max(difference?)))
    }
}

/// Compares both models at `surface`; `None` for a surface that sits nowhere.
///
/// The light is unpolarized and comes from the side of the first placement of its first border, or from outside the
/// volume of its skin.
pub fn compare_models(detector: &Detector, surface: SurfaceId) -> Option<ModelComparison> {
    let (materials, from) = sides(detector, surface)?;
    let alone = alone(detector, surface);
    let tables =
        |surface_model| PropertyTables::new(&alone, &TableOptions { surface_model, reemission: true });
    let (opticks, geant4) = (tables(SurfaceModel::Opticks), tables(SurfaceModel::Geant4));
    let mut cases = Vec::new();
    for energy_ev in energies(detector, surface) {
        for angle_deg in ANGLES_DEG {
            let light = Light { surface, materials, from, energy_ev, angle_deg };
            cases.push(ModelCase {
                energy_ev,
                angle_deg: f64::from(angle_deg),
                opticks: opticks.as_ref().ok().map(|tables| light.shine(tables)),
                geant4: geant4.as_ref().ok().map(|tables| light.shine(tables)),
            });
        }
    }
    let (opticks_error, geant4_error) = (opticks.err(), geant4.err());
    Some(ModelComparison { surface, materials, cases, opticks_error, geant4_error })
}

/// The materials on both sides, and the volume that the light comes from.
fn sides(detector: &Detector, surface: SurfaceId) -> Option<([MaterialId; 2], u32)> {
    let volume_of = |placement| detector.placement(placement).volume;
    let (from, to) = match detector.borders.iter().find(|b| b.surface == surface) {
        Some(border) => (volume_of(border.from), volume_of(border.to)),
        None => {
            let skin = detector.skins.iter().find(|s| s.surface == surface)?;
            let mother = detector.placements.iter().find(|p| p.volume == skin.volume)?.mother;
            (mother.unwrap_or(skin.volume), skin.volume)
        }
    };
    Some(([detector.volume(from).material, detector.volume(to).material], from.0))
}

/// The detector with the other surfaces unused, so that they cannot be refused.
fn alone(detector: &Detector, surface: SurfaceId) -> Detector {
    let mut alone = detector.clone();
    alone.borders.retain(|b| b.surface == surface);
    alone.skins.retain(|s| s.surface == surface);
    alone
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
    surface: SurfaceId,
    materials: [MaterialId; 2],
    from: u32,
    energy_ev: f64,
    angle_deg: f32,
}

impl Light {
    fn shine(&self, tables: &PropertyTables) -> Shares {
        let view = tables.view();
        let wavelength_nm = HC_EV_NM / self.energy_ev as f32;
        let [near, far] = self.materials.map(|material| material.0);
        let has_rindex = |material: u32| tables.materials[material as usize].has_rindex != 0;
        let record = &tables.surfaces[self.surface.index()];
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
        let mut rng = PhotonRng::new(0, 0, u64::from(self.surface.0));
        for _ in 0..PHOTONS {
            let mut photon = self.photon(wavelength_nm, &mut rng);
            let outcome = surface::interact(&view, self.surface.0, visit, &mut photon, &mut rng);
            *count(&mut shares, outcome) += 1.0;
        }
        let all = f64::from(PHOTONS);
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
