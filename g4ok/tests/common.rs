//! Facades and torches for tests, and programs run by name.

use std::ffi::OsStr;
use std::process::Command;

use cfg4::detector::Detector;
use cfg4::gdml;
use g4ok::job::{EventReport, Job, JobObserver, ObserverError, RunReport};
use g4ok::{G4Opticks, OpticksConfig, OutputSink};
use npy::NPY;
use optixrap::engine::{ChunkOutput, EngineOptions, EventSummary};

/// The built-in cube with its five sensors.
pub(crate) fn cube() -> Detector {
    gdml::read_str(gdml::DEFAULT_GEOMETRY, "cube", &gdml::NoFiles).unwrap()
}

/// Two threads, the rest as usual.
pub(crate) fn config() -> OpticksConfig {
    let engine = EngineOptions { threads: 2, ..EngineOptions::default() };
    OpticksConfig { engine, ..OpticksConfig::default() }
}

/// A facade with the cube.
pub(crate) fn opticks(config: OpticksConfig) -> G4Opticks {
    let mut opticks = G4Opticks::new(config).unwrap();
    opticks.set_geometry(cube()).unwrap();
    opticks
}

/// Collects a torch given as text.
pub(crate) fn shine(opticks: &mut G4Opticks, torch: &str) {
    opticks.collect_torch(&torch.parse().unwrap(), 777).unwrap();
}

/// A disc of light on the middle of the first sensor, 5 mm before it: nearly every photon is detected.
pub(crate) const AT_SENSOR_1: &str =
    "type=disc_photons=20000_radius=29_distance=0_source=490,0,0_direction=1,0,0";

/// What a program printed on stdout; it must succeed.
pub(crate) fn stdout_of<S: AsRef<OsStr>>(program: &str, args: &[S], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(program);
    for name in ["OPTICKS_PROFILE_PATH", "OPTICKS_SKIP_GENCODE", "G4OKTEST_NEVT", "G4Opticks"] {
        command.env_remove(name);
    }
    let output = command.args(args).envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The number after a word, in the first line that has both words.
pub(crate) fn number_after(text: &str, line_with: &str, word: &str) -> f64 {
    let line = text.lines().find(|l| l.contains(line_with) && l.contains(word));
    let line = line.unwrap_or_else(|| panic!("no line with {line_with} and {word} in {text}"));
    let rest = &line[line.find(word).unwrap() + word.len()..];
    rest.split_whitespace().next().unwrap().trim_end_matches(',').parse().unwrap()
}

/// Keeps the reports of the events.
#[derive(Default)]
pub(crate) struct Events(pub(crate) Vec<EventReport>);

impl OutputSink for Events {
    fn take(&mut self, _: &ChunkOutput) -> Result<(), ObserverError> {
        Ok(())
    }
}

impl JobObserver for Events {
    fn event_starts(&mut self, _: u32, _: u64, _: &NPY<f32>) -> Result<(), ObserverError> {
        Ok(())
    }

    fn event_ends(&mut self, report: &EventReport, _: &EventSummary) -> Result<(), ObserverError> {
        self.0.push(*report);
        Ok(())
    }
}

/// Runs a job to its end: its report, and those of its events.
pub(crate) fn run_job(job: &mut Job) -> (RunReport, Vec<EventReport>) {
    let mut events = Events::default();
    let report = job.run(&mut events).unwrap();
    (report, events.0)
}
