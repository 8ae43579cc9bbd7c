//! A photon in a lane: which one it is, how it begins, and what is kept of its end.

use super::recorder::{Origin, Watch};
use super::rng::{LaneRng, Place};
use super::store::{Counter, next, put};
use super::tally::Tally;
use super::{HitKey, LaunchParameters, Segment};
use crate::intrinsics::anew;
use crate::physics::generate::generate;
use crate::physics::photon::{Photon, flag};
use crate::physics::random::Uniform;
use crate::trace::geometry::NONE;
use crate::transport::{
    Ended, HitRecord, PreparedGenstep, Scene, Traveller, collect, end_of_unplaced, enter_node, start,
};

/// A launch as its lanes see it.
#[derive(Clone, Copy)]
pub(super) struct Launch<'a> {
    pub(super) p: &'a LaunchParameters,
    pub(super) scene: &'a Scene<'a>,
    gensteps: &'a [PreparedGenstep],
    segments: &'a [Segment],
    starts: &'a [u64],
}

/// A photon just made, in the frame of its touchable.
#[derive(Clone, Copy)]
pub(super) struct Newborn {
    photon: Photon,
    photon_index: u64,
    node: u32,
    segment: u32,
    place: Place,
    /// 0, or the end that it has come to at once.
    pub(super) end_flag: u32,
}

/// A photon on its way.
pub(super) struct Flight {
    pub(super) t: Traveller,
    pub(super) rng: LaneRng,
    photon_index: u64,
    segment: u32,
}

impl Flight {
    /// No photon.
    pub(super) const NONE: Flight =
        Flight { t: Traveller::NONE, rng: LaneRng::NONE, photon_index: 0, segment: 0 };
}

impl<'a> Launch<'a> {
    /// # Safety
    /// Addresses and lengths in `p` must be what their docs say.
    #[inline(always)]
    pub(super) unsafe fn new(p: &'a LaunchParameters) -> Self {
        // SAFETY: the caller vouches for the addresses.
        unsafe {
            Self {
                p,
                scene: p.scene.scene(),
                gensteps: p.gensteps.slice(),
                segments: p.segments.slice(),
                starts: p.starts.slice(),
            }
        }
    }

    /// The launch once more, its addresses read again where they are needed.
    #[inline(always)]
    pub(super) fn anew(&self) -> Self {
        // SAFETY: who made this launch has vouched for the addresses.
        unsafe { Self::new(anew(self.p)) }
    }

    /// The next photon of the launch that no lane has; `None` if there is none left.
    #[inline(always)]
    pub(super) fn fetch(&self) -> Option<u64> {
        let index = self.p.first + next(self.p, Counter::Fetched);
        (index < self.p.end).then_some(index)
    }

