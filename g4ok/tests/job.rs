//! The loop over events and its report.

use g4ok::job::{
    EventReport, EventSource, Job, JobEnd, JobError, JobObserver, ObserverError, Quiet, RunReport,
};
use g4ok::{G4OpticksError, OpticksConfig, OutputSink};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EventSummary};

use crate::common::{config, opticks, run_job};

fn torch_job(torch: &str, events: u32, config: OpticksConfig) -> Job {
    let source = EventSource::Torch(torch.parse().unwrap());
    Job { opticks: opticks(config), source, events, batch: 1, geometry_seconds: 0.5 }
}

/// Counts what it is told.
#[derive(Default)]
struct Counter {
    started: Vec<(u32, u64, u64)>,
    ended: Vec<EventReport>,
    hits: u64,
    fail_at: Option<u32>,
}

impl OutputSink for Counter {
    fn take(&mut self, output: &ChunkOutput) -> Result<(), ObserverError> {
        self.hits += output.hits.len() as u64;
        Ok(())
    }
}

impl JobObserver for Counter {
    fn event_starts(&mut self, event: u32, photons: u64, gensteps: &NPY<f32>) -> Result<(), ObserverError> {
        self.started.push((event, photons, gensteps.num_items()));
        if self.fail_at == Some(event) { Err("no more room".into()) } else { Ok(()) }
    }

    fn event_ends(&mut self, report: &EventReport, summary: &EventSummary) -> Result<(), ObserverError> {
        assert_eq!(report.num_photons, summary.photons);
        self.ended.push(*report);
        Ok(())
    }
}

fn run(torch: &str, events: u32) -> (RunReport, Counter) {
    let mut counter = Counter::default();
    let report = torch_job(torch, events, config()).run(&mut counter).unwrap();
    (report, counter)
}

#[test]
fn everything_adds_up() {
    let (report, counter) = run("photons=3000", 4);
    assert_eq!(counter.started, [0, 1, 2, 3].map(|event| (event, 3000, 1)));
    assert_eq!((report.events_complete, report.events_requested, report.interrupted), (4, 4, false));
    assert_eq!((report.photons, report.hits), (12_000, counter.hits));
    assert_eq!(report.ends.values().sum::<u64>(), report.photons);
    assert_eq!(report.hits_per_sensor.values().sum::<u64>(), report.hits);
    assert_eq!(report.hits_per_sensor.len(), 5);
    for event in &counter.ended {
        assert_eq!(event.ends.total(), event.num_photons);
    }
    let points: u64 = counter.ended.iter().map(|e| e.points).sum();
    assert_eq!(points, report.points);
    assert!((report.points_per_photon - points as f64 / 12_000.0).abs() < 1e-9);
    assert_eq!((report.threads, report.engine, report.seconds.geometry), (2, "cpu", 0.5));
    assert!(report.seconds.propagate > 0.0 && report.photons_per_s > 0.0);
}

#[test]
fn events_differ_and_repeat_with_their_seed() {
    let (once, events) = run("photons=3000", 3);
    let (again, same) = run("photons=3000", 3);
    assert_eq!(events.ended, same.ended);
    assert_ne!(events.ended[0].points, events.ended[1].points);
    assert_eq!(once.geometry_digest, again.geometry_digest);
}

#[test]
fn the_report_is_printed_with_all_its_parts() {
    let (report, counter) = run("photons=500", 12);
    let text = report.to_string();
    for part in [
        "photons generated 6000 = sum of ends 6000",
        "hits ",
        "Det1#0",
        "photons/s",
        "RSS slope",
        " num_stamp 12 ",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    assert_eq!(
        counter.ended[0].to_string(),
        format!(
            "EventAction::EndOfEventAction eventid 0 num_gensteps 1 num_photons 500 num_hits {}",
            counter.ended[0].num_hits
        )
    );
}

#[test]
fn end_states_that_are_unusual_are_explained_once() {
    let mut limited = config();
    limited.propagate.transport.bounce_max = 1;
    let report = torch_job("photons=500", 3, limited).run(&mut Quiet).unwrap();
    assert!(report.ends["BL"] > 0);
    assert_eq!(
        report.notes.iter().filter(|note| note.contains("--bouncemax")).count(),
        1,
        "{:?}",
        report.notes
    );
}

#[test]
fn an_observer_that_fails_ends_the_job() {
    let mut counter = Counter { fail_at: Some(1), ..Counter::default() };
    let error = torch_job("photons=100", 3, config()).run(&mut counter).unwrap_err();
    assert!(matches!(&error, JobError::Output(e) if e.to_string() == "no more room"), "{error}");
    assert_eq!(counter.ended.len(), 1);
}

/// The counts are those of the events before the failure, also where events are propagated together.
#[test]
fn what_was_complete_before_an_error_is_reported() {
    let (two, _) = run("photons=3000", 2);
    for batch in [1, 3, 10] {
        let mut counter = Counter { fail_at: Some(2), ..Counter::default() };
        let mut job = Job { batch, ..torch_job("photons=3000", 5, config()) };
        let JobEnd { report, error } = job.run_until_error(&mut counter).unwrap();
        assert!(matches!(&error, Some(JobError::Output(_))), "{error:?}");
        assert_eq!((report.events_complete, report.events_requested), (2, 5));
        assert_eq!((report.interrupted, report.failure.as_deref()), (false, Some("no more room")));
        assert_eq!((report.photons, report.points, &report.ends), (two.photons, two.points, &two.ends));
        assert_eq!(report.hits_per_sensor, two.hits_per_sensor);
        assert_eq!(report.notes[0], "the run failed after 2 of 5 events: all numbers are of those 2");
        assert_eq!(job.opticks.profile().len(), 2, "a stamp for each of them");
    }
}

/// An observer that fails when an event ends has not taken it.
#[test]
fn an_event_that_could_not_be_taken_counts_nowhere() {
    struct Refusing;
    impl OutputSink for Refusing {
        fn take(&mut self, _: &ChunkOutput) -> Result<(), ObserverError> {
            Ok(())
        }
    }
    impl JobObserver for Refusing {
        fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
            Ok(())
        }
        fn event_ends(&mut self, report: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
            if report.eventid == 1 { Err("the disk is full".into()) } else { Ok(()) }
        }
    }
    let report = torch_job("photons=700", 3, config()).run_until_error(&mut Refusing).unwrap().report;
    assert_eq!((report.events_complete, report.photons), (1, 700));
}

