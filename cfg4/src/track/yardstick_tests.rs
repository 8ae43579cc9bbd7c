//! 1 GeV muons in the scintillator of the benchmark detector, against Geant4 10.6.3: medians of 4.7 million photons (0.17
//! million of them Cerenkov) in the cube and of 14.8 million in the longer box, and the ten events of a run.
//!
//! The median of ten such events scatters by 3 %. Thousands of events here have a median of 4.57 and a mean of 4.73 million
//! photons in the cube, of which Cerenkov 0.162 and 0.167, and a median of 14.9 million in the longer box; the ten events of
//! Geant4 have 4.68 and 4.73, 0.164 and 0.165.

use super::testing::{BoxInBox, scintillator};
use super::{LightProcesses, Primary, TrackSettings, TrackStepper};
use crate::particle::Particle;

/// Photons of one event.
#[derive(Debug, Clone, Copy, Default)]
struct Event {
    cerenkov: u64,
    scintillation: u64,
    muon_cerenkov: u64,
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
            .run(&[primary], 1, event, |step| {
                let cerenkov = step.cerenkov.map_or(0, |c| c.photons);
                sum.cerenkov += cerenkov;
                sum.scintillation += step.num_photons() - cerenkov;
                if step.track_id == 1 && !step.scintillation.is_empty() {
                    sum.muon_cerenkov += cerenkov;
                }
                step.append_gensteps(&mut rows);
            })
            .unwrap();
        let photons: u64 = rows.iter().map(|r| u64::from(r.num_photons())).sum();
        assert_eq!(photons, summary.photons);
        assert_eq!(photons, sum.cerenkov + sum.scintillation);
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

/// The ten events of Geant4 10.6.3, seed 20211: Cerenkov and scintillation photons.
const GEANT4: [(u64, u64); 10] = [
    (171_589, 4_739_455),
    (185_383, 5_131_231),
    (175_262, 4_952_821),
    (155_550, 4_303_774),
    (165_654, 4_632_331),
    (156_778, 4_277_464),
    (153_297, 4_289_280),
    (151_056, 4_100_092),
    (161_432, 4_400_137),
    (175_901, 4_832_926),
];

/// The largest distance of two samples' cumulative distributions (Kolmogorov and Smirnov).
fn ks_distance(a: &[u64], b: &[u64]) -> f64 {
    let share =
        |sample: &[u64], x: u64| sample.iter().filter(|y| **y <= x).count() as f64 / sample.len() as f64;
    a.iter().chain(b).map(|x| (share(a, *x) - share(b, *x)).abs()).fold(0.0, f64::max)
}

#[test]
fn cube_of_1_m_from_the_origin() {
    let events = events([500.0; 3], 0.0, 400);
    let of = |f: &dyn Fn(&Event) -> f64| median(events.iter().map(f));
    assert_within("median photons", of(&|e| (e.cerenkov + e.scintillation) as f64), 4.7e6, 0.05);
    let mean_cerenkov = events.iter().map(|e| e.cerenkov as f64).sum::<f64>() / events.len() as f64;
    assert_within("mean Cerenkov photons", mean_cerenkov, 0.17e6, 0.05);
    assert_within("median Cerenkov photons", of(&|e| e.cerenkov as f64), 163_543.0, 0.05);
    for (ours, geant4) in [
        (events.iter().map(|e| e.cerenkov).collect::<Vec<_>>(), GEANT4.map(|e| e.0)),
        (events.iter().map(|e| e.scintillation).collect(), GEANT4.map(|e| e.1)),
    ] {
        // 1 % significance for 400 and 10 events: 1.63 sqrt(1/400 + 1/10).
        let distance = ks_distance(&ours, &geant4);
        assert!(distance < 0.522, "Kolmogorov-Smirnov distance {distance}");
    }
    assert_within("the muon's own Cerenkov photons", of(&|e| e.muon_cerenkov as f64), 145_300.0, 0.01);
}

#[test]
fn box_of_2_m_from_minus_600_mm() {
    let events = events([500.0, 500.0, 1000.0], -600.0, 60);
    let photons = median(events.iter().map(|e| (e.cerenkov + e.scintillation) as f64));
    assert_within("median photons", photons, 14.8e6, 0.05);
}
