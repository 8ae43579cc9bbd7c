//! Wavelength shifting by WLS and WLS2.

use super::super::support::{floats, reference};
use super::{Beam, Case, Point};
use optixrap::physics::photon::flag;
use optixrap::physics::wavelength_shift::profile;
use optixrap::transport::TransportOptions;
use serde_json::Value;

/// How many photons have led to 0, 1, 2, ... others, as many numbers as `theirs` has.
fn multiplicities(beam: &Beam, theirs: &[f64]) -> Vec<f64> {
    let mut emitted = vec![0usize; beam.summary.photons as usize];
    beam.emitted().for_each(|point| emitted[point.photon as usize] += 1);
    let mut counts = vec![0.0; theirs.len()];
    emitted.iter().for_each(|&n| counts[n.min(theirs.len() - 1)] += 1.0);
    counts
}

/// Time between absorption and emission.
fn delay_ns(beam: &Beam, point: &Point) -> f64 {
    f64::from(point.time_ns) - f64::from(point.position.z) / f64::from(beam.velocity_mm_per_ns)
}

fn compare_delays(compared: &mut Case, beam: &Beam, case: &Value, delta: bool) {
    let mean = case["mean_delay_ns"].as_f64().unwrap();
    if delta {
        assert!(beam.emitted().all(|point| (delay_ns(beam, point) - mean).abs() < 1e-5));
    } else {
        compared.compare(case, "delay_ns", beam.emitted().map(|point| delay_ns(beam, point)));
    }
}

/// Samples of ours, each compared with that of Geant4: the chi-square of one per degree of freedom scatters by 0.11, and their
/// mean is held below 1.2.
const SAMPLES: u64 = 3;

#[test]
fn wavelength_shifters() {
    let Some(file) = reference("bulk/wls.json") else { return };
    for (index, case) in (0..).zip(file["cases"].as_array().unwrap()) {
        let name = case["case"].as_str().unwrap();
        let delta = name.ends_with("delta");
        let shift = if delta { profile::DELTA } else { profile::EXPONENTIAL };
        let transport = TransportOptions { shift_1: shift, shift_2: shift, ..TransportOptions::default() };
        let photons = case["n"].as_u64().unwrap() as u32;
        let at = (case["wavelength_nm"].as_f64().unwrap(), photons);
        let mut compared = Case::new(name);
        for sample in 0..SAMPLES {
            let beam = Beam::new(case["gdml"].as_str().unwrap(), at, 100 + index + 1000 * sample, transport);
            beam.compare_steps(&mut compared, case);
            let theirs = floats(&case["secondaries_per_photon"]);
            compared.compare_counts("secondaries_per_photon", &theirs, &multiplicities(&beam, &theirs));
            compare_delays(&mut compared, &beam, case, delta);
            let of = |f: fn(&Point) -> f32| beam.emitted().map(move |point| f64::from(f(point)));
            compared.compare(case, "emitted_wavelength_nm", of(|p| p.wavelength_nm));
            compared.compare(case, "emitted_cos_theta", of(|p| p.direction.z));
            assert!(beam.emitted().all(|p| p.wavelength_nm >= beam.wavelength_nm));
            assert!(beam.emitted().all(|p| p.polarization.dot(p.direction).abs() < 1e-6));
            let secondaries = beam.points.iter().filter(|p| p.flag == flag::SHIFTER_SECONDARY).count() as u64;
            assert_eq!(beam.summary.secondaries, secondaries);
            assert_eq!(beam.summary.photons, u64::from(photons));
            assert_eq!(beam.summary.ends.total(), beam.summary.photons + secondaries);
        }
        compared.assert_same();
    }
}
