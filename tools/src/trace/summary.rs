//! `scan.json`: what the arrays of a scan mean, and counts.

use std::collections::HashMap;

use serde::Serialize;

use super::{COLUMNS, Place, Target, TracedRay};

/// Everything in `scan.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScanSummary {
    /// The GDML file.
    pub geometry: String,
    /// The file of rays.
    pub rays_file: String,
    /// The frame of rays, normals and pictures: `world`, or the solid's.
    pub frame: String,
    /// What the normal is.
    pub normal: &'static str,
    /// Rays.
    pub rays: u64,
    /// Boundaries of a ray on average.
    pub mean_crossings: f64,
    /// Most boundaries of a ray.
    pub max_crossings: u32,
    /// How many rays have 0, 1, 2, ... boundaries.
    pub crossings_histogram: Vec<u64>,
    /// Boundaries of a ray that the arrays have room for.
    pub columns: usize,
    /// Rays with more boundaries than that: those beyond are counted here and not listed.
    pub rays_with_more: u64,
    /// Rays that start outside the world.
    pub rays_from_outside: u64,
    /// Rays that did not get ahead and were given up: volumes that overlap, or a malformed solid.
    pub stuck_rays: u64,
    /// Boundaries at which a ray was not in the volume that it was thought to be in.
    pub corrections: u64,
    /// Placements from the world to each volume, with copy numbers; `volume.npy` counts them from 0.
    pub volume_paths: Vec<String>,
    #[serde(skip)]
    boundaries: u64,
    #[serde(skip)]
    numbers: HashMap<u32, i32>,
}

impl ScanSummary {
    /// A scan without rays.
    pub(super) fn new(geometry: String, rays_file: String, target: &Target) -> Self {
        let (frame, normal) = match target {
            Target::World(_) => (
                "world".to_owned(),
                "unit normal at the first boundary, out of the volume that the ray leaves",
            ),
            Target::Solid { name, .. } => {
                (format!("solid {name}"), "unit normal at the first boundary, out of the solid")
            }
        };
        let mut summary = Self {
            geometry,
            rays_file,
            frame,
            normal,
            rays: 0,
            mean_crossings: 0.0,
            max_crossings: 0,
            crossings_histogram: Vec::new(),
            columns: COLUMNS,
            rays_with_more: 0,
            rays_from_outside: 0,
            stuck_rays: 0,
            corrections: 0,
            volume_paths: Vec::new(),
            boundaries: 0,
            numbers: HashMap::new(),
        };
        if matches!(target, Target::Solid { .. }) {
            summary.number(target, Place::Node(0));
            summary.number(target, Place::Node(1));
        }
        summary
    }

    /// Counts a ray.
    pub(super) fn add(&mut self, ray: &TracedRay) {
        let boundaries = ray.boundaries as usize;
        if self.crossings_histogram.len() <= boundaries {
            self.crossings_histogram.resize(boundaries + 1, 0);
        }
        self.crossings_histogram[boundaries] += 1;
        self.rays += 1;
        self.boundaries += boundaries as u64;
        self.mean_crossings = self.boundaries as f64 / self.rays as f64;
        self.max_crossings = self.max_crossings.max(ray.boundaries);
        self.rays_with_more += u64::from(ray.is_cut());
        self.rays_from_outside += u64::from(ray.places[0] == Place::Outside);
        self.stuck_rays += u64::from(ray.stuck);
        self.corrections += u64::from(ray.lost);
    }

    /// The number of a place in `volume_paths`, -1 where there is no volume. Volumes are numbered as they appear.
    pub(super) fn number(&mut self, target: &Target, place: Place) -> i32 {
        let Place::Node(node) = place else { return -1 };
        let paths = &mut self.volume_paths;
        *self.numbers.entry(node).or_insert_with(|| {
            paths.push(target.path(node));
            paths.len() as i32 - 1
        })
    }
}
