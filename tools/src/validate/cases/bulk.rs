//! Absorption and Rayleigh scattering in a medium without end: free paths, shares and angles.

use cfg4::gdml::{NoFiles, read_str};
use optixrap::engine::{PathPoint, PropagateConfig};
use optixrap::physics::photon::flag;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;

use super::CaseOptions;
use crate::ToolsError;
use crate::statistics::{Chi2, against_law};
use crate::validate::compare::of_chi2;
use crate::validate::sample::{point_source, run_event};
use crate::validate::{Comparison, ValidateError};

/// Bins of each distribution.
const BINS: usize = 20;
/// Mean free path before absorption, mm.
const ABSORPTION_MM: f64 = 1000.0;
/// Mean free path before scattering, mm.
const SCATTERING_MM: f64 = 2000.0;

const MEDIUM: &str = r#"<gdml><define><matrix name="n" coldim="2" values="1*eV 1.3 8*eV 1.3"/>
<matrix name="a" coldim="2" values="1*eV 1000 8*eV 1000"/><matrix name="r" coldim="2" values="1*eV 2000 8*eV 2000"/></define>
<materials><material name="Medium" Z="6"><property name="RINDEX" ref="n"/><property name="ABSLENGTH" ref="a"/>
<property name="RAYLEIGH" ref="r"/><D value="1"/><atom value="12"/></material></materials>
<solids><box name="world" x="200" y="200" z="200" lunit="m"/></solids>
<structure><volume name="World"><materialref ref="Medium"/><solidref ref="world"/></volume></structure>
<setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#;

/// Runs the case: photons are followed through their first interaction.
pub(super) fn run(options: &CaseOptions) -> Result<Comparison, ToolsError> {
    let detector = read_str(MEDIUM, "medium", &NoFiles)?;
    let scene = SceneData::build(&detector, SurfaceModel::Opticks).map_err(ValidateError::from)?;
    let transport = TransportOptions { bounce_max: 1, ..TransportOptions::default() };
    let seed = options.seed;
    let config = PropagateConfig { seed, transport, records: true, ..PropagateConfig::default() };
    let source = point_source(options.photons, [0.0; 3], 430.0, seed);
    let sample = run_event(&scene, &source, &config, options.threads).map_err(ValidateError::from)?;
    let pairs: Vec<&[PathPoint]> = sample
        .records
        .windows(2)
        .filter(|pair| pair[0].0[15].to_bits() == 0 && pair[1].0[15].to_bits() == 1)
        .collect();
    let tests = [shares(&pairs), free_paths(&pairs), angles(&pairs)].map(of_chi2).into();
    let names = ["closed forms", "this program"];
    let photons = [0, sample.summary.photons];
    Ok(Comparison::new("bulk", names, photons, tests, options.significance))
}

fn flag_of(point: &PathPoint) -> u32 {
    point.0[12].to_bits()
}

fn vector(point: &PathPoint, at: usize) -> Vec3 {
    vec3(point.0[at], point.0[at + 1], point.0[at + 2])
}

/// The share of a process is its rate over the sum of rates.
fn shares(pairs: &[&[PathPoint]]) -> Chi2 {
    let absorbed = pairs.iter().filter(|pair| flag_of(&pair[1]) == flag::BULK_ABSORB).count();
    let share = SCATTERING_MM / (ABSORPTION_MM + SCATTERING_MM);
    against_law(
        "absorbed or scattered",
        pairs.len() as f64,
        [("absorbed".to_owned(), share, absorbed as f64)],
    )
}

/// Free paths are exponential, of mean 1 / (1 / absorption + 1 / scattering): bins of equal probability.
fn free_paths(pairs: &[&[PathPoint]]) -> Chi2 {
    let mean = 1.0 / (1.0 / ABSORPTION_MM + 1.0 / SCATTERING_MM);
    let path = |pair: &&[PathPoint]| f64::from((vector(&pair[1], 0) - vector(&pair[0], 0)).length());
    let below = |pair: &&[PathPoint]| 1.0 - (-path(pair) / mean).exp();
    in_bins("free path", pairs.iter().map(below))
}

/// The cosine u of the new direction with the old polarization has the density 3/4 (1 - u^2): (2 + 3 u - u^3) / 4 of
/// the photons lie below.
fn angles(pairs: &[&[PathPoint]]) -> Chi2 {
    let scattered = pairs.iter().filter(|pair| flag_of(&pair[1]) == flag::BULK_SCATTER);
    let below = |pair: &&[PathPoint]| {
        let u = f64::from(vector(&pair[1], 4).dot(vector(&pair[0], 8)));
        (2.0 + 3.0 * u - u.powi(3)) / 4.0
    };
    in_bins("Rayleigh's angle", scattered.map(below))
}

/// Numbers that should be uniform between 0 and 1.
fn in_bins(name: &str, uniform: impl Iterator<Item = f64>) -> Chi2 {
    let mut counts = [0.0; BINS];
    for u in uniform {
        counts[((u * BINS as f64) as usize).min(BINS - 1)] += 1.0;
    }
    let n: f64 = counts.iter().sum();
    let share = 1.0 / BINS as f64;
    let bins = counts[..BINS - 1].iter().enumerate().map(|(i, n)| (format!("bin {i}"), share, *n));
    against_law(name, n, bins)
}
