//! The arguments of `g4opticks run`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use optixrap::physics::wavelength_shift::profile;
use optixrap::scene::SurfaceModel;

use crate::engine_args::EngineArgs;

/// The arguments of `g4opticks run`.
#[derive(Debug, Clone, Args)]
pub struct RunArgs {
    /// Geometry; the built-in 1 m cube of liquid scintillator if left out
    pub gdml: Option<PathBuf>,
    /// Geant4 macro: gun, number of events, seeds, processes; 10 events of a 1 GeV mu+ from the origin if left out
    #[arg(value_name = "MACRO")]
    pub macro_file: Option<PathBuf>,
    /// Gensteps (n,6,4) instead of a gun: .npy files, an event each, or folders of them
    #[arg(long, num_args = 1.., value_name = "FILE.npy|DIR", conflicts_with_all = ["torch", "input_photons"])]
    pub gensteps: Vec<PathBuf>,
    /// What the material indices in the gensteps mean: a JSON list or map of names
    #[arg(long, value_name = "FILE.json", requires = "gensteps", conflicts_with_all = ["torch", "input_photons"])]
    pub material_names: Option<PathBuf>,
    /// A torch instead of a gun: key=value_key=value, e.g. photons=2000_wavelength=430
    #[arg(long, value_name = "SPEC", conflicts_with = "input_photons")]
    pub torch: Option<String>,
    /// Photons (n,4,4) to follow instead of a gun
    #[arg(long, value_name = "FILE.npy")]
    pub input_photons: Option<PathBuf>,
    /// Number of events [default: the macro's; one per genstep file; 10 for the default gun, 1 for a torch or photons]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub events: Option<u32>,
    /// Seed of the random numbers of all runs [default: the macro's, run by run, or 0]
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads, up to 1024 [default: the macro's, or one per core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = threads)]
    pub threads: usize,
    /// The engine.
    #[command(flatten)]
    pub engine: EngineArgs,
    /// Events that are propagated together: small ones fill a GPU only in company
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub batch: u32,
    /// Points after which a photon that is still alive ends as BL
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub bouncemax: u32,
    /// Time at which a photon that is still flying ends (TL), ns; -1 for none
    #[arg(long, value_name = "NS", value_parser = time_limit, allow_negative_numbers = true)]
    pub timemax: Option<f32>,
    /// What optical surfaces do
    #[arg(long, value_enum, default_value_t = SurfaceModelArg::Opticks)]
    pub surface_model: SurfaceModelArg,
    /// Folder with the data of measured surfaces (dielectric_LUT, LUTDAVIS, dichroic) for --surface-model geant4
    #[arg(long, value_name = "DIR")]
    pub surface_data: Option<PathBuf>,
    /// No reemission of absorbed photons
    #[arg(long)]
    pub no_reemission: bool,
    /// How long wavelength shifters take: their time constant, or exponentially distributed times; a macro's
    /// setTimeProfile has precedence
    #[arg(long, value_enum, default_value_t = WlsProfileArg::Delta)]
    pub wls_profile: WlsProfileArg,
    /// Flags that a photon must all have to be a hit, e.g. SD, EC, SD|BT
    #[arg(long, value_name = "FLAGS", default_value = "SD")]
    pub hitmask: String,
    /// Gensteps to reserve room for per event; -1 for each event's exact number
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub reservation: i64,
    /// Leak this many 10^6 bytes per event on purpose, to check the memory report
    #[arg(long, value_name = "X", default_value_t = 0.0, value_parser = leak, allow_negative_numbers = true)]
    pub profile_leak_mb: f64,
    /// Make way items: last boundary and origin of each hit
    #[arg(long)]
    pub way: bool,
    /// What to save per event
    #[arg(long, value_enum, value_delimiter = ',', default_value = "hits", requires = "out")]
    pub save: Vec<SaveArg>,
    /// Folder for run.json, profile.npy, profile.png and the events' arrays
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Print run.json, and nothing else, to stdout
    #[arg(long)]
    pub json: bool,
}

/// The most threads that a run may have: more than the cores of any machine.
const MAX_THREADS: usize = 1024;

pub(crate) fn threads(text: &str) -> Result<usize, String> {
    let number = text.parse().ok().filter(|n| *n <= MAX_THREADS);
    number.ok_or_else(|| format!("give a number from 1 to {MAX_THREADS}, or 0 for one per core"))
}

/// A time from 0 up; -1, what the original's default was, is none.
fn time_limit(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(-1.0) => Ok(f32::INFINITY),
        Ok(time_ns) if time_ns >= 0.0 => Ok(time_ns),
        _ => Err("give a number of ns from 0 up, or -1 for no limit".to_owned()),
    }
}

fn leak(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|mb| mb.is_finite() && *mb >= 0.0);
    number.ok_or_else(|| "give a number of 10^6 bytes from 0 up".to_owned())
}

/// `--surface-model`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SurfaceModelArg {
    /// A surface with EFFICIENCY detects with it and otherwise absorbs; others reflect with REFLECTIVITY
    Opticks,
    /// As G4OpBoundaryProcess does
    Geant4,
}

/// `--wls-profile`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WlsProfileArg {
    /// Always the time constant
    Delta,
    /// Exponentially distributed, with the time constant as the mean
    Exponential,
}

impl WlsProfileArg {
    /// The code that transport knows it by.
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Delta => profile::DELTA,
            Self::Exponential => profile::EXPONENTIAL,
        }
    }
}

impl From<SurfaceModelArg> for SurfaceModel {
    fn from(argument: SurfaceModelArg) -> Self {
        match argument {
            SurfaceModelArg::Opticks => Self::Opticks,
            SurfaceModelArg::Geant4 => Self::Geant4,
        }
    }
}

/// `--save`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SaveArg {
    /// hits.npy (n,4,4), and hiys.npy (n,2,4) with --way
    Hits,
    /// photons.npy (n,4,4): the final state of every photon
    Photons,
    /// records.npy (n,4,4): every point of every photon
    Records,
    /// gensteps.npy (n,6,4)
    Gensteps,
}
