//! Bulk processes against Geant4 11.2.2.

use super::support::{
    assert_same_distribution, floats, genstep, histogram, material_tables, pairs, photon, reference,
};
use optixrap::physics::fmath::ln;
use optixrap::physics::generate::generate;
use optixrap::physics::photon::{C_LIGHT_MM_PER_NS, HC_EV_NM, Photon};
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::rayleigh::scatter;
use optixrap::physics::vec3::vec3;
use optixrap::scene::group_velocity::group_velocity;
use optixrap::scene::property_tables::Curve;
use serde_json::Value;

/// 2e-7 relative: the tables' printed digits and the speed of light in f32.
#[test]
fn group_velocity_tables() {
    let Some(file) = reference("bulk/groupvel.json") else { return };
    for (name, case) in file["cases"].as_object().unwrap() {
        let rindex = pairs(&case["RINDEX"]);
        let (e, n): (Vec<f64>, Vec<f64>) = rindex.iter().copied().unzip();
        let curve = group_velocity(&Curve::new(e, n));
        let (energies, values) = (floats(&case["GROUPVEL"]["energy_eV"]), floats(&case["GROUPVEL"]["value"]));
        assert_eq!(curve.x().len(), energies.len(), "{name}");
        for i in 0..energies.len() {
            assert!((curve.x()[i] - energies[i]).abs() < 1e-6 * energies[i], "{name}");
            assert!(
                (curve.y()[i] - values[i]).abs() < 2e-7 * values[i],
                "{name}: {} {}",
                curve.y()[i],
                values[i]
            );
        }
        let tables = material_tables(&[("RINDEX", &rindex)]);
        let at = |e: f64| f64::from(tables.view().medium(0, HC_EV_NM / e as f32).group_velocity_mm_per_ns);
        let (at_ev, at_value) = (&case["GROUPVEL"]["at_eV"], &case["GROUPVEL"]["at_value"]);
        for (e, want) in floats(at_ev).into_iter().zip(floats(at_value)) {
            assert!((at(e) - want).abs() < 1e-4 * want, "{name} at {e} eV: {} {want}", at(e));
        }
        let tracked = case["tracked_velocity_mm_per_ns_at_430nm"].as_f64().unwrap();
        let velocity = f64::from(tables.view().medium(0, 430.0).group_velocity_mm_per_ns);
        assert!((velocity - tracked).abs() < 1e-4 * tracked, "{name}: {velocity} {tracked}");
    }
}

/// A reduced copy of Geant4's tables that is always there: normal dispersion, none and anomalous.
#[test]
fn group_velocity_of_small_tables() {
    type Points = &'static [(f64, f64)];
    const CASES: [(Points, Points); 4] = [
        (
            &[(1.5, 1.33), (2.5, 1.34), (3.5, 1.36), (5.0, 1.4), (7.0, 1.48)],
            &[
                (1.5, 222.1382303),
                (2.0, 221.3182755),
                (3.0, 212.7032019),
                (4.25, 200.9134972),
                (7.0, 174.5251204),
            ],
        ),
        (
            &[(1.5, 1.4), (2.0, 1.4), (3.0, 1.5), (4.0, 1.5)],
            &[(1.5, 214.13747), (1.75, 214.13747), (2.5, 176.698748), (4.0, 199.8616387)],
        ),
        (&[(2.0, 1.5), (4.0, 1.6)], &[(2.0, 182.3256207), (4.0, 171.8727853)]),
        (
            &[(1.5, 1.5), (2.5, 1.45), (3.5, 1.52), (4.5, 1.47)],
            &[(1.5, 199.8616387), (2.0, 203.2491241), (3.0, 177.0733661), (4.5, 203.9404476)],
        ),
    ];
    for (rindex, want) in CASES {
        let (e, n) = rindex.iter().copied().unzip();
        let curve = group_velocity(&Curve::new(e, n));
        assert_eq!(curve.x().len(), want.len());
        for (i, &(energy, velocity)) in want.iter().enumerate() {
            assert!((curve.x()[i] - energy).abs() < 1e-12);
            assert!((curve.y()[i] - velocity).abs() < 2e-7 * velocity);
        }
    }
}

