//! What a lane notes about its photon beyond the hit: points, history, last boundary.

use super::store::{Counter, next, put};
use super::{HistoryCode, LaunchParameters};
use crate::physics::photon::Photon;
use crate::trace::geometry::Geometry;
use crate::transport::{
    HitRecord, NoRecord, ON_BOUNDARY, PathPoint, PointRecorder, Traveller, WayRecord, code_of, world_state,
};

/// Where a photon comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    /// The launch index.
    pub(super) launch_index: u64,
    /// The photon's number in its event.
    pub(super) photon_index: u64,
    /// The flag of its birth.
    pub(super) birth_flag: u32,
    /// The track that made it.
    pub(super) track_id: u32,
}

/// Watches a photon from its birth to its end.
pub(super) trait Watch: PointRecorder {
    /// A photon is born, in the frame of the world; `node` is the depth-first index of its touchable.
    fn start(&mut self, origin: &Origin, born: &Photon, node: u32);
    /// It has ended, and is a hit or not.
    fn finish(&mut self, end_flag: u32);
    /// Keeps the final state, `slot` being that of the hit if it is one.
    fn keep(&mut self, record: &HitRecord, slot: Option<u64>);
    /// Whether the final state of every photon is to be kept.
    fn keeps_all(&self) -> bool;
}

impl Watch for NoRecord {
    #[inline(always)]
    fn start(&mut self, _: &Origin, _: &Photon, _: u32) {}

    #[inline(always)]
    fn finish(&mut self, _: u32) {}

    #[inline(always)]
    fn keep(&mut self, _: &HitRecord, _: Option<u64>) {}

    #[inline(always)]
    fn keeps_all(&self) -> bool {
        false
    }
}

/// Notes what the launch asks for.
pub(super) struct Recorder<'a> {
    p: &'a LaunchParameters,
    geometry: &'a Geometry<'a>,
    origin: Origin,
    birth_time_ns: f32,
    last_boundary: [f32; 4],
    n_codes: u32,
    last_code: u8,
}

impl<'a> Recorder<'a> {
    #[inline]
    pub(super) fn new(p: &'a LaunchParameters, geometry: &'a Geometry<'a>) -> Self {
        let origin = Origin { launch_index: 0, photon_index: 0, birth_flag: 0, track_id: 0 };
        let last_boundary = [0.0; 4];
        Self { p, geometry, origin, birth_time_ns: 0.0, last_boundary, n_codes: 0, last_code: 0 }
    }

    #[inline]
    fn note_code(&mut self, flag: u32) {
        let code = code_of(flag);
        let codes = &self.p.outputs.codes;
        if codes.len > 0 {
            let photon = self.origin.launch_index - self.p.first;
            put(codes, next(self.p, Counter::Codes), HistoryCode::new(photon, self.n_codes, code));
        }
        self.n_codes += 1;
        self.last_code = code;
    }

    #[inline]
    fn note_point(&mut self, state: [f32; 12], flag: u32, node: u32, number: u32) {
        let slot = next(self.p, Counter::Points);
        let integers = [flag, node, self.origin.photon_index as u32, number];
        put(&self.p.outputs.points, slot, PathPoint::new(state, integers));
        put(&self.p.outputs.point_indices, slot, self.origin.launch_index);
    }
}

impl PointRecorder for Recorder<'_> {
    #[inline]
    fn point(&mut self, t: &Traveller, flag: u32) {
        self.note_code(flag);
        let wanted = self.p.outputs.points.len > 0;
        if wanted || flag & ON_BOUNDARY != 0 {
            let state = world_state(self.geometry, t.node, &t.photon);
            if flag & ON_BOUNDARY != 0 {
                self.last_boundary = [state[0], state[1], state[2], state[3]];
            }
            if wanted {
                let node = self.geometry.depth_first(t.node);
                self.note_point(state, flag, node, t.points);
            }
        }
    }
}

impl Watch for Recorder<'_> {
    #[inline]
    fn start(&mut self, origin: &Origin, born: &Photon, node: u32) {
        self.origin = *origin;
        self.birth_time_ns = born.time_ns;
        self.last_boundary = [0.0; 4];
        self.n_codes = 0;
        self.note_code(origin.birth_flag);
        if self.p.outputs.points.len > 0 {
            self.note_point(born.words(), origin.birth_flag, node, 0);
        }
    }

    #[inline]
    fn finish(&mut self, end_flag: u32) {
        if self.last_code != code_of(end_flag) {
            self.note_code(end_flag);
        }
    }

    #[inline]
    fn keep(&mut self, record: &HitRecord, slot: Option<u64>) {
        put(&self.p.outputs.photons, self.origin.launch_index - self.p.first, *record);
        if let Some(slot) = slot {
            let way = WayRecord::new(self.last_boundary, self.birth_time_ns, self.origin.track_id, record);
            put(&self.p.outputs.ways, slot, way);
        }
    }

    #[inline]
    fn keeps_all(&self) -> bool {
        self.p.outputs.photons.len > 0
    }
}
