//! Cerenkov light of prepared steps: how many photons, and what they are.

use super::super::support::{genstep, histogram, material_tables, pairs, reference};
use super::Case;
use cfg4::track::CerenkovMedium;
use cfg4::track::random::TrackRng;
use cfg4::track::sampling::poisson;
use optixrap::physics::generate::generate;
use optixrap::physics::genstep::GenstepRecord;
use optixrap::physics::photon::{C_LIGHT_MM_PER_NS, HC_EV_NM, Photon};
use optixrap::physics::random::PhotonRng;
use serde_json::{Value, json};

#[test]
fn cerenkov() {
    let Some(file) = reference("bulk/cerenkov.json") else { return };
    let cases: Vec<(usize, &Value)> = file["cases"].as_array().unwrap().iter().enumerate().collect();
    for of_medium in cases.chunk_by(|a, b| a.1["medium"] == b.1["medium"]) {
        // The verdict is on the steps of a medium together: one alone has few bins.
        let mut compared = Case::new(format!("Cerenkov, {}", of_medium[0].1["medium"].as_str().unwrap()));
        of_medium.iter().for_each(|(index, case)| compare_step(&mut compared, case, *index as u32));
        compared.assert_same();
    }
}

fn compare_step(compared: &mut Case, case: &Value, index: u32) {
    const N: u64 = 200_000;
    let rindex = pairs(&case["RINDEX"]);
    let properties = super::super::support::properties(&[("RINDEX", &rindex)]);
    let medium = CerenkovMedium::from_properties(&properties).unwrap();
    compare_yield(compared, &medium, case, u64::from(index));
    let tables = material_tables(&[("RINDEX", &rindex)]);
    let genstep = step(case, &rindex, &medium);
    let make = |i| generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(63, index, i));
    let photons: Vec<Photon> = (0..N).map(make).collect();
    let of = |f: fn(&Photon) -> f32| photons.iter().map(move |p| f64::from(f(p)));
    compared.compare(case, "energy_eV", of(|p| HC_EV_NM / p.wavelength_nm));
    compared.compare(case, "z_mm", of(|p| p.position.z));
    // Time follows from the place, and the angle from the energy.
    compared.compare_again(case, "time_ns", of(|p| p.time_ns));
    if case["medium"] != "flat" {
        compared.compare_again(case, "cos_theta", of(|p| p.direction.z));
    }
    let mean = |f: fn(&Photon) -> f32| of(f).sum::<f64>() / N as f64;
    let number = |key: &str| case[key].as_f64().unwrap();
    assert!((mean(|p| p.direction.z) - number("mean_cos_theta")).abs() < 2e-4, "step {index}");
    assert!((mean(|p| p.polarization.z) - number("mean_pol_z")).abs() < 4e-4, "step {index}");
}

/// A muon that passes from 0.788 to 0.761 of the speed of light in a table of two points, where Geant4's formula gives 5.09
/// photons per mm at the start and -3.09 at the end: no photon starts in the last third. Geant4 11.3.0, 2000 such steps; chance
/// leads to a smaller p once in 10 000 times.
#[test]
fn light_of_a_step_that_ends_below_threshold() {
    const N: u64 = 66_255;
    const PLACES: [f64; 20] = [
        10291.0, 9498.0, 8468.0, 7718.0, 6739.0, 5830.0, 5130.0, 4186.0, 3330.0, 2482.0, 1743.0, 768.0, 72.0,
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    ];
    const ENERGIES: [f64; 20] = [
        0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 31.0, 733.0, 1589.0, 2440.0, 3325.0, 4011.0, 4664.0, 5435.0, 6153.0,
        6613.0, 7055.0, 7666.0, 8065.0, 8475.0,
    ];
    let rindex = [(1.55, 1.092), (6.2, 1.687)];
    let properties = super::super::support::properties(&[("RINDEX", &rindex)]);
    let medium = CerenkovMedium::from_properties(&properties).unwrap();
    let case = json!({"beta_pre": 0.7881248569808802, "beta_post": 0.7605085998197053});
    let tables = material_tables(&[("RINDEX", &rindex)]);
    let genstep = step(&case, &rindex, &medium);
    let make = |i| generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(65, 0, i));
    let photons: Vec<Photon> = (0..N).map(make).collect();
    let of = |f: fn(&Photon) -> f32| photons.iter().map(move |p| f64::from(f(p)));
    let edges =
        |from: f64, to: f64| (0..=20).map(|i| from + f64::from(i) * (to - from) / 20.0).collect::<Vec<f64>>();
    let mut compared = Case::new("Cerenkov, across threshold");
    let places = histogram(&edges(0.0, 10.0), of(|p| p.position.z));
    compared.compare_counts("place", &PLACES, &places);
    assert!(places[13..].iter().all(|&n| n == 0.0), "{places:?}");
    compared.compare_counts(
        "energy",
        &ENERGIES,
        &histogram(&edges(1.55, 6.2), of(|p| HC_EV_NM / p.wavelength_nm)),
    );
    assert!(compared.farthest < 5.0 && compared.p_value() > 1e-4, "p {}", compared.p_value());
}

/// The genstep that Geant4 makes of a step: its sampling bound is the last value of RINDEX.
fn step(case: &Value, rindex: &[(f64, f64)], medium: &CerenkovMedium) -> GenstepRecord {
    let (pre, post) = (case["beta_pre"].as_f64().unwrap(), case["beta_post"].as_f64().unwrap());
    let (first, last) = (rindex[0], rindex[rindex.len() - 1]);
    let beta_inverse = 2.0 / (pre + post);
    let max_cos = beta_inverse / last.1;
    let velocity = |beta: f64| beta as f32 * C_LIGHT_MM_PER_NS;
    let floats = [
        (10, 10.0),
        (11, 10.0),
        (13, -1.0),
        (14, 1.0),
        (15, velocity(pre)),
        (16, beta_inverse as f32),
        (17, (first.0 * 1e-6) as f32),
        (18, (last.0 * 1e-6) as f32),
        (19, max_cos as f32),
        (20, (1.0 - max_cos * max_cos) as f32),
        (21, medium.formula_per_mm(1.0, pre) as f32),
        (22, medium.formula_per_mm(1.0, post) as f32),
        (23, velocity(post)),
    ];
    genstep(1, &floats)
}

/// The mean number of photons of Geant4's steps, and its formula.
fn compare_yield(compared: &mut Case, medium: &CerenkovMedium, case: &Value, event: u64) {
    let number = |key: &str| case[key].as_f64().unwrap();
    let beta = 0.5 * (number("beta_pre") + number("beta_post"));
    let per_mm = medium.photons_per_mm(1.0, beta);
    let formula = number("formula_photons_per_mm_at_mean_beta");
    assert!((per_mm / formula - 1.0).abs() < 1e-6, "{}: {per_mm} {formula}", compared.name);
    let (mean, steps) = (per_mm * number("step_mm"), number("steps"));
    let mut rng = TrackRng::new(64, event, 0);
    let made: f64 = (0..steps as u32).map(|_| poisson(mean, &mut rng) as f64).sum();
    let error = (2.0 * mean / steps).sqrt();
    compared.compare_mean("photons per step", number("mean_photons_per_step"), made / steps, error);
}
