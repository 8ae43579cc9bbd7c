//! Reflection at a plane between two dielectrics: Fresnel's formulas.

use cfg4::gdml::{GdmlError, NoFiles, read_str};
use optixrap::engine::PropagateConfig;
use optixrap::physics::vec3::vec3;
use optixrap::scene::{SceneData, SurfaceModel};

use super::CaseOptions;
use crate::ToolsError;
use crate::statistics::{Chi2, against_law};
use crate::validate::compare::of_chi2;
use crate::validate::sample::{Sample, Source, photon, run_event};
use crate::validate::{Comparison, ValidateError};

/// Angles to the normal, into glass (n = 1.5) and out of it, degrees; no angle at which nothing is reflected.
const ANGLES: [(f64, f64, &[f64]); 2] = [
    (1.0, 1.5, &[0.0, 20.0, 40.0, 60.0, 75.0, 85.0]),
    (1.5, 1.0, &[0.0, 15.0, 28.0, 38.0, 41.0, 45.0, 60.0]),
];

/// A box of index `inner` whose face at x = 0 is met by light in a world of index `outer`.
fn scene(outer: f64, inner: f64) -> Result<SceneData, ToolsError> {
    let text = format!(
        r#"<gdml><define><matrix name="o" coldim="2" values="1*eV {outer} 8*eV {outer}"/>
<matrix name="i" coldim="2" values="1*eV {inner} 8*eV {inner}"/></define><materials>
<material name="Outer" Z="6"><property name="RINDEX" ref="o"/><D value="1"/><atom value="12"/></material>
<material name="Inner" Z="6"><property name="RINDEX" ref="i"/><D value="1"/><atom value="12"/></material></materials>
<solids><box name="world" x="4" y="4" z="4" lunit="m"/><box name="block" x="1" y="1" z="1" lunit="m"/></solids>
<structure><volume name="Block"><materialref ref="Inner"/><solidref ref="block"/></volume>
<volume name="World"><materialref ref="Outer"/><solidref ref="world"/><physvol name="b"><volumeref ref="Block"/>
<position name="p" x="500" unit="mm"/></physvol></volume></structure>
<setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    );
    let detector = read_str(&text, "plane", &NoFiles).map_err(|error: GdmlError| ToolsError::from(error))?;
    Ok(SceneData::build(&detector, SurfaceModel::Opticks).map_err(ValidateError::from)?)
}

/// The part that is reflected going from index `n1` to `n2`: r_s = (n1 cos i - n2 cos t) / (n1 cos i + n2 cos t),
/// r_p = (n2 cos i - n1 cos t) / (n2 cos i + n1 cos t), squared; all of it beyond the critical angle.
fn reflectance(n1: f64, n2: f64, cos_i: f64, s_polarized: bool) -> f64 {
    let sin2_t = (n1 / n2).powi(2) * (1.0 - cos_i * cos_i);
    if sin2_t >= 1.0 {
        return 1.0;
    }
    let cos_t = (1.0 - sin2_t).sqrt();
    let (a, b) = if s_polarized { (n1 * cos_i, n2 * cos_t) } else { (n2 * cos_i, n1 * cos_t) };
    ((a - b) / (a + b)).powi(2)
}

/// A beam that reaches the origin under this angle to the x axis, in the xy plane.
fn beam(n: u32, degrees: f64, s_polarized: bool) -> Source {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let direction = vec3(cos as f32, sin as f32, 0.0);
    let polarization = if s_polarized { vec3(0.0, 0.0, 1.0) } else { vec3(-sin as f32, cos as f32, 0.0) };
    Source::Photons(vec![photon([-10.0 * cos, -10.0 * sin, 0.0], direction, polarization, 430.0); n as usize])
}

/// Runs the case: a test for each angle and polarization.
pub(super) fn run(options: &CaseOptions) -> Result<Comparison, ToolsError> {
    let beams = 2 * ANGLES.iter().map(|(_, _, angles)| angles.len() as u32).sum::<u32>();
    let n = (options.photons / beams).max(1000);
    let mut tests = Vec::new();
    for (n1, n2, angles) in ANGLES {
        let scene = scene(n1, n2)?;
        for (&degrees, s_polarized) in angles.iter().flat_map(|angle| [(angle, true), (angle, false)]) {
            // Each beam has random numbers of its own.
            let seed = options.seed.wrapping_add(tests.len() as u64);
            let config = PropagateConfig { seed, histories: true, ..PropagateConfig::default() };
            let sample = run_event(&scene, &beam(n, degrees, s_polarized), &config, options.threads);
            let law = reflectance(n1, n2, degrees.to_radians().cos(), s_polarized);
            let name = format!("{n1} to {n2}, {degrees} degrees, {}", if s_polarized { "S" } else { "P" });
            tests.push(of_chi2(reflected(&name, &sample.map_err(ValidateError::from)?, n.into(), law)));
        }
    }
    let photons = u64::from(n) * u64::from(beams);
    let names = ["Fresnel's formulas", "this program"];
    Ok(Comparison::new("fresnel", names, [0, photons], tests, options.significance))
}

/// The photons reflected first of all against the law.
fn reflected(name: &str, sample: &Sample, n: f64, law: f64) -> Chi2 {
    let first = sample.histories.iter().filter(|(history, _)| history.starts_with("TO BR"));
    let count: u64 = first.map(|(_, n)| n).sum();
    if law < 1.0 {
        return against_law(name, n, [("reflected".to_owned(), law, count as f64)]);
    }
    // Total reflection leaves nothing to chance.
    let missing = n - count as f64;
    let sum = if missing > 0.0 { f64::INFINITY } else { 0.0 };
    Chi2 { name: name.to_owned(), sum, ndf: 1.0, worst: (missing, "not reflected".to_owned()) }
}
