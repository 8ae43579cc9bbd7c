//! Macros with several runs, guns of several particles, and what a report notes.

use cfg4::macros::parse_macro;
use g4ok::job::{EventReport, EventSource, Job, Quiet, RunReport};
use npy::NPY;

use crate::common::{config, cube, opticks, run_job};

const LITTLE_LIGHT: &str =
    "/process/inactivate Cerenkov\n/process/optical/scintillation/setYieldFactor 0.001\n";

fn gun(commands: &str) -> EventSource {
    EventSource::Gun(parse_macro(&format!("{LITTLE_LIGHT}{commands}"), "test.mac").unwrap())
}

fn job(source: EventSource, reservation: i64) -> Job {
    let config = g4ok::OpticksConfig { genstep_reservation: reservation, ..config() };
    let events = u32::try_from(source.num_events()).unwrap();
    Job { opticks: opticks(config), source, events, batch: 1, geometry_seconds: 0.0 }
}

fn report(source: EventSource) -> RunReport {
    job(source, 0).run(&mut Quiet).unwrap()
}

fn events(source: EventSource) -> Vec<EventReport> {
    run_job(&mut job(source, 0)).1
}

fn torch(spec: &str, events: u32) -> RunReport {
    let source = EventSource::Torch(spec.parse().unwrap());
    Job { events, ..job(source, 0) }.run(&mut Quiet).unwrap()
}

#[test]
fn the_seeds_of_each_run_act_for_its_events() {
    let source = gun("/random/setSeeds 1 2\n/run/beamOn 2\n/random/setSeeds 3 4\n/run/beamOn 1");
    let (report, two) = run_job(&mut job(source, 0));
    let seeds: Vec<u64> = two.iter().map(|event| event.seed).collect();
    assert_eq!(seeds, [1 << 32 | 2, 1 << 32 | 2, 3 << 32 | 4]);
    assert_eq!(report.seed, 1 << 32 | 2);
    let with = |a: u64, b: u64| events(gun(&format!("/random/setSeeds {a} {b}\n/run/beamOn 3")));
    let (first, second) = (with(1, 2), with(3, 4));
    assert_eq!(two[..2], first[..2]);
    assert_eq!(two[2], second[2]);
    assert_ne!(first[2].points, second[2].points);
}

#[test]
fn a_seed_given_beside_the_macro_holds_for_all_runs() {
    let mut source = gun("/random/setSeeds 1 2\n/run/beamOn 1\n/random/setSeeds 3 4\n/run/beamOn 1");
    source.override_seed(u64::MAX);
    assert_eq!(source.seed(), Some(u64::MAX));
    assert!(events(source).iter().all(|event| event.seed == u64::MAX));
}

/// Each event's storage is made once, however many particles an event has; what is collected is the same.
#[test]
fn several_particles_reserve_exactly_where_asked_to() {
    let run = |reservation: i64| {
        let mut job = job(gun("/gun/number 3\n/run/beamOn 2"), reservation);
        let (_, events) = run_job(&mut job);
        (events, job.opticks.gensteps().growth().reallocations)
    };
    let (exact, reallocations) = run(-1);
    assert_eq!(reallocations, 2);
    let (grown, reallocations) = run(0);
    assert!(reallocations > 2 * 10, "{reallocations}");
    assert_eq!(exact, grown);
}

#[test]
fn photons_born_outside_the_world_are_noted_once() {
    let note = |report: &RunReport| {
        let notes: Vec<String> =
            report.notes.iter().filter(|n| n.contains("outside the world")).cloned().collect();
        notes.join("\n")
    };
    let outside = torch("photons=500_source=0,0,1e6", 3);
    assert_eq!(outside.ends["MI"], 1500);
    assert!(
        note(&outside).starts_with("1500 photons were born outside the world and count as MI"),
        "{outside}"
    );
    assert_eq!(note(&outside).lines().count(), 1);
    assert_eq!(note(&torch("photons=500", 2)), "");
    let mut photons = [0.0; 48];
    for (photon, z) in photons.chunks_exact_mut(16).zip([0.0, 1e6, -1e6]) {
        (photon[2], photon[6], photon[8], photon[11]) = (z, 1.0, 1.0, 430.0);
    }
    let source = EventSource::InputPhotons(NPY::from_vec(photons.to_vec(), &[3, 4, 4]).unwrap());
    let report = Job { events: 2, ..job(source, 0) }.run(&mut Quiet).unwrap();
    assert!(note(&report).starts_with("4 photons were born outside"), "{report}");
}

