//! Scintillation light: how many photons a deposit makes, and how they divide into components.
//!
//! The mean number is `yield * E_vis`, `E_vis = E/(1 + kB E/x)` (Birks) where the material has a Birks constant; or that of
//! the particle's own table ([`particle_yield`](super::particle_yield)). A mean above 10 fluctuates as a Gaussian of width
//! `RESOLUTIONSCALE sqrt(mean)`, a smaller one as a Poisson number, as in Geant4.
//!
//! The components take whole parts of that number. Of one or two components the last takes the rest. Of three, Geant4 11
//! truncates each part, so that a step loses up to two photons: no physics, and a bias where steps make few photons (3.6
//! in place of 5). It is done here too, so that yields are Geant4's; [`LightProcesses::whole_yield`] keeps all of them.
//!
//! Property names of Geant4 10 (`FASTTIMECONSTANT`, `SLOWTIMECONSTANT`, `YIELDRATIO`, `FASTSCINTILLATIONRISETIME`, ...)
//! and 11 (`SCINTILLATIONTIMECONSTANT1..3`, `SCINTILLATIONYIELD1..3`, `SCINTILLATIONRISETIME1..3`) are read. A GDML file cannot
//! set the Birks constant that Geant4 uses; here `BIRKSCONSTANT` (mm/MeV) in the material does.

use super::particle_yield::{ParticleYield, YieldKind};
use super::random::TrackRng;
use super::sampling::{normal, poisson};
use super::settings::LightProcesses;
use crate::detector::PropertyMap;

/// One decay component.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScintillationComponent {
    /// 1 fast, 2 slow, 3 the third one of Geant4 11.
    pub number: i32,
    /// Share of the photons; all sum to 1.
    pub share: f64,
    /// Decay time, ns.
    pub decay_time_ns: f64,
    /// Rise time, ns.
    pub rise_time_ns: f64,
}

/// Energy that a charged particle leaves in a scintillator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Deposit {
    /// What moves, by its PDG code.
    pub pdg_code: i32,
    /// Its kinetic energy at the start of the step, MeV.
    pub kinetic_mev: f64,
    /// The energy left, MeV.
    pub deposit_mev: f64,
    /// The length of the step, mm.
    pub length_mm: f64,
}

/// A medium that scintillates.
#[derive(Debug, Clone, PartialEq)]
pub struct Scintillator {
    /// Photons per MeV of visible energy; plays no part where yields are by particle.
    pub yield_per_mev: f64,
    /// Width of the number's distribution in units of the square root of its mean.
    pub resolution_scale: f64,
    /// Birks constant, mm/MeV; 0 for none.
    pub birks_mm_per_mev: f64,
    /// One to three components.
    pub components: Vec<ScintillationComponent>,
    /// Whether each component's part is truncated, and what is over is lost.
    pub truncates: bool,
    /// The yields of each kind of particle, in the order of [`YieldKind::ALL`], where these are to be used.
    pub by_particle: Option<[Option<ParticleYield>; 6]>,
}

impl Scintillator {
    /// The scintillator of a material's properties; `None` without a yield or a spectrum.
    pub fn from_properties(properties: &PropertyMap, light: LightProcesses) -> Option<Self> {
        let mut yield_per_mev = properties.constant("SCINTILLATIONYIELD").filter(|y| *y > 0.0);
        let by_particle =
            light.by_particle_type.then(|| YieldKind::ALL.map(|kind| ParticleYield::of(properties, kind)));
        if by_particle.is_some() {
            yield_per_mev = Some(yield_per_mev.unwrap_or(0.0));
        }
        let mut components = components_of_geant4_11(properties);
        if components.is_empty() {
            components = components_of_geant4_10(properties);
        }
        if components.is_empty() || (by_particle.is_none() && !normalise(&mut components)) {
            return None;
        }
        let not_negative =
            |name: &str, default: f64| properties.constant(name).map_or(default, |x| x.max(0.0));
        let three = properties.vector("SCINTILLATIONCOMPONENT3").is_some();
        Some(Self {
            yield_per_mev: yield_per_mev?,
            resolution_scale: not_negative("RESOLUTIONSCALE", 1.0),
            birks_mm_per_mev: not_negative("BIRKSCONSTANT", 0.0),
            components,
            truncates: three && !light.whole_yield,
            by_particle,
        })
    }