/// Compares the histogram `key` of a reference with samples.
#[track_caller]
fn compare(what: &str, case: &Value, key: &str, samples: impl Iterator<Item = f64>) {
    let edges = floats(&case[key]["edges"]);
    let ours = histogram(&edges, samples);
    assert_same_distribution(&format!("{what}, {key}"), &floats(&case[key]["counts"]), &ours);
}

#[test]
fn absorption_and_rayleigh_scattering() {
    const N: u64 = 200_000;
    let Some(file) = reference("bulk/absorption_rayleigh.json") else { return };
    let lists = ["RINDEX", "ABSLENGTH_mm", "RAYLEIGH_mm"].map(|key| pairs(&file[key]));
    let tables = material_tables(&[("RINDEX", &lists[0]), ("ABSLENGTH", &lists[1]), ("RAYLEIGH", &lists[2])]);
    for (index, case) in file["wavelengths"].as_array().unwrap().iter().enumerate() {
        let wavelength_nm = case["wavelength_nm"].as_f64().unwrap();
        let what = format!("{wavelength_nm} nm");
        let medium = tables.view().medium(0, wavelength_nm as f32);
        let velocity = case["velocity_mm_per_ns"].as_f64().unwrap();
        assert!((f64::from(medium.group_velocity_mm_per_ns) - velocity).abs() < 1e-4 * velocity);
        let (mut steps, mut scattered) = (Vec::new(), Vec::new());
        let start = photon(vec3(0.0, 0.0, 1.0), vec3(1.0, 0.0, 0.0));
        for i in 0..N {
            let mut rng = PhotonRng::new(61, index as u32, i);
            let scattering = -medium.scattering_length_mm * ln(rng.uniform());
            let absorption = -medium.absorption_length_mm * ln(rng.uniform());
            steps.push(f64::from(if scattering < absorption { scattering } else { absorption }));
            if scattering < absorption {
                let mut photon = start;
                scatter(&mut photon, &mut rng);
                scattered.push(photon);
            }
        }
        compare(&what, case, "step_mm", steps.into_iter());
        let theirs = [case["absorbed"].as_f64().unwrap(), case["scattered"].as_f64().unwrap()];
        let ours = [N as f64 - scattered.len() as f64, scattered.len() as f64];
        assert_same_distribution(&what, &theirs, &ours);
        let moment = |f: fn(&Photon) -> f32| scattered.iter().map(move |p| f64::from(f(p)));
        compare(&what, case, "scattered_cos_theta", moment(|p| p.direction.z));
        compare(&what, case, "scattered_new_dir_dot_old_pol", moment(|p| p.direction.x));
        compare(&what, case, "scattered_new_pol_dot_old_pol", moment(|p| p.polarization.x));
    }
}

/// The three components in the shares that Geant4 made, each with its spectrum, decay and rise.
#[test]
fn scintillation() {
    const N: u32 = 300_000;
    let Some(file) = reference("bulk/scintillation.json") else { return };
    let names = ["SCINTILLATIONCOMPONENT1", "SCINTILLATIONCOMPONENT2", "SCINTILLATIONCOMPONENT3"];
    let spectra = names.map(|n| pairs(&file["spectra"][n]));
    let list: Vec<_> = names.into_iter().zip(spectra.iter().map(Vec::as_slice)).collect();
    let tables = material_tables(&list);
    let (decay, rise) = ([5.0, 40.0, 300.0], [0.8, 3.0, 10.0]);
    for (index, with_rise) in [(0, false), (1, true), (3, false)] {
        let case = &file["cases"][index];
        let what = case["case"].as_str().unwrap();
        let step = case["step_mm"].as_f64().unwrap() as f32;
        let velocity = |key: &str| case[key].as_f64().unwrap() as f32 * C_LIGHT_MM_PER_NS;
        let charge = if case["particle"] == "gamma" { 0.0 } else { -1.0 };
        let make = |i: u32| {
            // Of each ten photons 6, 3, 1; the truncation of shares takes less than 1 in 300.
            let component = [0, 0, 0, 0, 0, 0, 1, 1, 1, 2][i as usize % 10];
            let mut genstep = genstep(
                2,
                &[
                    (10, step),
                    (11, step),
                    (13, charge),
                    (14, 1.0),
                    (15, velocity("beta_pre")),
                    (20, decay[component]),
                    (21, if with_rise { rise[component] } else { 0.0 }),
                    (22, velocity("beta_post")),
                ],
            );
            genstep.words[16] = component as u32 + 1;
            generate(&tables.view(), &genstep, i, &mut PhotonRng::new(62, index as u32, u64::from(i)))
        };
        let photons: Vec<Photon> = (0..N).map(make).collect();
        let of = |f: fn(&Photon) -> f32| photons.iter().map(move |p| f64::from(f(p)));
        compare(what, case, "time_ns", of(|p| p.time_ns));
        compare(what, case, "wavelength_nm", of(|p| p.wavelength_nm));
        compare(what, case, "cos_theta", of(|p| p.direction.z));
        if charge != 0.0 {
            compare(what, case, "z_mm", of(|p| p.position.z));
        } else {
            assert!(photons.iter().all(|p| p.position.z == step));
        }
    }
}

