//! Absorption and Rayleigh scattering, with lengths that are given and with those that follow from compressibility.

use super::super::support::{floats, reference};
use super::{Beam, Case, Point};
use optixrap::physics::photon::{HC_EV_NM, flag};
use optixrap::transport::TransportOptions;

#[test]
fn absorption_and_rayleigh_scattering() {
    let Some(file) = reference("bulk/absorption_rayleigh.json") else { return };
    for (index, case) in (0..).zip(file["wavelengths"].as_array().unwrap()) {
        let wavelength_nm = case["wavelength_nm"].as_f64().unwrap();
        let photons = case["n"].as_u64().unwrap() as u32;
        let gdml = "gdml/absorption_rayleigh.gdml";
        let beam = Beam::new(gdml, (wavelength_nm, photons), 80 + index, TransportOptions::default());
        let velocity = case["velocity_mm_per_ns"].as_f64().unwrap();
        assert!((f64::from(beam.velocity_mm_per_ns) - velocity).abs() < 1e-4 * velocity);
        let mut compared = Case::new(format!("absorption and Rayleigh at {wavelength_nm} nm"));
        beam.compare_steps(&mut compared, case);
        let count = |which: u32| beam.first().filter(|point| point.flag == which).count() as f64;
        let theirs = [case["absorbed"].as_f64().unwrap(), case["scattered"].as_f64().unwrap()];
        compared.compare_counts("process", &theirs, &[count(flag::BULK_ABSORB), count(flag::BULK_SCATTER)]);
        let of = |f: fn(&Point) -> f32| {
            beam.first().filter(|p| p.flag == flag::BULK_SCATTER).map(move |point| f64::from(f(point)))
        };
        compared.compare(case, "scattered_cos_theta", of(|p| p.direction.z));
        compared.compare(case, "scattered_new_dir_dot_old_pol", of(|p| p.direction.x));
        compared.compare(case, "scattered_new_pol_dot_old_pol", of(|p| p.polarization.x));
        compared.assert_same();
    }
}

#[test]
fn rayleigh_lengths_that_are_computed() {
    let Some(file) = reference("bulk/rayleigh_computed.json") else { return };
    for (index, (name, case)) in (0..).zip(file["cases"].as_object().unwrap()) {
        let run = &case["at_200nm"];
        let photons = run["n"].as_u64().unwrap() as u32;
        let gdml = case["gdml"].as_str().unwrap();
        let beam = Beam::new(gdml, (200.0, photons), 90 + index, TransportOptions::default());
        let table = &case["mean_free_path_table"];
        for (energy, want) in floats(&table["energy_eV"]).into_iter().zip(floats(&table["value"])) {
            let medium = beam.scene.view().tables.medium(0, HC_EV_NM / energy as f32);
            let got = f64::from(medium.scattering_length_mm);
            assert!((got / want - 1.0).abs() < 1e-4, "{name} at {energy} eV: {got} {want}");
        }
        let mut compared = Case::new(format!("Rayleigh, {name}"));
        beam.compare_steps(&mut compared, run);
        compared.assert_same();
    }
}
