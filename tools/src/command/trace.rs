//! `g4opticks trace`

use std::io::Write;
use std::path::PathBuf;

use cfg4::detector::Detector;
use clap::Args;
use g4ok::DetectorGeometry;
use optixrap::engine::Interrupter;
use optixrap::scene::SurfaceModel;

use super::Outcome;
use crate::ToolsError;
use crate::number::grouped;
use crate::run::Interruption;
use crate::stand_ins::with_stand_ins;
use crate::trace::{COLUMNS, RayPlane, ScanSummary, Target, TraceJob, plane_picture, read_rays, trace_file};

/// Arguments of `g4opticks trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// Detector
    #[arg(value_name = "GDML")]
    pub gdml: PathBuf,
    /// Rays: (n,6) float32 or float64, origin in mm and direction of any length
    #[arg(value_name = "RAYS.npy")]
    pub rays: PathBuf,
    /// Folder for distance.npy, volume.npy, normal.npy, scan.json and, where the rays lie in a plane, scan.png
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Trace this solid alone, the rays being in its own frame; else the whole detector, in the world's frame
    #[arg(long, value_name = "NAME")]
    pub solid: Option<String>,
    /// Threads, up to 1024 [default: one per core]; the result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = crate::run::threads_argument)]
    pub threads: usize,
}

/// Traces the rays, writes the files and says what was met.
pub(super) fn run(args: &TraceArgs, out: &mut dyn Write) -> Result<Outcome, ToolsError> {
    let detector = cfg4::gdml::read(&args.gdml)?;
    let rays = read_rays(&args.rays)?;
    let target = target(&detector, args.solid.as_deref())?;
    let interrupter = Interrupter::default();
    let interruption = Interruption::watch(&interrupter)?;
    let traced = trace_file(&TraceJob {
        geometry: args.gdml.display().to_string(),
        rays_file: args.rays.display().to_string(),
        target: &target,
        rays: &rays,
        folder: &args.out,
        threads: args.threads,
        interrupter,
    });
    let summary = traced.map_err(|error| interruption.mark(error))?;
    report(&summary, out)?;
    let picture = args.out.join("scan.png");
    if let Some(plane) = RayPlane::of(&rays) {
        plane_picture(&detector, &target, &rays, &plane)?.save(&picture)?;
        writeln!(out, "picture {}: {}", picture.display(), plane.name)?;
    } else {
        // One of an earlier scan would show other rays.
        match std::fs::remove_file(&picture) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(ToolsError::Write { path: picture, source });
            }
            _ => writeln!(out, "no picture: the rays do not lie in one plane")?,
        }
    }
    Ok(Outcome::Success)
}

fn target(detector: &Detector, solid: Option<&str>) -> Result<Target, ToolsError> {
    match solid {
        Some(name) => Target::solid(detector, name),
        None => {
            // Rays have no optics: what of it is refused is no matter.
            let (traceable, _) = with_stand_ins(detector.clone(), SurfaceModel::default());
            let geometry = DetectorGeometry::new(traceable, SurfaceModel::default())?;
            Ok(Target::World(Box::new(geometry)))
        }
    }
}

fn report(summary: &ScanSummary, out: &mut dyn Write) -> Result<(), ToolsError> {
    let ScanSummary { rays, rays_with_more, rays_from_outside, stuck_rays, corrections, .. } = summary;
    writeln!(
        out,
        "{} rays in the frame of the {}: {:.3} boundaries on average, at most {}, {} volumes",
        grouped(*rays),
        summary.frame,
        summary.mean_crossings,
        summary.max_crossings,
        summary.volume_paths.len()
    )?;
    writeln!(
        out,
        "{} rays have more than {COLUMNS} boundaries, the rest of which is not listed",
        grouped(*rays_with_more)
    )?;
    if *rays_from_outside > 0 {
        writeln!(out, "{} rays start outside the world", grouped(*rays_from_outside))?;
    }
    if *stuck_rays > 0 {
        writeln!(
            out,
            "warning: {} rays did not get ahead and were given up: do volumes overlap?",
            grouped(*stuck_rays)
        )?;
    }
    if *corrections > 0 {
        writeln!(
            out,
            "warning: at {} boundaries a ray was not where it was thought to be: rounding at an edge, or volumes that overlap",
            grouped(*corrections)
        )?;
    }
    Ok(())
}