/// Genstep files of which the third is none: the first two are propagated however many wait for company.
#[test]
fn events_that_wait_when_a_later_one_cannot_be_made_are_propagated() {
    let folder = tempfile::tempdir().unwrap();
    let mut opticks = opticks(config());
    opticks.collect_torch(&"photons=500".parse().unwrap(), 0).unwrap();
    let files: Vec<_> = (0..3).map(|i| folder.path().join(format!("{i}.npy"))).collect();
    files[..2].iter().for_each(|file| opticks.gensteps().save(file).unwrap());
    std::fs::write(&files[2], "no array").unwrap();
    opticks.reset();
    let source = EventSource::Gensteps(files, None);
    let mut job = Job { opticks, source, events: 3, batch: 10, geometry_seconds: 0.0 };
    let JobEnd { report, error } = job.run_until_error(&mut Quiet).unwrap();
    assert!(matches!(&error, Some(JobError::Source(_))), "{error:?}");
    assert_eq!((report.events_complete, report.photons), (2, 1000));
    assert!(report.failure.unwrap().contains("2.npy"));
}

#[test]
fn an_interrupted_job_says_so_also_where_no_event_has_photons() {
    let mut job = torch_job("photons=0", 5, config());
    job.opticks.engine().interrupter().interrupt();
    let report = job.run_until_error(&mut Quiet).unwrap().report;
    assert_eq!((report.interrupted, report.failure, report.events_complete), (true, None, 0));
    assert_eq!(report.notes[0], "the run was interrupted after 0 of 5 events: all numbers are of those 0");
}

#[test]
fn a_job_without_geometry_says_so() {
    let opticks = g4ok::G4Opticks::new(config()).unwrap();
    let source = EventSource::default_gun();
    let error =
        Job { opticks, source, events: 1, batch: 1, geometry_seconds: 0.0 }.run(&mut Quiet).unwrap_err();
    assert!(matches!(error, JobError::Opticks(G4OpticksError::NoGeometry { .. })), "{error}");
}

/// A muon of 1 GeV stops after some metres: in the cube it makes gensteps along the whole half side of 500 mm, at
/// 0.4 mm a step, most of them with light of both kinds.
#[test]
fn the_gun_makes_gensteps_of_both_kinds() {
    let source = EventSource::default_gun();
    assert_eq!(source.num_events(), 10);
    let mut settings_only = config();
    settings_only.propagate.range = Some(0..1000);
    let mut job = Job { opticks: opticks(settings_only), source, events: 1, batch: 1, geometry_seconds: 0.0 };
    let (report, events) = run_job(&mut job);
    let event = events[0];
    assert!(event.num_gensteps > 2 * 1250, "{event}");
    assert_eq!((event.num_photons, report.photons), (1000, 1000), "only the range that was asked for");
}

#[test]
fn the_reservation_is_kept_through_a_job() {
    let mut job = torch_job("photons=100", 2, OpticksConfig { genstep_reservation: 4000, ..config() });
    job.run(&mut Quiet).unwrap();
    let growth = job.opticks.gensteps().growth();
    assert_eq!((growth.reallocations, job.opticks.gensteps().capacity()), (2, 0));
}

/// With -1 the storage is made once for each event of a gun, however many steps it has; without reservation it
/// doubles from one genstep to some thousands.
#[test]
fn a_gun_reserves_exactly_where_it_is_asked_to() {
    let reallocations = |genstep_reservation: i64| {
        let mut config = OpticksConfig { genstep_reservation, ..config() };
        config.propagate.range = Some(0..10);
        let source = EventSource::default_gun();
        let mut job = Job { opticks: opticks(config), source, events: 2, batch: 1, geometry_seconds: 0.0 };
        job.run(&mut Quiet).unwrap();
        job.opticks.gensteps().growth().reallocations
    };
    assert_eq!([reallocations(-1), reallocations(100_000)], [2, 2]);
    assert!(reallocations(0) > 2 * 10);
}