    /// The segment that holds a launch index.
    #[inline]
    fn find_segment(&self, launch_index: u64) -> u32 {
        let (mut low, mut high) = (0usize, self.starts.len());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.starts[middle] <= launch_index { low = middle } else { high = middle }
        }
        low as u32
    }

    /// Makes a photon. Apart from the loop, whose registers it would take.
    #[inline(never)]
    pub(super) fn make<W: Watch>(&self, launch_index: u64, watch: &mut W) -> Newborn {
        let at = self.find_segment(launch_index);
        let segment = &self.segments[at as usize];
        let genstep = &self.gensteps[segment.genstep as usize];
        let in_segment = (launch_index - self.starts[at as usize]) as u32;
        let in_genstep = segment.first_in_genstep + in_segment;
        let photon_index = genstep.first_photon + u64::from(in_genstep);
        let mut rng = LaneRng::new(self.p.seed, segment.event_id, photon_index);
        let born = generate(&self.scene.tables, &genstep.record, in_genstep, &mut rng);
        let (birth_flag, track_id) = (genstep.birth_flag, genstep.record.words[1]);
        let origin = Origin { launch_index, photon_index, birth_flag, track_id };
        let mut photon = born;
        let node = enter_node(self.scene, genstep, &mut photon);
        let mut end_flag = 0;
        if node == NONE {
            watch.start(&origin, &born, 0);
            end_flag = end_of_unplaced(&born);
            watch.finish(end_flag);
            let flag_mask = birth_flag | end_flag;
            let key = HitKey { launch_index, event: segment.event, sensor: 0 };
            self.keep(key, flag_mask, watch, || HitRecord::of_unplaced(&born, photon_index, flag_mask));
        } else {
            watch.start(&origin, &born, self.scene.geometry.depth_first(node));
        }
        Newborn { photon, photon_index, node, segment: at, place: rng.place(), end_flag }
    }

    /// Counts a photon that has ended at once.
    #[inline(always)]
    pub(super) fn count(&self, newborn: &Newborn, tally: &mut Tally) {
        tally.count(self.p, self.segments[newborn.segment as usize].event, newborn.end_flag);
    }

    /// Sets a photon on its way.
    #[inline(always)]
    pub(super) fn begin(&self, newborn: &Newborn) -> Flight {
        let Newborn { photon, photon_index, node, segment, place, .. } = *newborn;
        let record = &self.segments[segment as usize];
        let birth_flag = self.gensteps[record.genstep as usize].birth_flag;
        let mut rng = LaneRng::resume(self.p.seed, record.event_id, photon_index, place);
        let mut t = Traveller::new(self.scene, &self.p.transport, photon, node, birth_flag);
        start(&mut t, &mut rng);
        Flight { t, rng, photon_index, segment }
    }

    /// Counts a photon that has come to its end, and keeps what is asked for.
    #[inline(always)]
    pub(super) fn finish<W: Watch>(&self, f: &mut Flight, end_flag: u32, watch: &mut W, tally: &mut Tally) {
        watch.finish(end_flag);
        tally.count(self.p, self.segments[f.segment as usize].event, end_flag);
        tally.count_points(f.t.points, f.t.corrections);
        let detected = end_flag == flag::SURFACE_DETECT;
        if detected || self.is_hit(f.t.flag_mask) || watch.keeps_all() {
            let chance = detected.then(|| f.rng.uniform());
            self.keep_ended(f.t.ended(), (f.photon_index, f.segment), chance, watch);
        }
    }

    /// Lets a sensor collect a detected photon, whose last number `chance` is, and keeps a photon that is a hit or asked
    /// for. Few photons come here, with a copy of what is needed, so that the loop may have its state in registers.
    #[inline(never)]
    fn keep_ended<W: Watch>(
        &self,
        mut ended: Ended,
        (photon_index, segment): (u64, u32),
        chance: Option<f32>,
        watch: &mut W,
    ) {
        let mut sensor = 0;
        if let Some(chance) = chance {
            // SAFETY: who launches vouches for the addresses.
            let sensors = (self.p.has_sensors != 0).then(|| unsafe { self.p.sensors.sensors() });
            sensor = collect(self.scene, sensors, &mut ended, &mut Last(chance));
        }
        let start = self.starts[segment as usize];
        let segment = &self.segments[segment as usize];
        let first =
            self.gensteps[segment.genstep as usize].first_photon + u64::from(segment.first_in_genstep);
        let launch_index = start + (photon_index - first);
        let key = HitKey { launch_index, event: segment.event, sensor };
        let record = || HitRecord::of_ended(self.scene, &ended, sensor, photon_index);
        self.keep(key, ended.flag_mask, watch, record);
    }

    #[inline(always)]
    fn is_hit(&self, flag_mask: u32) -> bool {
        flag_mask & self.p.hit_mask == self.p.hit_mask
    }

    /// Keeps a final state that is a hit or that is asked for.
    #[inline(always)]
    fn keep<W: Watch>(&self, key: HitKey, flag_mask: u32, watch: &mut W, record: impl FnOnce() -> HitRecord) {
        let p = self.p;
        let is_hit = self.is_hit(flag_mask);
        if is_hit || watch.keeps_all() {
            let record = record();
            let slot = is_hit.then(|| {
                let slot = next(p, Counter::Hits);
                put(&p.outputs.hits, slot, record);
                put(&p.outputs.hit_keys, slot, key);
                slot
            });
            watch.keep(&record, slot);
        }
    }
}

/// A number that has been drawn already.
#[derive(Clone)]
struct Last(f32);

impl Uniform for Last {
    #[inline(always)]
    fn uniform(&mut self) -> f32 {
        self.0
    }
}
