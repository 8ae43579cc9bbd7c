//! How well the lanes of a warp are used, and what a point costs, with the lanes running together as on a GPU.

use cfg4::genstep::read_genstep_file;
use optixrap::engine::{Batch, PropagateConfig};
use optixrap::scene::SceneData;
use ptxrun::LineCount;

use super::device::{Gpu, Launch};
use super::events::input;
use super::scenes::{self, Light};
use crate::truth::run::shared;

/// Photons that are followed.
const PHOTONS: u64 = 8000;

/// Light of a muon in the cube: some of the steps that Geant4 made, else steps made by hand.
pub(super) fn muon_light(scene: &SceneData) -> Light {
    match shared("reference/gensteps/gensteps_00.npy") {
        Some(file) => {
            let gensteps = read_genstep_file(&file, None).unwrap().gensteps().to_vec();
            Light { gensteps: gensteps.into_iter().step_by(29).collect(), input_photons: Vec::new() }
        }
        None => scenes::lights(scene).swap_remove(1).1,
    }
}

pub(super) fn muon(scene: &SceneData) -> Batch {
    let light = muon_light(scene);
    let mut batch = Batch::default();
    while batch.n_photons() < PHOTONS {
        batch.add(scene, &input(&light, batch.events.len() as u32), None).unwrap();
    }
    batch
}

pub(super) struct Figures {
    per_point: f64,
    efficiency: f64,
    pub(super) points: u64,
    pub(super) by_line: Vec<LineCount>,
}

impl Figures {
    /// Issue slots of a warp per point of one lane: what the time goes by.
    pub(super) fn slots_per_point(&self) -> f64 {
        self.per_point / self.efficiency
    }
}

pub(super) fn measure(
    scene: &SceneData,
    batch: &Batch,
    kernel: &'static str,
    blocks: u32,
    refill_at: u32,
) -> Figures {
    let launch = Launch { refill_at, room: PHOTONS as usize, ..Launch::new(kernel, blocks) };
    let launch = Launch { shape: launch.shape.lockstep(), ..launch };
    let mut gpu = Gpu::new(scene, kernel, None);
    let config = PropagateConfig::default();
    let events = gpu.propagate(batch, &config, &launch, 0..PHOTONS);
    let points: u64 = events.iter().map(|event| event.summary.points).sum();
    let figures = Figures {
        per_point: gpu.stats.instructions as f64 / points as f64,
        efficiency: gpu.stats.warp_efficiency(),
        points,
        by_line: std::mem::take(&mut gpu.stats.by_line),
    };
    println!(
        "{kernel} refill at {refill_at}: {points} points, {:.0} instructions per point, {:.1} % of the lanes, {:.0} \
         slots per point, {} bytes of local memory",
        figures.per_point,
        100.0 * figures.efficiency,
        figures.slots_per_point(),
        gpu.stats.local_bytes
    );
    figures
}

#[test]
fn lanes_that_take_the_next_photon_are_used_better() {
    let scene = scenes::cube();
    let batch = muon(&scene);
    let each = measure(&scene, &batch, "propagate_each", PHOTONS.div_ceil(32) as u32, 31);
    let at_once = measure(&scene, &batch, "propagate_simple", 4, 31);
    let together = measure(&scene, &batch, "propagate_simple", 4, 20);
    let any_scene = measure(&scene, &batch, "propagate", 4, 20);
    assert!(together.slots_per_point() < 1.02 * any_scene.slots_per_point());
    assert!(at_once.slots_per_point() < 0.6 * each.slots_per_point());
    assert!(together.slots_per_point() < 0.9 * at_once.slots_per_point());
    assert!(together.per_point < 700.0 && together.slots_per_point() < 2800.0);
    // A photon whose address is taken lies in local memory, and costs a third more.
    assert!(any_scene.per_point < 720.0 && any_scene.slots_per_point() < 2900.0);
}
