//! From the arguments to a job.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use cfg4::detector::Detector;
use cfg4::gdml;
use cfg4::genstep::{MaterialNames, genstep_files};
use cfg4::macros::{BeamOn, read_macro};
use g4ok::job::{EventSource, Job, RunReport};
use g4ok::{G4Opticks, OpticksConfig};
use npy::NPY;
use optixrap::engine::{PropagateConfig, flag_mask_of_text};
use optixrap::transport::TransportOptions;
use serde_json::{Value, json};

use super::args::{RunArgs, SaveArg};
use super::inputs::Inputs;
use crate::ToolsError;

/// A job ready to run, and what its report says beside the results.
pub(crate) struct Plan {
    pub(crate) job: Job,
    geometry: String,
    options: BTreeMap<&'static str, Value>,
}

impl Plan {
    /// Adds to the report what only the command line knows.
    pub(super) fn describe(&self, report: &mut RunReport) {
        report.geometry.clone_from(&self.geometry);
        report.options.clone_from(&self.options);
    }
}

/// Makes the job of the arguments.
pub(super) fn plan(args: &RunArgs) -> Result<Plan, ToolsError> {
    plan_with(args, |_, _| ())
}

/// Makes the job of the arguments with its configuration and its detector adjusted.
pub(crate) fn plan_with(
    args: &RunArgs,
    adjust: impl FnOnce(&mut OpticksConfig, &mut Detector),
) -> Result<Plan, ToolsError> {
    let start = Instant::now();
    let inputs = Inputs::of(args)?;
    let (mut detector, geometry) = match inputs.gdml {
        Some(path) => (gdml::read(path)?, path.display().to_string()),
        None => {
            let name = "built-in scintillator cube";
            (gdml::read_str(gdml::DEFAULT_GEOMETRY, name, &gdml::NoFiles)?, name.to_owned())
        }
    };
    let mut source = source(args, inputs.macro_file, &detector)?;
    if let Some(seed) = args.seed {
        source.override_seed(seed);
    }
    let mut config = config(args, &source)?;
    adjust(&mut config, &mut detector);
    let options = options(args, inputs, &config);
    let mut opticks = G4Opticks::new(config)?;
    opticks.set_geometry(detector)?;
    let geometry_seconds = start.elapsed().as_secs_f64();
    let events = match args.events {
        Some(n) => n,
        None => u32::try_from(source.num_events()).map_err(|_| ToolsError::TooManyEvents)?,
    };
    Ok(Plan { job: Job { opticks, source, events, batch: args.batch, geometry_seconds }, geometry, options })
}

fn source(args: &RunArgs, macro_file: Option<&Path>, detector: &Detector) -> Result<EventSource, ToolsError> {
    if let Some(spec) = &args.torch {
        return Ok(EventSource::Torch(spec.parse()?));
    }
    if let Some(path) = &args.input_photons {
        return Ok(EventSource::InputPhotons(NPY::load_items(path, &[4, 4])?));
    }
    if !args.gensteps.is_empty() {
        let names = args.material_names.as_deref().map(MaterialNames::read).transpose()?;
        let lookup = names.map(|n| n.in_geometry(detector));
        return Ok(EventSource::Gensteps(genstep_files(&args.gensteps)?, lookup));
    }
    let Some(path) = macro_file else {
        return Ok(EventSource::default_gun());
    };
    let mut plan = read_macro(path)?;
    if plan.num_events() == 0 {
        let events = args.events.ok_or_else(|| ToolsError::NoBeamOn(path.to_owned()))?;
        plan.runs = vec![BeamOn { events: events.into(), settings: plan.settings.clone() }];
    }
    Ok(EventSource::Gun(plan))
}

fn config(args: &RunArgs, source: &EventSource) -> Result<OpticksConfig, ToolsError> {
    let transport = TransportOptions {
        bounce_max: args.bouncemax,
        time_max_ns: args.timemax.unwrap_or(f32::INFINITY),
        reemission: u32::from(!args.no_reemission),
        shift_1: args.wls_profile.code(),
        shift_2: args.wls_profile.code(),
        ..TransportOptions::default()
    };
    let saves = |what| args.out.is_some() && args.save.contains(&what);
    let propagate = PropagateConfig {
        seed: args.seed.or(source.seed()).unwrap_or(0),
        transport,
        hit_mask: flag_mask_of_text(&args.hitmask)
            .ok_or_else(|| ToolsError::HitMask(args.hitmask.clone()))?,
        way: args.way,
        photons: saves(SaveArg::Photons),
        records: saves(SaveArg::Records),
        ..PropagateConfig::default()
    };
    Ok(OpticksConfig {
        propagate,
        surface_model: args.surface_model.into(),
        surface_data: args.surface_data.clone(),
        engine: args.engine.options(if args.threads == 0 {
            source.threads().unwrap_or(0)
        } else {
            args.threads
        }),
        genstep_reservation: args.reservation,
        profile: true,
        profile_leak_mb: args.profile_leak_mb,
        ..OpticksConfig::default()
    })
}

fn options(args: &RunArgs, inputs: Inputs, config: &OpticksConfig) -> BTreeMap<&'static str, Value> {
    let saved: Vec<String> = args.save.iter().map(|s| format!("{s:?}").to_lowercase()).collect();
    BTreeMap::from([
        ("events", json!(args.events)),
        ("threads", json!(args.threads)),
        ("engine", json!(args.engine.engine.to_string())),
        ("gpu", json!(args.engine.gpu.to_string())),
        ("device_memory_bytes", json!(args.engine.device_memory)),
        ("launch_photons", json!(args.engine.launch_photons)),
        ("batch", json!(args.batch)),
        ("material_names", json!(args.material_names)),
        ("bouncemax", json!(args.bouncemax)),
        ("timemax_ns", json!(args.timemax.filter(|time_ns| time_ns.is_finite()))),
        ("surface_model", json!(format!("{:?}", config.surface_model).to_lowercase())),
        ("surface_data", json!(args.surface_data)),
        ("reemission", json!(!args.no_reemission)),
        ("wls_profile", json!(format!("{:?}", args.wls_profile).to_lowercase())),
        ("hitmask", json!(args.hitmask)),
        ("reservation", json!(args.reservation)),
        ("profile_leak_mb", json!(args.profile_leak_mb)),
        ("way", json!(args.way)),
        ("save", json!(saved)),
        ("macro", json!(inputs.macro_file)),
        ("gensteps", json!(args.gensteps)),
        ("torch", json!(args.torch)),
        ("input_photons", json!(args.input_photons)),
    ])
}