    /// The energy that makes light out of `deposit_mev` along `length_mm`, MeV.
    pub fn visible_mev(&self, deposit_mev: f64, length_mm: f64) -> f64 {
        if self.birks_mm_per_mev > 0.0 && length_mm > 0.0 {
            deposit_mev / (1.0 + self.birks_mm_per_mev * deposit_mev / length_mm)
        } else {
            deposit_mev
        }
    }

    /// Photons of a deposit by component, in the components' order.
    ///
    /// # Errors
    /// The name of the table that is missing, where yields are by particle and there is none for this one.
    pub fn light(
        &self,
        deposit: &Deposit,
        rng: &mut TrackRng,
    ) -> Result<Vec<(ScintillationComponent, u64)>, &'static str> {
        if deposit.deposit_mev <= 0.0 {
            return Ok(Vec::new());
        }
        let Some(yields) = &self.by_particle else {
            let visible_mev = self.visible_mev(deposit.deposit_mev, deposit.length_mm);
            let photons = self.sample_photons(self.yield_per_mev * visible_mev, rng);
            return Ok(self.split(&self.components, photons));
        };
        let kind = YieldKind::of_pdg(deposit.pdg_code);
        let own = yields[kind as usize].as_ref().ok_or(kind.property())?;
        let photons = self.sample_photons(own.mean_photons(deposit.kinetic_mev, deposit.deposit_mev), rng);
        let mut components = self.components.clone();
        components.iter_mut().for_each(|c| c.share = own.shares[c.number as usize - 1]);
        Ok(if normalise(&mut components) { self.split(&components, photons) } else { Vec::new() })
    }

    /// A number of photons of mean `mean`.
    pub fn sample_photons(&self, mean: f64, rng: &mut TrackRng) -> u64 {
        if mean > 10.0 {
            (mean + self.resolution_scale * mean.sqrt() * normal(rng)).round().max(0.0) as u64
        } else {
            poisson(mean, rng)
        }
    }

    /// `photons` divided over components, in their order.
    fn split(
        &self,
        components: &[ScintillationComponent],
        photons: u64,
    ) -> Vec<(ScintillationComponent, u64)> {
        let last = components.len() - 1;
        let mut rest = photons;
        let part = |(i, component): (usize, &ScintillationComponent)| {
            let truncated = ((component.share * photons as f64) as u64).min(rest);
            let part = if i == last && !self.truncates { rest } else { truncated };
            rest -= part;
            (*component, part)
        };
        components.iter().enumerate().map(part).collect()
    }
}

/// Makes the shares of components sum to 1; leaves those without a share out. False if none has one.
fn normalise(components: &mut Vec<ScintillationComponent>) -> bool {
    let total: f64 = components.iter().map(|c| c.share).sum();
    if total.is_nan() || total <= 0.0 {
        return false;
    }
    components.retain(|c| c.share > 0.0);
    components.iter_mut().for_each(|c| c.share /= total);
    true
}

fn components_of_geant4_11(properties: &PropertyMap) -> Vec<ScintillationComponent> {
    let named = |stem: &str, number: i32| properties.constant(&format!("{stem}{number}"));
    let present = |n: &i32| properties.vector(&format!("SCINTILLATIONCOMPONENT{n}")).is_some();
    let component = |number: i32| {
        let default_share = if number == 1 { 1.0 } else { 0.0 };
        ScintillationComponent {
            number,
            share: named("SCINTILLATIONYIELD", number).unwrap_or(default_share).max(0.0),
            decay_time_ns: named("SCINTILLATIONTIMECONSTANT", number).unwrap_or(0.0),
            rise_time_ns: named("SCINTILLATIONRISETIME", number).unwrap_or(0.0),
        }
    };
    (1..=3).filter(present).map(component).collect()
}

