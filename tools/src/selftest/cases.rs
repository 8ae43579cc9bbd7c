//! What is compared: the built-in scenes with every kind of light and of output.

use cfg4::detector::Detector;
use cfg4::gdml;
use g4ok::job::EventSource;
use optixrap::engine::PropagateConfig;

use crate::ToolsError;

/// The usual kinds of solid.
const SOLIDS: &str = include_str!("../../data/solids.gdml");

/// All other kinds.
const MORE_SOLIDS: &str = include_str!("../../data/more_solids.gdml");

/// Points are kept of one photon in so many: they take a hundred times the memory.
const RECORDED: u64 = 50;

/// Light in a scene, and what is asked for.
pub(super) struct Case {
    pub(super) name: &'static str,
    gdml: (&'static str, &'static str),
    torch: Option<String>,
    /// Whether sensors have efficiencies, also over angles.
    pub(super) sensors: bool,
    pub(super) propagate: PropagateConfig,
}

impl Case {
    /// Every case, of `photons` photons.
    pub(super) fn all(photons: u64) -> Vec<Case> {
        let some = (photons / RECORDED).max(1);
        let cube = ("the built-in cube", gdml::DEFAULT_GEOMETRY);
        let solids = ("the built-in solids", SOLIDS);
        let more_solids = ("more built-in solids", MORE_SOLIDS);
        let torch = |n: u64, rest: &str| Some(format!("photons={n}_{rest}"));
        let inside = "type=sphere_source=0,0,0_wavelength=360";
        let between = "type=sphere_source=0,110,0_wavelength=430";
        let finals =
            PropagateConfig { way: true, photons: true, histories: true, ..PropagateConfig::default() };
        let points = PropagateConfig { records: true, ..finals.clone() };
        let muon = PropagateConfig { range: Some(0..photons), ..finals.clone() };
        let mut unlimited = finals.clone();
        unlimited.transport.bounce_max = 1_000_000;
        let case = |name, gdml, torch, sensors, propagate| Case { name, gdml, torch, sensors, propagate };
        vec![
            case("cube: a muon's light", cube, None, false, muon),
            case(
                "cube: a muon's light, every point",
                cube,
                None,
                false,
                PropagateConfig { range: Some(0..some), ..points.clone() },
            ),
            case(
                "cube: torch, sensors by angle",
                cube,
                torch(photons, "wavelength=430"),
                true,
                finals.clone(),
            ),
            case("solids: reemitted light", solids, torch(photons, inside), false, unlimited),
            case("solids: reemitted light, every point", solids, torch(some, inside), true, points.clone()),
            case("more solids: light", more_solids, torch(photons, between), false, finals),
            case("more solids: light, every point", more_solids, torch(some, between), false, points),
        ]
    }

    /// The detector.
    pub(super) fn detector(&self) -> Result<Detector, ToolsError> {
        let (name, text) = self.gdml;
        Ok(gdml::read_str(text, name, &gdml::NoFiles)?)
    }

    /// Where the light comes from.
    pub(super) fn source(&self) -> Result<EventSource, ToolsError> {
        match &self.torch {
            Some(torch) => Ok(EventSource::Torch(torch.parse()?)),
            None => Ok(EventSource::default_gun()),
        }
    }
}
