//! 1 GeV muons in the scintillator of the benchmark detector, against Geant4 10.6.3.

use super::testing::{BoxInBox, scintillator};
use super::{LightProcesses, Primary, TrackSettings, TrackStepper};
use crate::particle::Particle;

/// Photons of one event.
#[derive(Debug, Clone, Copy, Default)]
struct Event {
    cerenkov: u64,
    scintillation: u64,
    muon_cerenkov: u64,
    muon_deposit_mev: f64,
    deposit_mev: f64,
    rows: usize,
}

fn events(inner_half_mm: [f64; 3], z_mm: f64, count: u64) -> Vec<Event> {
    let detector = BoxInBox::detector(scintillator(), Some(0.4));
    let geometry = BoxInBox::new(inner_half_mm, [1000.0; 3]);
    let stepper =
        TrackStepper::new(&detector, &geometry, TrackSettings::default(), LightProcesses::default()).unwrap();
    let primary = Primary {
        particle: Particle::MuonPlus,
        kinetic_mev: 1000.0,
        position_mm: [0.0, 0.0, z_mm],
        direction: [0.0, 0.0, 1.0],
        time_ns: 0.0,
    };
    let one = |event| {
        let mut sum = Event::default();
        let mut rows = Vec::new();
        let summary = stepper
            .run(&[primary], 20211, event, |step| {
                let cerenkov = step.cerenkov.map_or(0, |c| c.photons);
                sum.cerenkov += cerenkov;
                sum.scintillation += step.num_photons() - cerenkov;
                if step.track_id == 1 && !step.scintillation.is_empty() {
                    sum.muon_cerenkov += cerenkov;
                    sum.muon_deposit_mev += step.deposit_mev;
                }
                if !step.scintillation.is_empty() {
                    sum.deposit_mev += step.deposit_mev;
                }
                step.append_gensteps(&mut rows);
            })
            .unwrap();
        let photons: u64 = rows.iter().map(|r| u64::from(r.num_photons())).sum();
        assert_eq!(photons, summary.photons);
        assert_eq!(photons, sum.cerenkov + sum.scintillation);
        sum.rows = rows.len();
        sum
    };
    (0..count).map(one).collect()
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut all: Vec<f64> = values.collect();
    all.sort_by(f64::total_cmp);
    0.5 * (all[all.len() / 2] + all[(all.len() - 1) / 2])
}

fn assert_within(name: &str, value: f64, expected: f64, tolerance: f64) {
    assert!((value / expected - 1.0).abs() < tolerance, "{name}: {value} instead of {expected}");
}

#[test]
fn cube_of_1_m_from_the_origin() {
    let events = events([500.0; 3], 0.0, 200);
    let of = |f: &dyn Fn(&Event) -> f64| median(events.iter().map(f));
    println!("photons {}", of(&|e| (e.cerenkov + e.scintillation) as f64));
    println!("cerenkov {} muon {}", of(&|e| e.cerenkov as f64), of(&|e| e.muon_cerenkov as f64));
    println!(
        "deposit {} muon {} rows {}",
        of(&|e| e.deposit_mev),
        of(&|e| e.muon_deposit_mev),
        of(&|e| e.rows as f64)
    );
    assert_within("median photons", of(&|e| (e.cerenkov + e.scintillation) as f64), 4.7e6, 0.05);
    assert_within("median Cerenkov photons", of(&|e| e.cerenkov as f64), 0.17e6, 0.05);
    assert_within("the muon's own Cerenkov photons", of(&|e| e.muon_cerenkov as f64), 145_300.0, 0.01);
}

#[test]
fn box_of_2_m_from_minus_600_mm() {
    let events = events([500.0, 500.0, 1000.0], -600.0, 60);
    let photons = median(events.iter().map(|e| (e.cerenkov + e.scintillation) as f64));
    println!("photons {photons}");
    assert_within("median photons", photons, 14.8e6, 0.05);
}