fn components_of_geant4_10(properties: &PropertyMap) -> Vec<ScintillationComponent> {
    let ratio = properties.constant("YIELDRATIO").unwrap_or(1.0).clamp(0.0, 1.0);
    let rows = [("FAST", 1, ratio), ("SLOW", 2, 1.0 - ratio)];
    let present: Vec<_> =
        rows.iter().filter(|(stem, ..)| properties.vector(&format!("{stem}COMPONENT")).is_some()).collect();
    let alone = present.len() == 1;
    let component = |&&(stem, number, share): &&(&str, i32, f64)| {
        let named = |name: &str| properties.constant(&format!("{stem}{name}")).unwrap_or(0.0);
        ScintillationComponent {
            number,
            share: if alone { 1.0 } else { share },
            decay_time_ns: named("TIMECONSTANT"),
            rise_time_ns: named("SCINTILLATIONRISETIME"),
        }
    };
    present.iter().map(component).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detector::{Property, PropertyVector};

    fn properties(constants: &[(&str, f64)], spectra: &[&str]) -> PropertyMap {
        let mut map = PropertyMap::default();
        for (name, value) in constants {
            map.0.insert((*name).into(), Property::Constant(*value));
        }
        for name in spectra {
            let vector = PropertyVector::new(vec![2e-6, 3e-6], vec![1.0, 1.0]).unwrap();
            map.0.insert((*name).into(), Property::Vector(vector));
        }
        map
    }

    fn of(properties: &PropertyMap) -> Option<Scintillator> {
        Scintillator::from_properties(properties, LightProcesses::default())
    }

    /// Component, decay time, photons.
    fn split(scintillator: &Scintillator, photons: u64) -> Vec<(i32, f64, u64)> {
        let parts = scintillator.split(&scintillator.components, photons);
        parts.into_iter().map(|(c, n)| (c.number, c.decay_time_ns, n)).collect()
    }

    fn geant4_10() -> Scintillator {
        let constants = [
            ("SCINTILLATIONYIELD", 50000.0),
            ("RESOLUTIONSCALE", 1.0),
            ("FASTTIMECONSTANT", 7.0),
            ("SLOWTIMECONSTANT", 1400.0),
            ("YIELDRATIO", 0.75),
        ];
        of(&properties(&constants, &["FASTCOMPONENT", "SLOWCOMPONENT"])).unwrap()
    }

    #[test]
    fn fast_and_slow_light_of_geant4_10() {
        let scintillator = geant4_10();
        let parts = split(&scintillator, 1774);
        assert_eq!(parts, [(1, 7.0, 1330), (2, 1400.0, 444)], "the first step of the recorded gensteps");
    }

    #[test]
    fn slow_component_alone_takes_all() {
        let constants = [("SCINTILLATIONYIELD", 10.0), ("SLOWTIMECONSTANT", 1400.0), ("YIELDRATIO", 0.75)];
        let scintillator = of(&properties(&constants, &["SLOWCOMPONENT"])).unwrap();
        assert_eq!(split(&scintillator, 9), [(2, 1400.0, 9)]);
    }

    #[test]
    fn three_components_of_geant4_11_are_truncated_unless_all_are_wanted() {
        let constants = [
            ("SCINTILLATIONYIELD", 1000.0),
            ("SCINTILLATIONYIELD1", 0.5),
            ("SCINTILLATIONYIELD2", 0.3),
            ("SCINTILLATIONYIELD3", 0.2),
            ("SCINTILLATIONTIMECONSTANT2", 40.0),
            ("SCINTILLATIONRISETIME3", 2.0),
        ];
        let spectra = ["SCINTILLATIONCOMPONENT1", "SCINTILLATIONCOMPONENT2", "SCINTILLATIONCOMPONENT3"];
        let scintillator = of(&properties(&constants, &spectra)).unwrap();
        assert_eq!(split(&scintillator, 9), [(1, 0.0, 4), (2, 40.0, 2), (3, 0.0, 1)]);
        let whole = LightProcesses { whole_yield: true, ..LightProcesses::default() };
        let lossless = Scintillator::from_properties(&properties(&constants, &spectra), whole).unwrap();
        assert_eq!(split(&lossless, 9), [(1, 0.0, 4), (2, 40.0, 2), (3, 0.0, 3)]);
        assert_eq!(scintillator.components[1].decay_time_ns, 40.0);
        assert_eq!(scintillator.components[2].rise_time_ns, 2.0);
    }

    #[test]
    fn no_yield_or_no_spectrum_is_no_scintillator() {
        assert_eq!(of(&properties(&[], &["FASTCOMPONENT"])), None);
        assert_eq!(of(&properties(&[("SCINTILLATIONYIELD", 10.0)], &[])), None);
    }

    #[test]
    fn numbers_fluctuate_as_stated() {
        let scintillator = Scintillator { resolution_scale: 2.0, ..geant4_10() };
        let mut rng = TrackRng::new(3, 0, 0);
        let n = 100_000;
        for (mean, variance) in [(1000.0, 4000.0), (5.0, 5.0)] {
            let draws: Vec<f64> =
                (0..n).map(|_| scintillator.sample_photons(mean, &mut rng) as f64).collect();
            let average = draws.iter().sum::<f64>() / f64::from(n);
            let spread = draws.iter().map(|x| (x - average).powi(2)).sum::<f64>() / f64::from(n);
            assert!((average - mean).abs() < 5.0 * (variance / f64::from(n)).sqrt(), "{average}");
            assert!((spread / variance - 1.0).abs() < 0.03, "{spread}");
        }
    }

    #[test]
    fn birks_law() {
        let scintillator = Scintillator { birks_mm_per_mev: 0.1, ..geant4_10() };
        assert_eq!(scintillator.visible_mev(10.0, 1.0), 5.0);
        assert_eq!(scintillator.visible_mev(10.0, 0.0), 10.0);
        assert_eq!(geant4_10().visible_mev(10.0, 1.0), 10.0);
    }

    /// A proton has a table and shares of its own, and Birks' law plays no part; an alpha has no table.
    #[test]
    fn yields_by_particle_replace_the_common_one() {
        let constants = [
            ("SCINTILLATIONYIELD", 1e6),
            ("BIRKSCONSTANT", 100.0),
            ("SCINTILLATIONYIELD1", 1.0),
            ("PROTONSCINTILLATIONYIELD1", 1.0),
            ("PROTONSCINTILLATIONYIELD2", 3.0),
        ];
        let mut map = properties(&constants, &["SCINTILLATIONCOMPONENT1", "SCINTILLATIONCOMPONENT2"]);
        let table = PropertyVector::new(vec![0.0, 10.0], vec![0.0, 4e5]).unwrap();
        map.0.insert("PROTONSCINTILLATIONYIELD".into(), Property::Vector(table));
        let light = LightProcesses { by_particle_type: true, ..LightProcesses::default() };
        let scintillator = Scintillator::from_properties(&map, light).unwrap();
        let deposit = Deposit { pdg_code: 2212, kinetic_mev: 5.0, deposit_mev: 1.0, length_mm: 1.0 };
        let mut rng = TrackRng::new(4, 0, 0);
        let parts = scintillator.light(&deposit, &mut rng).unwrap();
        let [(first, few), (second, many)] = parts[..] else { panic!("{parts:?}") };
        assert_eq!((first.number, first.share, second.number, second.share), (1, 0.25, 2, 0.75));
        let total = few + many;
        assert!((total as f64 - 40_000.0).abs() < 5.0 * 200.0, "{total}");
        assert_eq!(few, total / 4);
        let alpha = Deposit { pdg_code: 1_000_020_040, ..deposit };
        assert_eq!(scintillator.light(&alpha, &mut rng), Err("ALPHASCINTILLATIONYIELD"));
        let nothing = Deposit { deposit_mev: 0.0, ..alpha };
        assert_eq!(scintillator.light(&nothing, &mut rng), Ok(Vec::new()));
    }
}
