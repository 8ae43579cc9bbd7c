//! `g4opticks audit`

use std::io::Write;
use std::path::{Path, PathBuf};

use cfg4::detector::Detector;
use clap::Args;
use optixrap::scene::SurfaceModel;

use super::Outcome;
use crate::ToolsError;
use crate::audit::{Audit, AuditOptions, Grade, draw, inventory, page};
use crate::html::Picture;
use crate::run::SurfaceModelArg;

/// Arguments of `g4opticks audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Detector
    #[arg(value_name = "GDML", required_unless_present = "supported")]
    pub gdml: Option<PathBuf>,
    /// End with 1 where something is approximated or looks wrong
    #[arg(long)]
    pub strict: bool,
    /// What optical surfaces do
    #[arg(long, value_enum, default_value_t = SurfaceModelArg::Opticks)]
    pub surface_model: SurfaceModelArg,
    /// Folder with the data of measured surfaces (dielectric_LUT, LUTDAVIS, dichroic), as for run
    #[arg(long, value_name = "DIR")]
    pub surface_data: Option<PathBuf>,
    /// Points on the surface of each placed volume
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub samples: u32,
    /// Seed of those points
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Overlaps below this many mm are none
    #[arg(long, value_name = "MM", default_value_t = 1e-3, value_parser = tolerance)]
    pub tolerance: f64,
    /// Print JSON and nothing else
    #[arg(long)]
    pub json: bool,
    /// Write a page with everything
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Print what of Geant4's is supported, as the table of the README, and nothing else
    #[arg(long, exclusive = true)]
    pub supported: bool,
}

fn tolerance(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|mm| mm.is_finite() && *mm >= 0.0);
    number.ok_or_else(|| "give a number of mm from 0 up".to_owned())
}

/// The pictures of a detector that could be read; why there are none, else.
fn pictures(audit: &mut Audit, detector: Option<Detector>, model: SurfaceModel) -> Vec<Picture> {
    match detector.map(|detector| draw(detector, model)) {
        Some(Ok(pictures)) => pictures,
        Some(Err(error)) => {
            audit.left_out.push(format!("pictures: {error}"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// Audits and reports; fails where the file is refused, or, strictly, where anything is not as in Geant4.
pub(super) fn run(args: &AuditArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let Some(path) = &args.gdml else {
        write!(out, "{}", inventory::markdown())?;
        return Ok(Outcome::Success);
    };
    let options = AuditOptions {
        surface_model: args.surface_model.into(),
        surface_data: args.surface_data.clone(),
        samples: args.samples as usize,
        seed: args.seed,
        tolerance_mm: args.tolerance,
    };
    let (mut audit, detector) = Audit::of_file(path, &options);
    if let Some(file) = &args.html {
        let shown = pictures(&mut audit, detector, options.surface_model);
        write_page(file, &page(&audit, &shown))?;
    }
    if args.json {
        serde_json::to_writer_pretty(&mut *out, &audit)?;
        writeln!(out)?;
    } else {
        write!(out, "{audit}")?;
    }
    Ok(match audit.worst() {
        Grade::Refused => Outcome::Refused,
        grade if args.strict && grade.fails_strict() => Outcome::Failure,
        _ => Outcome::Success,
    })
}

/// Writes a page, complete or not at all.
pub(super) fn write_page(path: &Path, text: &str) -> Result<(), ToolsError> {
    let failed = |source| ToolsError::Write { path: path.to_owned(), source };
    let mut file = npy::AtomicFile::create(path)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    Ok(file.finish()?)
}
