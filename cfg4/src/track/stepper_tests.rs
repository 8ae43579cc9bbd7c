//! Whole tracks: energy conservation, ranges, limits, reproducibility, bad input.

use super::energy_loss::mean_loss;
use super::testing::{BoxInBox, scintillator, water};
use super::{LightProcesses, Located, Primary, TrackError, TrackGeometry, TrackSettings};
use super::{TrackStep, TrackStepper, TrackSummary, Vector};
use crate::detector::Material;
use crate::particle::Particle;

fn primary(particle: Particle, kinetic_mev: f64) -> Primary {
    Primary { particle, kinetic_mev, position_mm: [0.0; 3], direction: [0.0, 0.0, 1.0], time_ns: 0.0 }
}

fn run_in(
    inner: Material,
    half_mm: f64,
    settings: TrackSettings,
    primary: Primary,
    event: u64,
) -> (TrackSummary, Vec<TrackStep>) {
    let detector = BoxInBox::detector(inner, Some(0.4));
    let geometry = BoxInBox::new([half_mm; 3], [half_mm + 1000.0; 3]);
    let stepper = TrackStepper::new(&detector, &geometry, settings, LightProcesses::default()).unwrap();
    let mut steps = Vec::new();
    let summary = stepper.run(&[primary], 1, event, |step| steps.push(step.clone())).unwrap();
    (summary, steps)
}

#[test]
fn energy_is_conserved_for_every_particle() {
    for particle in Particle::ALL {
        for kinetic in [0.005, 0.5, 20.0, 800.0] {
            let (summary, steps) =
                run_in(scintillator(), 200.0, TrackSettings::default(), primary(particle, kinetic), 0);
            let sum =
                summary.deposit_mev + summary.radiated_mev + summary.escaped_mev + summary.abandoned_mev;
            assert!((sum / kinetic - 1.0).abs() < 1e-9, "{particle} {kinetic} MeV: {summary:?}");
            assert_eq!(summary.abandoned, 0);
            assert_eq!(summary.tracks, summary.stopped + summary.left_world);
            assert!(steps.iter().all(|s| s.deposit_mev >= 0.0 && s.duration_ns >= 0.0 && s.length_mm >= 0.0));
        }
    }
}

#[test]
fn steps_follow_each_other_within_their_limits() {
    let (_, steps) =
        run_in(scintillator(), 500.0, TrackSettings::default(), primary(Particle::MuonPlus, 1000.0), 3);
    let muon: Vec<_> = steps.iter().filter(|s| s.track_id == 1).collect();
    assert!(muon.len() >= 1250, "0.4 mm steps over 500 mm: {}", muon.len());
    for pair in muon.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        assert!((0..3).all(|i| (a.end_mm()[i] - b.position_mm[i]).abs() < 1e-9));
        assert!((a.time_ns + a.duration_ns - b.time_ns).abs() < 1e-9);
        assert_eq!(a.kinetic_mev[1], b.kinetic_mev[0]);
        assert!(b.kinetic_mev[1] < b.kinetic_mev[0]);
        assert!(a.located != BoxInBox::INNER || a.length_mm <= 0.4 + 1e-12);
    }
    assert!(steps.iter().any(|s| s.parent_id == 1 && s.particle == Particle::Electron), "delta rays");
    assert!(muon.last().unwrap().located == BoxInBox::WORLD, "goes on through the air");
}

#[test]
fn mean_range_is_that_of_the_stopping_power() {
    // Without radiation, straggling changes the mean range by less than 1 %; the path is the sum of the muon's steps.
    for (particle, kinetic, csda_mm) in [
        // NIST PSTAR and ASTAR ranges in water: 7.718 g/cm2 at 100 MeV, 0.1230 at 10 MeV.
        (Particle::Proton, 100.0, 77.18),
        (Particle::Proton, 10.0, 1.230),
        // Particle Data Group, muE_water_liquid: 78.94 g/cm2 at 200 MeV.
        (Particle::MuonMinus, 200.0, 789.4),
        // NIST ESTAR: 0.4367 g/cm2 at 1 MeV.
        (Particle::Electron, 1.0, 4.367),
    ] {
        let n = if particle == Particle::Electron { 1500 } else { 30 };
        let detector = BoxInBox::detector(water(), Some(0.4));
        let geometry = BoxInBox::new([1000.0; 3], [1000.0; 3]);
        let stepper =
            TrackStepper::new(&detector, &geometry, TrackSettings::default(), LightProcesses::default())
                .unwrap();
        let length = |event| {
            let mut sum = 0.0;
            let add = |step: &TrackStep| sum += if step.track_id == 1 { step.length_mm } else { 0.0 };
            let summary = stepper.run(&[primary(particle, kinetic)], 1, event, add).unwrap();
            assert_eq!(summary.left_world, 0);
            sum
        };
        let mean = (0..n).map(length).sum::<f64>() / n as f64;
        assert!((mean / csda_mm - 1.0).abs() < 0.02, "{particle} {kinetic} MeV: {mean} mm");
    }
}

#[test]
fn first_step_of_many_has_the_mean_loss() {
    let detector = BoxInBox::detector(water(), None);
    let absorber = super::Absorber::new(&detector.materials[1]).unwrap();
    let loss = mean_loss(&absorber, Particle::Electron, 2.0);
    // NIST ESTAR: 1.850 MeV cm2/g in all at 2 MeV.
    assert!(((loss.collision_mev_per_mm + loss.radiative_mev_per_mm) / 0.1850 - 1.0).abs() < 0.01);
}

#[test]
fn same_address_gives_the_same_steps() {
    let muon = primary(Particle::MuonPlus, 300.0);
    let run = |event| run_in(scintillator(), 100.0, TrackSettings::default(), muon, event);
    assert_eq!(run(5), run(5));
    assert_ne!(run(5).1, run(6).1);
}