#[test]
fn guns_outside_the_world_are_noted_once() {
    let outside = |position: &str| {
        let commands =
            format!("/gun/position {position} mm\n/run/beamOn 1\n/gun/direction 0 0 -1\n/run/beamOn 1");
        let notes = report(gun(&commands)).notes;
        notes.into_iter().filter(|note| note.contains("outside the world")).collect::<Vec<_>>()
    };
    let note = "the gun at (0,0,-1050) mm stands outside the world: its particles make no light";
    assert_eq!(outside("0 0 -1050"), [note]);
    assert_eq!(outside("0 0 -950"), [] as [String; 0]);
}

#[test]
fn materials_without_rindex_are_named_where_photons_stop_at_them() {
    let mut detector = cube();
    let air = detector.materials.iter_mut().find(|material| material.name.starts_with("Air")).unwrap();
    air.properties.0.remove("RINDEX");
    let mut opticks = g4ok::G4Opticks::new(config()).unwrap();
    opticks.set_geometry(detector).unwrap();
    let source = EventSource::Torch("photons=1000".parse().unwrap());
    let report = Job { opticks, source, events: 1, batch: 1, geometry_seconds: 0.0 }.run(&mut Quiet).unwrap();
    let stopped = report.ends["NR"];
    assert!(stopped > 0);
    let expected =
        format!("{stopped} photons stopped (NR) at a material without RINDEX (this detector has Air;");
    assert!(report.notes.iter().any(|note| note.starts_with(&expected)), "{:?}", report.notes);
}

#[test]
fn one_event_has_no_slope_of_memory() {
    let one = torch("photons=100", 1);
    assert_eq!(
        (one.memory.rss_slope_mb_per_event, one.memory.vm_slope_mb_per_event_whole_range),
        (None, None)
    );
    assert!(
        one.to_string().contains("memory: RSS slope n/a (one event), VM slope n/a (one event), peak"),
        "{one}"
    );
    let json = serde_json::to_value(&one).unwrap();
    assert!(json["memory"]["rss_slope_mb_per_event"].is_null());
    assert!(torch("photons=100", 2).memory.rss_slope_mb_per_event.is_some());
}

/// A muon along the edge that four crystals share, or along a face of two, makes as much light as one inside a crystal.
#[test]
fn muons_between_crystals_are_in_one_of_them() {
    let gdml = include_str!("data/four_crystals.gdml");
    let photons = |position: &str| {
        let text = format!("/gun/energy 10 GeV\n/gun/position {position} mm\n/run/beamOn 10");
        let source = EventSource::Gun(parse_macro(&text, "test.mac").unwrap());
        let mut opticks = g4ok::G4Opticks::new(config()).unwrap();
        let detector = cfg4::gdml::read_str(gdml, "four_crystals.gdml", &cfg4::gdml::NoFiles).unwrap();
        opticks.set_geometry(detector).unwrap();
        Job { opticks, source, events: 10, batch: 1, geometry_seconds: 0.0 }.run(&mut Quiet).unwrap().photons
            as f64
    };
    let inside = photons("20 20 -800");
    assert!(inside > 1e5, "{inside}");
    for position in ["0 0 -800", "0 20 -800", "20 0 -800", "0 0 -150"] {
        let between = photons(position);
        // The delta rays of ten muons scatter by some percent.
        assert!((0.8..1.2).contains(&(between / inside)), "{position}: {between} instead of {inside}");
    }
    // Half a crystal is left from its middle, and a gun on the world's face shoots into it.
    assert!((0.4..0.6).contains(&(photons("0 0 0") / inside)));
    assert!((0.8..1.2).contains(&(photons("0 0 -1000") / inside)));
}
