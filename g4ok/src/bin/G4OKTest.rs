//! Torch events through the whole facade: `G4OKTest [--gdmlpath P] [--torchtarget N] [--way] [--snap]
//! [--engine cpu|cuda|auto] [nevt]`.
//!
//! Every event collects a torch of some thousand photons at the origin of the target (a depth-first node index, 0
//! for the world), propagates, checks the hits and prints up to 20 of them, and resets. The sensor data and their
//! mock angular efficiencies are saved in `$TMP/G4OKTest/SensorLib`; `--snap` draws the geometry into
//! `$TMP/G4OKTest/snap.ppm`.
//!
//! Variables: `G4OKTEST_NEVT` (10) events, `G4OKTEST_PROFILE_LEAK_MB` memory to lose at each event,
//! `OPTICKS_PROFILE_PATH` where to save the stamps (n,4), `OPTICKS_SKIP_GENCODE` genstep codes to drop, `TMP` the
//! folder for files, `<ClassName>=INFO` what to log.
#![allow(non_snake_case)]

mod common;

use std::path::PathBuf;
use std::process::ExitCode;

use cfg4::genstep::TorchSpec;
use g4ok::{AngularEfficiency, G4Opticks, OpticksConfig, SensorDatum, SnapView};

/// Photons of the events, repeated.
const PHOTONS: [u64; 10] = [5000, 2000, 3000, 4000, 5000, 5000, 4000, 3000, 2000, 1000];
/// Hits that are printed of an event.
const HITS_SHOWN: usize = 20;

fn main() -> ExitCode {
    common::main_of("G4OKTest", run)
}

fn run(arguments: Vec<String>) -> Result<(), common::Failure> {
    let (engine, arguments) = common::engine_of(arguments)?;
    let options = Options::read(arguments)?;
    let mut config = OpticksConfig::from_env("G4OKTEST")?;
    config.profile = true;
    config.engine.choice = engine;
    config.propagate.way = options.way;
    let mut opticks = G4Opticks::new(config)?;
    let (detector, name) = common::detector(options.gdml.as_deref())?;
    opticks.set_geometry(detector)?;
    println!("G4OKTest geometry {name} torchtarget {}", options.target);
    set_sensors(&mut opticks)?;
    if options.snap {
        let path = folder().join("snap.ppm");
        opticks.snap(&path, &SnapView::default())?;
        println!("G4OKTest picture of the geometry {}", path.display());
    }
    println!("{}", "[".repeat(100));
    for event in 0..options.events {
        propagate(&mut opticks, event, options.target)?;
    }
    println!("{}", "]".repeat(100));
    println!("{}", opticks.profile().report().fit_lines());
    println!("{}", opticks.finalize()?);
    Ok(())
}

/// What the command line asks for.
struct Options {
    gdml: Option<String>,
    target: u32,
    way: bool,
    snap: bool,
    events: u32,
}

impl Options {
    fn read(arguments: Vec<String>) -> Result<Self, common::Failure> {
        let mut options =
            Self { gdml: None, target: 0, way: false, snap: false, events: events_of_environment()? };
        let mut arguments = arguments.into_iter();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} needs a value"));
            match argument.as_str() {
                "--gdmlpath" => options.gdml = Some(value()?),
                "--torchtarget" => options.target = target(&value()?)?,
                "--way" => options.way = true,
                "--snap" => options.snap = true,
                number if !number.starts_with('-') => options.events = events(number)?,
                _ => {
                    let usage = "usage: G4OKTest [--gdmlpath P] [--torchtarget N] [--way] [--snap] [--engine E] [nevt]";
                    return Err(format!("{argument} is not understood; {usage}").into());
                }
            }
        }
        Ok(options)
    }
}

fn events_of_environment() -> Result<u32, common::Failure> {
    std::env::var("G4OKTEST_NEVT").map_or(Ok(10), |text| events(&text))
}

fn events(text: &str) -> Result<u32, common::Failure> {
    text.trim().parse().map_err(|_| format!("{text} is not a number of events; leave it out for 10").into())
}

/// A node index; -1 is the world.
fn target(text: &str) -> Result<u32, common::Failure> {
    if text == "-1" {
        return Ok(0);
    }
    text.parse().map_err(|_| format!("--torchtarget {text} is not a node index; 0 is the world").into())
}

/// Half of what reaches a sensor is collected, with a mock angular efficiency; identifiers are copy numbers where
/// these tell the sensors apart.
fn set_sensors(opticks: &mut G4Opticks) -> Result<(), common::Failure> {
    let count = opticks.num_sensor_volumes();
    let by_copy_number = opticks.num_distinct_placement_copy_numbers()? == count;
    let copies = opticks.sensor_copy_numbers()?;
    for (sensor_index, copy_number) in (1..).zip(copies) {
        let identifier = match by_copy_number {
            true => copy_number.cast_unsigned(),
            false => opticks.sensor_identity_standin(sensor_index)?,
        };
        let datum = SensorDatum { efficiency_1: 0.5, efficiency_2: 1.0, category: 0, identifier };
        opticks.set_sensor_data(sensor_index, datum)?;
    }
    opticks.set_sensor_angular_efficiency(AngularEfficiency::mock(1, 180, 360))?;
    let folder = folder().join("SensorLib");
    opticks.sensor_lib().save(&folder)?;
    println!("G4OKTest sensors {count} saved to {}", folder.display());
    Ok(())
}

/// Where files go.
fn folder() -> PathBuf {
    let user = std::env::var("USER").unwrap_or_else(|_| "user".to_owned());
    let tmp = std::env::var_os("TMP")
        .map_or_else(|| std::env::temp_dir().join(user).join("opticks"), PathBuf::from);
    tmp.join("G4OKTest")
}

fn propagate(opticks: &mut G4Opticks, event: u32, target: u32) -> Result<(), common::Failure> {
    let num_photons = PHOTONS[event as usize % PHOTONS.len()];
    let torch = TorchSpec { num_photons, frame: target, ..TorchSpec::default() };
    opticks.collect_torch(&torch, 100 + event.cast_signed())?;
    let (num_gensteps, num_photons) = (opticks.num_gensteps(), opticks.num_photons());
    let num_hits = opticks.propagate_optical_photons(event)?;
    println!(
        "G4OKTest::propagate eventID {event} num_gensteps {num_gensteps} num_photons {num_photons} num_hit {num_hits}"
    );
    check_hits(opticks, num_hits)?;
    print!("{}", opticks.dump_hits("G4OKTest::checkHits", HITS_SHOWN)?);
    opticks.reset();
    Ok(())
}

/// Every hit is one of the event's photons, at a sensor that was told its identifier, and either collected or not.
fn check_hits(opticks: &G4Opticks, num_hits: u64) -> Result<(), common::Failure> {
    use optixrap::physics::photon::flag;
    if num_hits != opticks.num_hits() as u64 {
        return Err(format!("{num_hits} hits were counted, {} are kept", opticks.num_hits()).into());
    }
    for index in 0..opticks.num_hits() {
        let hit = opticks.hit(index)?;
        let verdict = hit.flag_mask & (flag::EFFICIENCY_COLLECT | flag::EFFICIENCY_CULL);
        let known = opticks.sensor_lib().identifier(hit.sensor_index as usize) == Some(hit.sensor_identifier);
        let ours = u64::from(hit.photon_index) < opticks.num_photons();
        if !known || !ours || verdict.count_ones() != 1 {
            return Err(format!("hit {index} is inconsistent: {hit:?}").into());
        }
        if opticks.is_way_enabled() {
            opticks.hit_extra(index)?;
        }
    }
    Ok(())
}
