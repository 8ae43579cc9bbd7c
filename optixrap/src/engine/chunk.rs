//! A chunk: consecutive photons of an event, followed one after another.

use std::ops::Range;

use super::path::PathRecorder;
use super::prepare::PreparedEvent;
use super::random_ahead::{self, AheadRng, RandomAhead};
use super::{End, EventSummary, PropagateConfig};
use crate::physics::generate;
use crate::physics::photon::{Photon, flag};
use crate::physics::sensor::Sensors;
use crate::trace::geometry::NONE;
use crate::transport::{
    HitRecord, NoRecord, PathPoint, PreparedGenstep, Scene, Traveller, WayRecord, collect, end_of_unplaced,
    enter_node, transport,
};

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

impl Worker<'_> {
    /// Makes photon `index` of the event, follows it to its end and notes the result.
    #[inline(always)]
    fn follow(&mut self, genstep: &PreparedGenstep, index: u64, mut rng: AheadRng) {
        let EventContext { scene, config, .. } = self.context;
        let in_genstep = (index - genstep.first_photon) as u32;
        let mut photon = generate::generate(&scene.tables, &genstep.record, in_genstep, &mut rng);
        let born = photon;
        let node = enter_node(scene, genstep, &mut photon);
        if node == NONE {
            self.never_inside(genstep, index, &born);
            return;
        }
        let mut t = Traveller::new(scene, &config.transport, photon, node, genstep.birth_flag);
        let end_flag = match &mut self.recorder {
            None => transport(scene, &config.transport, &mut t, &mut rng, &mut NoRecord),
            Some(recorder) => {
                let depth_first = scene.geometry.nodes[node as usize].depth_first;
                recorder.start(index, born.words(), genstep.birth_flag, depth_first);
                let end_flag = transport(scene, &config.transport, &mut t, &mut rng, recorder);
                recorder.finish(end_flag);
                end_flag
            }
        };
        self.count(end_flag, &t);
        let (mut ended, mut sensor) = (t.ended(), 0);
        if end_flag == flag::SURFACE_DETECT {
            sensor = collect(scene, self.context.sensors.as_ref(), &mut ended, &mut rng);
        }
        if self.context.config.photons || self.is_hit(ended.flag_mask) {
            let record = HitRecord::of_ended(scene, &ended, sensor, index);
            self.hand_out(genstep, &born, &record, sensor);
        }
    }

    /// A photon born outside the world, or without a finite position: it ends before its first point.
    fn never_inside(&mut self, genstep: &PreparedGenstep, index: u64, born: &Photon) {
        let end_flag = end_of_unplaced(born);
        if let Some(recorder) = &mut self.recorder {
            recorder.start(index, born.words(), genstep.birth_flag, 0);
            recorder.finish(end_flag);
        }
        let flag_mask = genstep.birth_flag | end_flag;
        self.count_end(end_flag);
        if self.context.config.photons || self.is_hit(flag_mask) {
            self.hand_out(genstep, born, &HitRecord::of_unplaced(born, index, flag_mask), 0);
        }
    }

    fn is_hit(&self, flag_mask: u32) -> bool {
        let mask = self.context.config.hit_mask;
        flag_mask & mask == mask
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

    fn hand_out(&mut self, genstep: &PreparedGenstep, born: &Photon, record: &HitRecord, sensor: u32) {
        if self.context.config.photons {
            self.output.photons.push(*record);
        }
        if self.is_hit(record.flag_mask()) {
            self.output.hits.push(*record);
            self.output.summary.hits += 1;
            *self.output.summary.hits_per_sensor.entry(sensor).or_default() += 1;
            if let (true, Some(recorder)) = (self.context.config.way, &self.recorder) {
                let track_id = genstep.record.words[1];
                let way = WayRecord::new(recorder.last_boundary, born.time_ns, track_id, record);
                self.output.ways.push(way);
            }
        }
    }
}
