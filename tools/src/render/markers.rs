//! Hits and photon paths, to be drawn into pictures.

use std::path::Path;

use crate::ToolsError;
use crate::run_folder::load_items;

/// Positions of hits and paths of photons.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Markers {
    /// Positions, mm, in the world's frame.
    pub hits_mm: Vec<[f64; 3]>,
    /// The points of each photon, in order, mm, in the world's frame.
    pub paths_mm: Vec<Vec<[f64; 3]>>,
    /// Points left out because a coordinate is not finite.
    pub not_finite: usize,
}

impl Markers {
    /// Reads hits (n,4,4), or photons of that layout.
    ///
    /// # Errors
    /// Where the file is no such array, or not of the run in whose folder it lies.
    pub fn read_hits(&mut self, path: &Path) -> Result<(), ToolsError> {
        let array = load_items(path, &[4, 4])?;
        for item in array.items() {
            self.hits_mm.extend(finite(item, &mut self.not_finite));
        }
        Ok(())
    }

    /// Reads the points (n,4,4) that `run --save records` writes: those of a photon in order, the birth with number 0.
    ///
    /// # Errors
    /// Where the file is no such array, or not of the run in whose folder it lies.
    pub fn read_records(&mut self, path: &Path) -> Result<(), ToolsError> {
        let array = load_items(path, &[4, 4])?;
        let mut last = None;
        for item in array.items() {
            let photon = item[14].to_bits();
            let number = item[15].to_bits();
            if last != Some(photon) || number == 0 {
                self.paths_mm.push(Vec::new());
            }
            last = Some(photon);
            let point = finite(item, &mut self.not_finite);
            if let Some(path) = self.paths_mm.last_mut() {
                path.extend(point);
            }
        }
        Ok(())
    }

    /// How strong the line of a path is: many paths have fainter lines, so that the geometry is seen through them.
    pub(super) fn strength(&self) -> f64 {
        (0.8 * (40.0 / self.paths_mm.len().max(1) as f64).sqrt()).clamp(0.15, 0.8)
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(&self) -> bool {
        self.hits_mm.is_empty() && self.paths_mm.is_empty()
    }
}

fn finite(item: &[f32], not_finite: &mut usize) -> Option<[f64; 3]> {
    let point = [item[0], item[1], item[2]].map(f64::from);
    if point.iter().all(|x| x.is_finite()) {
        return Some(point);
    }
    *not_finite += 1;
    None
}
