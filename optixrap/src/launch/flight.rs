//! A photon in a lane: which one it is, how it begins, and what is kept of its end.

use super::recorder::{Origin, Watch};
use super::store::{Counter, next, put};
use super::tally::Tally;
use super::{HitKey, LaunchParameters, Segment};
use crate::physics::generate::generate;
use crate::physics::photon::flag;
use crate::physics::random::PhotonRng;
use crate::trace::geometry::NONE;
use crate::transport::{
    HitRecord, PreparedGenstep, Scene, Traveller, collect, end_of_unplaced, enter_node, start,
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

/// A photon on its way.
pub(super) struct Flight {
    pub(super) t: Traveller,
    pub(super) rng: PhotonRng,
    launch_index: u64,
    segment: u32,
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

    /// Makes a photon. `None` if it has ended at once, which is counted.
    #[inline(always)]
    pub(super) fn begin<W: Watch>(
        &self,
        launch_index: u64,
        watch: &mut W,
        tally: &mut Tally,
    ) -> Option<Flight> {
        let at = self.find_segment(launch_index);
        let segment = &self.segments[at as usize];
        let genstep = &self.gensteps[segment.genstep as usize];
        let in_segment = (launch_index - self.starts[at as usize]) as u32;
        let in_genstep = segment.first_in_genstep + in_segment;
        let photon_index = genstep.first_photon + u64::from(in_genstep);
        let mut rng = PhotonRng::new(self.p.seed, segment.event_id, photon_index);
        let born = generate(&self.scene.tables, &genstep.record, in_genstep, &mut rng);
        let (birth_flag, track_id) = (genstep.birth_flag, genstep.record.words[1]);
        let origin = Origin { launch_index, photon_index, birth_flag, track_id };
        let mut photon = born;
        let node = enter_node(self.scene, genstep, &mut photon);
        if node == NONE {
            watch.start(&origin, &born, 0);
            let end_flag = end_of_unplaced(&born);
            watch.finish(end_flag);
            tally.count(self.p, segment.event, end_flag);
            let flag_mask = birth_flag | end_flag;
            let key = HitKey { launch_index, event: segment.event, sensor: 0 };
            self.keep(key, flag_mask, watch, || HitRecord::of_unplaced(&born, photon_index, flag_mask));
            return None;
        }
        watch.start(&origin, &born, self.scene.geometry.nodes[node as usize].depth_first);
        let mut t = Traveller::new(self.scene, &self.p.transport, photon, node, birth_flag);
        start(&mut t, &mut rng);
        Some(Flight { t, rng, launch_index, segment: at })
    }

    /// Counts a photon that has come to its end, and keeps what is asked for.
    #[inline(always)]
    pub(super) fn finish<W: Watch>(&self, f: &mut Flight, end_flag: u32, watch: &mut W, tally: &mut Tally) {
        watch.finish(end_flag);
        let segment = &self.segments[f.segment as usize];
        tally.count(self.p, segment.event, end_flag);
        tally.count_points(f.t.points, f.t.corrections);
        let mut sensor = 0;
        if end_flag == flag::SURFACE_DETECT {
            // SAFETY: who launches vouches for the addresses.
            let sensors = (self.p.has_sensors != 0).then(|| unsafe { self.p.sensors.sensors() });
            sensor = collect(self.scene, sensors, &mut f.t, &mut f.rng);
        }
        let key = HitKey { launch_index: f.launch_index, event: segment.event, sensor };
        self.keep(key, f.t.flag_mask, watch, || {
            let first =
                self.gensteps[segment.genstep as usize].first_photon + segment.first_in_genstep as u64;
            let photon_index = first + (f.launch_index - self.starts[f.segment as usize]);
            HitRecord::of_ended(self.scene, &f.t, sensor, photon_index)
        });
    }

    /// Keeps a final state that is a hit or that is asked for.
    #[inline(always)]
    fn keep<W: Watch>(&self, key: HitKey, flag_mask: u32, watch: &mut W, record: impl FnOnce() -> HitRecord) {
        let p = self.p;
        let is_hit = flag_mask & p.hit_mask == p.hit_mask;
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
