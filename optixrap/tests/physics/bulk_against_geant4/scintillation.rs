//! Scintillation: how many photons a prepared step makes, and what they are.

use super::super::support::reference;
use super::Case;
use cfg4::genstep::{ChargedStep, ScintillationStep};
use cfg4::track::random::TrackRng;
use cfg4::track::{Deposit, LightProcesses, Scintillator};
use optixrap::physics::generate::generate;
use optixrap::physics::genstep::GenstepRecord;
use optixrap::physics::photon::{C_LIGHT_MM_PER_NS, Photon};
use optixrap::physics::random::PhotonRng;
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use serde_json::Value;

/// PDG code and charge of a particle of the reference.
fn particle(name: &str) -> (i32, f32) {
    match name {
        "mu-" => (13, -1.0),
        "e-" => (11, -1.0),
        "gamma" => (22, 0.0),
        "proton" => (2212, 1.0),
        "alpha" => (1_000_020_040, 2.0),
        other => panic!("{other} is not known here"),
    }
}

/// The photons of each step.
fn photons_of(case: &Value, with_rise: bool, event: u32) -> Vec<Vec<Photon>> {
    let file = case["gdml"].as_str().unwrap();
    let file = format!("{}/../../shared/reference/bulk/{file}", env!("CARGO_MANIFEST_DIR"));
    let detector = cfg4::gdml::read(std::path::Path::new(&file)).unwrap();
    let tables = PropertyTables::new(&detector, &TableOptions::default()).unwrap();
    let by_particle_type = case["case"].as_str().unwrap().starts_with("by particle");
    let light = LightProcesses { by_particle_type, ..LightProcesses::default() };
    let scintillator = Scintillator::from_properties(&detector.materials[0].properties, light).unwrap();
    let number = |key: &str| case[key].as_f64().unwrap();
    let (pdg_code, charge) = particle(case["particle"].as_str().unwrap());
    let length_mm = number("step_mm");
    let deposit = Deposit {
        pdg_code,
        kinetic_mev: number("kinetic_energy_MeV"),
        deposit_mev: number("energy_deposit_MeV"),
        length_mm,
    };
    let velocity = |key: &str| number(key) as f32 * C_LIGHT_MM_PER_NS;
    let mut made = 0;
    let mut step = |index: u64| {
        let mut rng = TrackRng::new(110, event.into(), index);
        let mut photons = Vec::new();
        for (component, n) in scintillator.light(&deposit, &mut rng).unwrap() {
            let step = ChargedStep {
                num_photons: n as u32,
                delta_mm: [0.0, 0.0, length_mm as f32],
                length_mm: length_mm as f32,
                pdg_code,
                charge,
                weight: 1.0,
                velocity_mm_per_ns: velocity("beta_pre"),
                ..ChargedStep::default()
            };
            let rise_time_ns = if with_rise { component.rise_time_ns as f32 } else { 0.0 };
            let genstep = ScintillationStep {
                step,
                component: component.number,
                decay_time_ns: component.decay_time_ns as f32,
                rise_time_ns,
                post_velocity_mm_per_ns: velocity("beta_post"),
            };
            let words = bytemuck::cast(genstep.to_genstep().quads);
            let record = GenstepRecord { words, material: 0, first_input_photon: 0, node: 0, pad: 0 };
            for i in 0..n as u32 {
                let mut rng = PhotonRng::new(111, event, made);
                photons.push(generate(&tables.view(), &record, i, &mut rng));
                made += 1;
            }
        }
        photons
    };
    (0..case["steps"].as_u64().unwrap()).map(&mut step).collect()
}

#[test]
fn scintillation() {
    let Some(file) = reference("bulk/scintillation.json") else { return };
    for (index, case) in (0..).zip(file["cases"].as_array().unwrap()) {
        let name = case["case"].as_str().unwrap();
        let steps = photons_of(case, name.ends_with("finite rise time"), index);
        let mut compared = Case::new(name);
        compared.compare(case, "photons_per_step", steps.iter().map(|photons| photons.len() as f64));
        let of = |f: fn(&Photon) -> f32| steps.iter().flatten().map(move |photon| f64::from(f(photon)));
        compared.compare(case, "time_ns", of(|p| p.time_ns));
        compared.compare(case, "wavelength_nm", of(|p| p.wavelength_nm));
        compared.compare(case, "cos_theta", of(|p| p.direction.z));
        if case["particle"] == "gamma" {
            let end = case["step_mm"].as_f64().unwrap() as f32;
            assert!(steps.iter().flatten().all(|p| p.position.z == end), "a neutral step shines at its end");
        } else {
            compared.compare(case, "z_mm", of(|p| p.position.z));
        }
        compared.assert_same();
    }
}
