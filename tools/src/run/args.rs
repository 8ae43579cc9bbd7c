//! The arguments of `g4opticks run`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Make optical photons, follow each to its end, and keep those that a sensor detects.
///
/// The photons come from a particle gun (as a macro sets it up), from the gensteps of another program, from a torch, or
/// from a file. With neither of them the gun shoots 10 times one 1 GeV mu+ from the origin along +z.
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
    #[arg(long, value_name = "FILE.json", requires = "gensteps")]
    pub material_names: Option<PathBuf>,
    /// A torch instead of a gun: key=value_key=value, e.g. photons=2000_wavelength=430
    #[arg(long, value_name = "SPEC", conflicts_with = "input_photons")]
    pub torch: Option<String>,
    /// Photons (n,4,4) to follow instead of a gun
    #[arg(long, value_name = "FILE.npy")]
    pub input_photons: Option<PathBuf>,
    /// Number of events [default: the macro's, one per genstep file, or 1]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub events: Option<u32>,
    /// Seed of the random numbers of all runs [default: the macro's, run by run, or 0]
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub threads: usize,
    /// Points after which a photon that is still alive ends as BL
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pub bouncemax: u32,
    /// Time after which a photon ends as TL, ns
    #[arg(long, value_name = "NS")]
    pub timemax: Option<f32>,
    /// What optical surfaces do
    #[arg(long, value_enum, default_value_t = SurfaceModelArg::Opticks)]
    pub surface_model: SurfaceModelArg,
    /// No reemission of absorbed photons
    #[arg(long)]
    pub no_reemission: bool,
    /// Flags that a photon must all have to be a hit, e.g. SD, EC, SD|BT
    #[arg(long, value_name = "FLAGS", default_value = "SD")]
    pub hitmask: String,
    /// Gensteps to reserve room for per event; -1 for each event's exact number
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true)]
    pub reservation: i64,
    /// Leak this many 10^6 bytes per event on purpose, to check the memory report
    #[arg(long, value_name = "X", default_value_t = 0.0)]
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

/// `--surface-model`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SurfaceModelArg {
    /// A surface with EFFICIENCY detects with it and otherwise absorbs; others reflect with REFLECTIVITY
    Opticks,
    /// As G4OpBoundaryProcess does
    Geant4,
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
