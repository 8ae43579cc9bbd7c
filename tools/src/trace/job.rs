//! All rays of a file.

use std::path::Path;

use optixrap::engine::Interrupter;
use optixrap::walk::StraightRay;
use rayon::prelude::*;

use super::files::ScanFiles;
use super::{ScanSummary, Target, TraceError, TracedRay};
use crate::ToolsError;
use crate::progress;
use crate::threads::pool;

/// Rays that are in memory with their boundaries at one time.
const RAYS_AT_ONCE: usize = 1 << 16;

/// What to trace and where to write.
#[derive(Debug)]
pub struct TraceJob<'a> {
    /// The geometry, as `scan.json` names it.
    pub geometry: String,
    /// The file of rays, as `scan.json` names it.
    pub rays_file: String,
    /// What is traced.
    pub target: &'a Target,
    /// The rays.
    pub rays: &'a [StraightRay],
    /// Folder of the files.
    pub folder: &'a Path,
    /// Threads, 0 for one per core; the files do not depend on it.
    pub threads: usize,
    /// Ends the work early.
    pub interrupter: Interrupter,
}

/// Traces all rays and writes `distance.npy`, `volume.npy`, `normal.npy` and `scan.json`.
///
/// # Errors
/// [`TraceError::Interrupted`], without any file; where files cannot be written.
pub fn trace_file(job: &TraceJob) -> Result<ScanSummary, ToolsError> {
    let pool = pool(job.threads)?;
    let mut files = ScanFiles::create(job.folder)?;
    let mut summary = ScanSummary::new(job.geometry.clone(), job.rays_file.clone(), job.target);
    let bar = progress::bar(job.rays.len() as u64, "rays");
    let interrupted = || job.interrupter.is_interrupted();
    for (chunk, rays) in job.rays.chunks(RAYS_AT_ONCE).enumerate() {
        let trace = |ray: &StraightRay| {
            if interrupted() { None } else { Some(job.target.trace(ray)) }
        };
        let traced: Option<Vec<TracedRay>> =
            pool.install(|| rays.par_iter().with_min_len(64).map(trace).collect());
        let Some(traced) = traced else {
            bar.finish_and_clear();
            let (done, rays) = (chunk * RAYS_AT_ONCE, job.rays.len());
            return Err(TraceError::Interrupted { done, rays }.into());
        };
        files.append(job.target, &traced, &mut summary)?;
        bar.inc(rays.len() as u64);
    }
    bar.finish_and_clear();
    files.finish(&summary)?;
    Ok(summary)
}
