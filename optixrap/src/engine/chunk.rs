//! A chunk: consecutive photons of an event, followed one after another.

use std::ops::Range;

use super::hit::{HitRecord, WayRecord};
use super::path::{PathPoint, PathRecorder, world_state};
use super::prepare::{PreparedEvent, PreparedGenstep};
use super::random_ahead::{self, AheadRng, RandomAhead};
use super::{End, EventSummary, PropagateConfig};
use crate::physics::generate;
use crate::physics::photon::{Photon, flag};
use crate::physics::random::Uniform;
use crate::physics::sensor::{self, Sensors};
use crate::trace::geometry::NONE;
use crate::trace::navigate;
use crate::transport::{NoRecord, Scene, Traveller, transport};

/// What came of a chunk, in photon order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChunkOutput {
    /// Photons that fulfil the hit mask.
    pub hits: Vec<HitRecord>,
    /// Their way items, if asked for.
    pub ways: Vec<WayRecord>,
    /// The final state of every photon, if asked for.
    pub photons: Vec<HitRecord>,
    /// Every point of every photon, if asked for.
    pub records: Vec<PathPoint>,
    /// The chunk's counts.
    pub summary: EventSummary,
}

impl ChunkOutput {
    /// The memory that the records take.
    pub(super) fn bytes(&self) -> usize {
        use std::mem::size_of_val;
        size_of_val(self.hits.as_slice())
            + size_of_val(self.ways.as_slice())
            + size_of_val(self.photons.as_slice())
            + size_of_val(self.records.as_slice())
    }
}

/// Everything that the photons of an event share.
#[derive(Clone, Copy)]
pub(super) struct EventContext<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) config: &'a PropagateConfig,
    pub(super) event: &'a PreparedEvent,
    pub(super) event_id: u32,
    pub(super) sensors: Option<Sensors<'a>>,
}

/// Makes and follows the photons of `range`.
#[inline(always)]
pub(super) fn run(context: &EventContext, range: Range<u64>) -> ChunkOutput {
    let gensteps = &context.event.gensteps;
    let mut at = gensteps.partition_point(|g| g.first_photon + g.n_photons as u64 <= range.start);
    let config = context.config;
    let recorder = (config.way || config.records || config.histories)
        .then(|| PathRecorder::new(&context.scene.geometry, config.records));
    let mut worker = Worker { context, recorder, output: ChunkOutput::default() };
    let mut ahead = RandomAhead::new(config.seed, context.event_id);
    let start = range.start;
    for index in range {
        let offset = (index - start) as usize % random_ahead::PHOTONS;
        if offset == 0 {
            ahead.fill(index);
        }
        while index >= gensteps[at].first_photon + gensteps[at].n_photons as u64 {
            at += 1;
        }
        worker.follow(&gensteps[at], index, ahead.photon(offset));
    }
    worker.output.records = worker.recorder.and_then(|r| r.points).unwrap_or_default();
    worker.output
}

struct Worker<'a> {
    context: &'a EventContext<'a>,
    recorder: Option<PathRecorder<'a>>,
    output: ChunkOutput,
}

/// A photon that has come to its end, in the frame of the world.
struct Ended {
    index: u64,
    track_id: u32,
    birth_time_ns: f32,
    state: [f32; 12],
    boundary: i64,
    sensor: u32,
    node: u32,
    flag_mask: u32,
}