#[test]
fn inactive_processes_make_no_light() {
    let detector = BoxInBox::detector(scintillator(), Some(0.4));
    let geometry = BoxInBox::new([50.0; 3], [100.0; 3]);
    for (cerenkov, scintillation) in [(true, false), (false, true), (false, false)] {
        let light = LightProcesses { cerenkov, scintillation, ..LightProcesses::default() };
        let stepper = TrackStepper::new(&detector, &geometry, TrackSettings::default(), light).unwrap();
        let (mut has_cerenkov, mut has_scintillation) = (false, false);
        stepper
            .run(&[primary(Particle::MuonPlus, 1000.0)], 1, 0, |step| {
                has_cerenkov |= step.cerenkov.is_some();
                has_scintillation |= !step.scintillation.is_empty();
            })
            .unwrap();
        assert_eq!((has_cerenkov, has_scintillation), (cerenkov, scintillation));
    }
}

#[test]
fn limits_end_a_track_and_say_so() {
    let settings = TrackSettings { max_steps_per_track: 10, ..TrackSettings::default() };
    let (summary, steps) = run_in(scintillator(), 500.0, settings, primary(Particle::MuonPlus, 1000.0), 0);
    assert!(steps.iter().filter(|s| s.track_id == 1).count() == 10 && summary.abandoned >= 1);
    assert!(summary.abandoned_mev > 900.0);
    let settings = TrackSettings { max_tracks: 1, ..TrackSettings::default() };
    let (summary, _) = run_in(scintillator(), 500.0, settings, primary(Particle::MuonPlus, 1000.0), 0);
    assert_eq!(summary.tracks, 1, "delta rays beyond the limit are deposited");
    let sum = summary.deposit_mev + summary.radiated_mev + summary.escaped_mev;
    assert!((sum / 1000.0 - 1.0).abs() < 1e-9);
}

/// A geometry whose boundary is always `distance_mm` away, and never crossed.
struct Sticky {
    distance_mm: f64,
}

impl TrackGeometry for Sticky {
    fn locate(&self, _: Vector) -> Option<Located> {
        Some(BoxInBox::INNER)
    }

    fn distance_to_boundary(&self, _: Located, _: Vector, _: Vector, _: f64) -> f64 {
        self.distance_mm
    }

    fn cross(&self, at: Located, _: Vector, _: Vector) -> Option<Located> {
        Some(at)
    }
}

#[test]
fn a_geometry_that_holds_a_track_ends_it() {
    let detector = BoxInBox::detector(water(), None);
    for distance_mm in [0.0, f64::NAN, -1.0] {
        let geometry = Sticky { distance_mm };
        let stepper =
            TrackStepper::new(&detector, &geometry, TrackSettings::default(), LightProcesses::default())
                .unwrap();
        let summary = stepper.run(&[primary(Particle::Proton, 100.0)], 1, 0, |_| {}).unwrap();
        assert_eq!((summary.abandoned, summary.abandoned_mev), (1, 100.0));
    }
}

#[test]
fn a_volume_of_another_detector_is_an_error() {
    let mut detector = BoxInBox::detector(water(), None);
    detector.volumes.truncate(1);
    let geometry = Sticky { distance_mm: 1.0 };
    let stepper =
        TrackStepper::new(&detector, &geometry, TrackSettings::default(), LightProcesses::default()).unwrap();
    let error = stepper.run(&[primary(Particle::Proton, 100.0)], 1, 0, |_| {}).unwrap_err();
    assert_eq!(error, TrackError::UnknownVolume { volume: 1, volumes: 1 });
}

#[test]
fn a_primary_outside_the_world_leaves_at_once() {
    let outside = Primary { position_mm: [0.0, 0.0, 1e5], ..primary(Particle::Proton, 10.0) };
    let (summary, steps) = run_in(water(), 10.0, TrackSettings::default(), outside, 0);
    assert!(steps.is_empty());
    assert_eq!((summary.left_world, summary.escaped_mev), (1, 10.0));
}

#[test]
fn bad_input_is_an_error() {
    let detector = BoxInBox::detector(water(), None);
    let geometry = BoxInBox::new([10.0; 3], [20.0; 3]);
    let light = LightProcesses::default();
    let stepper = TrackStepper::new(&detector, &geometry, TrackSettings::default(), light).unwrap();
    let good = primary(Particle::Electron, 1.0);
    for bad in [
        Primary { kinetic_mev: f64::NAN, ..good },
        Primary { kinetic_mev: -1.0, ..good },
        Primary { kinetic_mev: 1e9, ..good },
        Primary { direction: [0.0; 3], ..good },
        Primary { direction: [f64::INFINITY, 0.0, 0.0], ..good },
        Primary { position_mm: [f64::NAN, 0.0, 0.0], ..good },
        Primary { time_ns: f64::INFINITY, ..good },
    ] {
        let error = stepper.run(&[bad], 0, 0, |_| {}).unwrap_err();
        assert!(matches!(error, TrackError::BadPrimary { .. } | TrackError::Energy { .. }), "{error}");
        assert!(error.to_string().contains("e-"));
    }
    for settings in [
        TrackSettings { stop_below_mev: 0.0, ..TrackSettings::default() },
        TrackSettings { max_step_mm: f64::NAN, ..TrackSettings::default() },
        TrackSettings { max_loss_fraction: 0.9, ..TrackSettings::default() },
    ] {
        assert!(matches!(
            TrackStepper::new(&detector, &geometry, settings, light),
            Err(TrackError::BadSetting { .. })
        ));
    }
}
