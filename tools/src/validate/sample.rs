//! What a run leaves for comparisons, and running one event.

use std::collections::BTreeMap;

use cfg4::genstep::Genstep;
use optixrap::engine::{
    ChunkOutput, CpuEngine, EngineError, EventInput, EventSummary, HitRecord, PathPoint, PropagateConfig,
    history_text,
};
use optixrap::physics::vec3::Vec3;
use optixrap::scene::SceneData;

use crate::random::Random;

/// Where photons come from.
#[derive(Debug, Clone)]
pub enum Source {
    /// Photons one by one, in the layout of input photons.
    Photons(Vec<[f32; 16]>),
    /// Gensteps.
    Gensteps(Vec<Genstep>),
}

/// What a run left.
#[derive(Debug, Clone, Default)]
pub struct Sample {
    /// Counts.
    pub summary: EventSummary,
    /// Histories in words (`TO BT SD`), with their counts.
    pub histories: BTreeMap<String, u64>,
    /// Photons detected.
    pub hits: Vec<HitRecord>,
    /// Final states of all photons, if asked for.
    pub photons: Vec<HitRecord>,
    /// Points, if asked for.
    pub records: Vec<PathPoint>,
}

impl Sample {
    /// Adds a part of the results.
    pub fn take(&mut self, part: &ChunkOutput) {
        self.hits.extend_from_slice(&part.hits);
        self.photons.extend_from_slice(&part.photons);
        self.records.extend_from_slice(&part.records);
    }

    /// Adds the counts of an event.
    pub fn count_event(&mut self, summary: &EventSummary) {
        for (codes, n) in &summary.histories {
            *self.histories.entry(history_text(codes)).or_default() += n;
        }
        self.summary.merge(summary);
    }

    /// Photons with this history; 0 if there are none.
    pub fn count(&self, history: &str) -> f64 {
        self.histories.get(history).map_or(0.0, |&n| n as f64)
    }

    /// Photons of this end whose number of points is one of `points`.
    pub fn ends_by_points(&self, end: &str, points: impl Fn(usize) -> bool) -> f64 {
        let n = self.histories.iter().filter(|(h, _)| h.ends_with(end) && points(points_of(h)));
        n.map(|(_, n)| *n as f64).sum()
    }
}

/// The number of points of a history in words: each is two letters and a space, and the birth is none.
pub fn points_of(history: &str) -> usize {
    history.len() / 3
}

/// Runs a source as event 0 through a scene, on so many threads (0 for one per core).
///
/// # Errors
/// As the engine.
pub fn run_event(
    scene: &SceneData,
    source: &Source,
    config: &PropagateConfig,
    threads: usize,
) -> Result<Sample, EngineError> {
    let emit;
    let (gensteps, input_photons): (&[Genstep], &[[f32; 16]]) = match source {
        Source::Photons(items) => {
            emit = [Genstep::emit_source(items.len() as u32, 1)];
            (&emit, items)
        }
        Source::Gensteps(gensteps) => (gensteps, &[]),
    };
    let input = EventInput { event_id: 0, gensteps, input_photons, sensors: None };
    let mut sample = Sample::default();
    let mut sink = |part: &ChunkOutput| {
        sample.take(part);
        Ok(())
    };
    let summary = CpuEngine::new(threads)?.propagate(scene, &input, config, &mut sink)?;
    sample.count_event(&summary);
    Ok(sample)
}

/// An unpolarized point source that shines everywhere at time 0.
pub fn point_source(photons: u32, position_mm: [f64; 3], wavelength_nm: f64, seed: u64) -> Source {
    let mut random = Random::new(seed, 1);
    let items = (0..photons).map(|_| {
        let direction = random.direction();
        // The part of another random direction across the first.
        let polarization = loop {
            let other = random.direction();
            let across = other - direction * direction.dot(other);
            if across.dot(across) > 1e-4 {
                break across.normalized();
            }
        };
        photon(position_mm, direction, polarization, wavelength_nm)
    });
    Source::Photons(items.collect())
}

/// An input photon at time 0 with weight 1.
pub fn photon(position: [f64; 3], direction: Vec3, polarization: Vec3, wavelength_nm: f64) -> [f32; 16] {
    let [x, y, z] = position.map(|v| v as f32);
    let (d, p) = (direction, polarization);
    [x, y, z, 0.0, d.x, d.y, d.z, 1.0, p.x, p.y, p.z, wavelength_nm as f32, 0.0, 0.0, 0.0, 0.0]
}
