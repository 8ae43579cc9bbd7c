//! A chunk: consecutive photons of an event, followed one after another.

use std::ops::Range;

use super::family::{Family, MOST_SECONDARIES};
use super::path::PathRecorder;
use super::prepare::PreparedEvent;
use super::random_ahead::{self, AheadRng, RandomAhead};
use super::{End, EngineError, EventSummary, PropagateConfig};
use crate::physics::generate;
use crate::physics::photon::{Photon, flag};
use crate::physics::sensor::Sensors;
use crate::trace::geometry::NONE;
use crate::transport::{
    HitRecord, NoRecord, PathPoint, PreparedGenstep, Scene, Traveller, WayRecord, collect, end_of_unplaced,
    enter_node, resume, start,
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
///
/// # Errors
/// A photon that leads to too many others.
#[inline(always)]
pub(super) fn run(context: &EventContext, range: Range<u64>) -> Result<ChunkOutput, EngineError> {
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
        worker.follow(&gensteps[at], index, ahead.photon(offset))?;
    }
    worker.output.records = worker.recorder.and_then(|r| r.points).unwrap_or_default();
    Ok(worker.output)
}

struct Worker<'a> {
    context: &'a EventContext<'a>,
    recorder: Option<PathRecorder<'a>>,
    output: ChunkOutput,
}

impl Worker<'_> {
    /// Makes photon `index` of the event, follows it and all that it leads to, and notes the results.
    #[inline(always)]
    fn follow(
        &mut self,
        genstep: &PreparedGenstep,
        index: u64,
        mut rng: AheadRng,
    ) -> Result<(), EngineError> {
        let EventContext { scene, config, .. } = self.context;
        let in_genstep = (index - genstep.first_photon) as u32;
        let mut photon = generate::generate(&scene.tables, &genstep.record, in_genstep, &mut rng);
        let mut born = photon;
        let node = enter_node(scene, genstep, &mut photon);
        if node == NONE {
            self.never_inside(genstep, index, &born);
            return Ok(());
        }
        let mut t = Traveller::new(scene, &config.transport, photon, node, genstep.birth_flag);
        if let Some(recorder) = &mut self.recorder {
            let depth_first = scene.geometry.depth_first(node);
            recorder.start(index, born.words(), genstep.birth_flag, depth_first);
        }
        let mut family = Family::default();
        loop {
            start(&mut t, &mut rng);
            let end_flag = self.fly(&mut t, &mut rng, &mut family);
            self.finish(genstep, (index, &born), (end_flag, &t), &mut rng);
            if family.is_complete() {
                return Ok(());
            }
            let Some((next, last_boundary)) = family.next(scene, &config.transport, &mut rng) else {
                return Ok(());
            };
            self.check(&family, index)?;
            t = next;
            born = t.photon;
            if let Some(recorder) = &mut self.recorder {
                recorder.start_sibling(index, &t, last_boundary);
            }
        }
    }

    /// Follows a photon that has started to its end, and returns the end's flag.
    #[inline(always)]
    fn fly(&mut self, t: &mut Traveller, rng: &mut AheadRng, family: &mut Family) -> u32 {
        let EventContext { scene, config, .. } = self.context;
        loop {
            let (flag, last_boundary) = match &mut self.recorder {
                None => (resume(scene, &config.transport, t, rng, &mut NoRecord), [0.0; 4]),
                Some(recorder) => {
                    let flag = resume(scene, &config.transport, t, rng, recorder);
                    (flag, recorder.last_boundary)
                }
            };
            if flag != flag::WAVELENGTH_SHIFT {
                return flag;
            }
            family.wait(t, last_boundary);
        }
    }

    /// Notes a photon that has come to its end.
    #[inline(always)]
    fn finish(
        &mut self,
        genstep: &PreparedGenstep,
        (index, born): (u64, &Photon),
        (end_flag, t): (u32, &Traveller),
        rng: &mut AheadRng,
    ) {
        let scene = &self.context.scene;
        if let Some(recorder) = &mut self.recorder {
            recorder.finish(end_flag);
        }
        self.count(end_flag, t);
        let (mut ended, mut sensor) = (t.ended(), 0);
        if end_flag == flag::SURFACE_DETECT {
            sensor = collect(scene, self.context.sensors.as_ref(), &mut ended, rng);
        }
        if self.context.config.photons || self.is_hit(ended.flag_mask) {
            let record = HitRecord::of_ended(scene, &ended, sensor, index);
            self.hand_out(genstep, born, &record, sensor);
        }
    }

    fn check(&self, family: &Family, photon: u64) -> Result<(), EngineError> {
        if family.secondaries > MOST_SECONDARIES {
            let event_id = self.context.event_id;
            return Err(EngineError::TooManySecondaries { event_id, photon, limit: MOST_SECONDARIES });
        }
        Ok(())
    }

    /// A photon born outside the world, or without a finite position: it ends before its first point.
    fn never_inside(&mut self, genstep: &PreparedGenstep, index: u64, born: &Photon) {
        let end_flag = end_of_unplaced(born);
        if let Some(recorder) = &mut self.recorder {
            recorder.start(index, born.words(), genstep.birth_flag, 0);
            recorder.finish(end_flag);
        }
        let flag_mask = genstep.birth_flag | end_flag;
        self.output.summary.photons += 1;
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
        let is_secondary = t.flag_mask & flag::SHIFTER_SECONDARY != 0;
        let photons = &mut self.output.summary;
        *if is_secondary { &mut photons.secondaries } else { &mut photons.photons } += 1;
        self.count_end(end_flag);
    }

    fn count_end(&mut self, end_flag: u32) {
        let summary = &mut self.output.summary;
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