impl Worker<'_> {
    /// Makes photon `index` of the event, follows it to its end and notes the result.
    #[inline(always)]
    fn follow(&mut self, genstep: &PreparedGenstep, index: u64, mut rng: AheadRng) {
        let EventContext { scene, config, .. } = self.context;
        let in_genstep = (index - genstep.first_photon) as u32;
        let mut photon = generate::generate(&scene.tables, &genstep.record, in_genstep, &mut rng);
        let born = photon;
        let track_id = genstep.record.words[1];
        let Some(node) = enter_node(scene, genstep, &mut photon) else {
            self.never_inside(genstep, index, &born);
            return;
        };
        let mut t = Traveller::new(scene, &config.transport, photon, node, genstep.birth_flag);
        let end_flag = match &mut self.recorder {
            None => transport(scene, &config.transport, &mut t, &mut rng, &mut NoRecord),
            Some(recorder) => {
                let depth_first = scene.geometry.nodes[node as usize].depth_first;
                recorder.start(index, state_of(&born), genstep.birth_flag, depth_first);
                let end_flag = transport(scene, &config.transport, &mut t, &mut rng, recorder);
                recorder.finish(end_flag);
                end_flag
            }
        };
        let mut sensor = 0;
        if end_flag == flag::SURFACE_DETECT {
            sensor = self.collect(&mut t, &mut rng);
        }
        self.count(end_flag, &t);
        let wanted = self.context.config.photons || self.is_hit(t.flag_mask);
        if wanted {
            let (boundary, node) = boundary_of(scene, &t);
            self.hand_out(&Ended {
                index,
                track_id,
                birth_time_ns: born.time_ns,
                state: world_state(&scene.geometry, &t),
                boundary,
                sensor,
                node,
                flag_mask: t.flag_mask,
            });
        }
    }

    /// A photon born outside the world, or without a finite position: it ends before its first point.
    fn never_inside(&mut self, genstep: &PreparedGenstep, index: u64, born: &Photon) {
        let state = state_of(born);
        let finite = state.iter().all(|x| x.is_finite());
        let end_flag = if finite { flag::MISS } else { flag::NAN_ABORT };
        if let Some(recorder) = &mut self.recorder {
            recorder.start(index, state, genstep.birth_flag, 0);
            recorder.finish(end_flag);
        }
        let flag_mask = genstep.birth_flag | end_flag;
        self.count_end(end_flag);
        if self.context.config.photons || self.is_hit(flag_mask) {
            self.hand_out(&Ended {
                index,
                track_id: genstep.record.words[1],
                birth_time_ns: born.time_ns,
                state,
                boundary: 0,
                sensor: 0,
                node: 0,
                flag_mask,
            });
        }
    }

    fn is_hit(&self, flag_mask: u32) -> bool {
        let mask = self.context.config.hit_mask;
        flag_mask & mask == mask
    }

    /// Finds the sensor of a detected photon and applies its efficiency; returns the sensor's index.
    fn collect<R: Uniform>(&self, t: &mut Traveller, rng: &mut R) -> u32 {
        let g = &self.context.scene.geometry;
        let sensor_of = |node: u32| if node == NONE { 0 } else { g.nodes[node as usize].sensor };
        let (index, node) = match (sensor_of(t.far_node), sensor_of(t.node)) {
            (0, near) => (near, t.node),
            (far, _) => (far, t.far_node),
        };
        if let (Some(sensors), true) = (&self.context.sensors, index != 0) {
            let local = g.to_world(node).inverse().point(g.to_world(t.node).point(t.photon.position));
            t.flag_mask |= sensor::collect(sensors, index, local, rng);
        }
        index
    }

    fn count(&mut self, end_flag: u32, t: &Traveller) {
        self.output.summary.points += t.points as u64;
        self.output.summary.corrections += t.corrections as u64;
        self.count_end(end_flag);
    }

    fn count_end(&mut self, end_flag: u32) {
        let summary = &mut self.output.summary;
        summary.photons += 1;
        summary.ends.add(End::of_flag(end_flag));
        if let (true, Some(recorder)) = (self.context.config.histories, &self.recorder) {
            *summary.histories.entry(recorder.codes.as_slice().into()).or_default() += 1;
        }
    }

    fn hand_out(&mut self, ended: &Ended) {
        let integers =
            HitRecord::packed(ended.boundary, ended.sensor, ended.node, ended.index, ended.flag_mask);
        let mut words = [0.0; 16];
        words[..12].copy_from_slice(&ended.state);
        words[12..].copy_from_slice(&integers);
        let record = HitRecord(words);
        if self.context.config.photons {
            self.output.photons.push(record);
        }
        if self.is_hit(ended.flag_mask) {
            self.output.hits.push(record);
            self.output.summary.hits += 1;
            *self.output.summary.hits_per_sensor.entry(ended.sensor).or_default() += 1;
            if let (true, Some(recorder)) = (self.context.config.way, &self.recorder) {
                let [x, y, z, time] = recorder.last_boundary;
                let id = f32::from_bits(ended.track_id);
                let way = [x, y, z, time, ended.birth_time_ns, id, integers[2], integers[3]];
                self.output.ways.push(WayRecord(way));
            }
        }
    }
}

/// Takes the new photon to the frame of the touchable that holds it; `None` outside the world.
#[inline]
fn enter_node(scene: &Scene, genstep: &PreparedGenstep, photon: &mut Photon) -> Option<u32> {
    let (node, frame) = if genstep.node != NONE {
        (genstep.node, genstep.frame)
    } else {
        let far = navigate::locate_along(&scene.geometry, photon.position, photon.direction)?;
        (far.node, far.frame)
    };
    photon.position = frame.point(photon.position);
    photon.direction = frame.direction(photon.direction);
    photon.polarization = frame.direction(photon.polarization);
    Some(node)
}

/// Signed number of the boundary met last, and the depth-first index of its touchable.
fn boundary_of(scene: &Scene, t: &Traveller) -> (i64, u32) {
    if t.boundary_sign == 0 {
        return (0, scene.geometry.nodes[t.node as usize].depth_first);
    }
    let node = &scene.geometry.nodes[t.boundary_node as usize];
    (t.boundary_sign as i64 * node.boundary as i64, node.depth_first)
}

fn state_of(p: &Photon) -> [f32; 12] {
    let (x, d, e) = (p.position, p.direction, p.polarization);
    [x.x, x.y, x.z, p.time_ns, d.x, d.y, d.z, p.weight, e.x, e.y, e.z, p.wavelength_nm]
}