/// Photons per length, up to a factor: the integral of sin^2 over energy where there is light.
fn rate(rindex: &[(f64, f64)], beta: f64) -> f64 {
    const STEPS: u32 = 20_000;
    let curve = Curve::new(rindex.iter().map(|p| p.0).collect(), rindex.iter().map(|p| p.1).collect());
    let (from, to) = (rindex[0].0, rindex[rindex.len() - 1].0);
    let width = (to - from) / f64::from(STEPS);
    let at = |i: u32| from + width * (f64::from(i) + 0.5);
    (0..STEPS).map(|i| (1.0 - (beta * curve.right(at(i))).powi(-2)).max(0.0) * width).sum()
}

#[test]
fn cerenkov() {
    const N: u64 = 300_000;
    let Some(file) = reference("bulk/cerenkov.json") else { return };
    for (index, case) in file["cases"].as_array().unwrap().iter().enumerate() {
        let rindex = pairs(&case["RINDEX"]);
        let (pre, post) = (case["beta_pre"].as_f64().unwrap(), case["beta_post"].as_f64().unwrap());
        let what = format!("{} beta {pre} {post}", case["medium"]);
        let tables = material_tables(&[("RINDEX", &rindex)]);
        let last = rindex[rindex.len() - 1];
        let beta_inverse = 2.0 / (pre + post);
        let max_cos = beta_inverse / last.1;
        let velocity = |beta: f64| beta as f32 * C_LIGHT_MM_PER_NS;
        let genstep = genstep(
            1,
            &[
                (10, 10.0),
                (11, 10.0),
                (13, -1.0),
                (14, 1.0),
                (15, velocity(pre)),
                (16, beta_inverse as f32),
                (17, (rindex[0].0 * 1e-6) as f32),
                (18, (last.0 * 1e-6) as f32),
                (19, max_cos as f32),
                (20, (1.0 - max_cos * max_cos) as f32),
                (21, rate(&rindex, pre) as f32),
                (22, rate(&rindex, post) as f32),
                (23, velocity(post)),
            ],
        );
        let make = |i| generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(63, index as u32, i));
        let photons: Vec<Photon> = (0..N).map(make).collect();
        let of = |f: fn(&Photon) -> f32| photons.iter().map(move |p| f64::from(f(p)));
        compare(&what, case, "energy_eV", of(|p| HC_EV_NM / p.wavelength_nm));
        compare(&what, case, "z_mm", of(|p| p.position.z));
        compare(&what, case, "time_ns", of(|p| p.time_ns));
        if case["medium"] != "flat" {
            compare(&what, case, "cos_theta", of(|p| p.direction.z));
        }
        let mean = |f: fn(&Photon) -> f32| of(f).sum::<f64>() / N as f64;
        let mean_cos = case["mean_cos_theta"].as_f64().unwrap();
        assert!((mean(|p| p.direction.z) - mean_cos).abs() < 2e-4, "{what}");
        assert!((mean(|p| p.polarization.z) - case["mean_pol_z"].as_f64().unwrap()).abs() < 4e-4, "{what}");
    }
}
