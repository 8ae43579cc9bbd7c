//! One job run twice, with one thing changed.

use std::ffi::OsString;

use clap::ValueEnum;
use optixrap::engine::EngineChoice;

use super::compare::{Comparison, Verdict};
use super::job::{JobRun, run_args};
use super::model_surfaces::Met;
use super::parting::{Parting, first_parting};
use crate::ToolsError;
use crate::run::{RunArgs, SurfaceModelArg};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Against {
    /// The two surface models
    SurfaceModel,
    /// The CPU engine on one thread and another engine (--engine cuda or auto): every bit must be the same
    Engine,
    /// One thread and all of them: every bit must be the same
    Threads,
    /// Two seeds: only chance may differ
    Seed,
}

impl Against {
    /// Whether the runs use the same random numbers.
    fn same_photons(self) -> bool {
        self != Against::Seed
    }

    /// Whether the results must have the same bits.
    fn same_bits(self) -> bool {
        matches!(self, Against::Engine | Against::Threads)
    }

    /// The two command lines and their names.
    fn pair(self, args: &RunArgs) -> [(String, RunArgs); 2] {
        let (mut a, mut b) = (args.clone(), args.clone());
        let name = |text: &str| text.to_owned();
        let names = match self {
            Against::SurfaceModel => {
                a.surface_model = SurfaceModelArg::Opticks;
                b.surface_model = SurfaceModelArg::Geant4;
                [name("surface model opticks"), name("surface model geant4")]
            }
            Against::Engine => {
                (a.engine.engine, a.threads) = (EngineChoice::Cpu, 1);
                if b.engine.engine == EngineChoice::Cpu {
                    b.engine.engine = EngineChoice::Cuda;
                }
                [name("engine cpu, 1 thread"), format!("engine {}", b.engine.engine)]
            }
            Against::Threads => {
                a.threads = 1;
                [name("1 thread"), name(if b.threads == 0 { "all threads" } else { "more threads" })]
            }
            Against::Seed => {
                let seed = args.seed.unwrap_or(0);
                (a.seed, b.seed) = (Some(seed), Some(seed.wrapping_add(1)));
                [format!("seed {seed}"), format!("seed {}", seed.wrapping_add(1))]
            }
        };
        let [name_a, name_b] = names;
        [(name_a, a), (name_b, b)]
    }
}

/// Runs the job of the words of a `run` command line twice and compares. One event, where neither the words nor a macro
/// say how many.
///
/// # Errors
/// Words that `run` does not understand, or a run that fails.
pub fn validate_against(
    against: Against,
    words: &[OsString],
    significance: f64,
) -> Result<Comparison, ToolsError> {
    let mut args = run_args(words)?;
    let has_macro = args.macro_file.is_some();
    if !has_macro && args.gensteps.is_empty() {
        args.events = args.events.or(Some(1));
    }
    let [(name_a, args_a), (name_b, args_b)] = against.pair(&args);
    let a = JobRun::of(&name_a, &args_a)?;
    let b = JobRun::of(&name_b, &args_b)?;
    let geometry =
        args.gdml.as_ref().map_or_else(|| "the built-in cube".to_owned(), |p| p.display().to_string());
    let mut comparison = Comparison::of_sides(&geometry, &a.side, &b.side, significance);
    if !against.same_photons() {
        return Ok(comparison);
    }
    let parted = parted(&a, &b);
    comparison.parted = Some([parted.photons, a.side.photons.min(b.side.photons)]);
    if let Some((event, photon)) = parted.first {
        comparison.parting = where_they_part([&args_a, &args_b], event, photon)?;
    }
    if against == Against::SurfaceModel && parted.photons == 0 {
        let met = Met::of(&args)?;
        comparison.notes.push(met.note());
        if met.photons == 0 {
            comparison.verdict = Verdict::NothingToCompare;
        }
    }
    if against.same_bits() {
        let same = parted.photons == 0 && a.side.photons == b.side.photons && a.side.hits == b.side.hits;
        comparison.same_bits = Some(same);
        comparison.verdict = if same { Verdict::Agree } else { Verdict::Disagree };
    }
    Ok(comparison)
}

/// Photons that end differently.
struct Parted {
    photons: u64,
    /// Event and index of the first.
    first: Option<(u32, u64)>,
}

fn parted(a: &JobRun, b: &JobRun) -> Parted {
    let mut parted = Parted { photons: 0, first: None };
    for (event, (of_a, of_b)) in a.finals.iter().zip(&b.finals).enumerate() {
        for (photon, _) in of_a.iter().zip(of_b).enumerate().filter(|(_, (a, b))| a != b) {
            parted.photons += 1;
            parted.first = parted.first.or(Some((event as u32, photon as u64)));
        }
    }
    parted
}

fn where_they_part(args: [&RunArgs; 2], event: u32, photon: u64) -> Result<Option<Parting>, ToolsError> {
    let [a, b] = args;
    let (a, b) = (JobRun::path(a, event, photon)?, JobRun::path(b, event, photon)?);
    Ok(first_parting(event, &a, &b))
}
