//! Records of a photon's path: its points, its history, and the boundary for its way item.

use crate::physics::photon::flag;
use crate::trace::geometry::Geometry;
use crate::transport::{ON_BOUNDARY, PathPoint, PointRecorder, Traveller, code_of, world_state};

const NAMES: [&str; 22] = [
    "??", "CK", "SI", "MI", "AB", "RE", "SC", "SD", "SA", "DR", "SR", "BR", "BT", "TO", "NA", "EX", "EC",
    "NR", "BL", "TL", "WS", "WN",
];

/// A history in words: `TO BT BT SA`.
pub fn history_text(codes: &[u8]) -> String {
    let name = |c: &u8| NAMES.get(*c as usize).copied().unwrap_or("??");
    codes.iter().map(name).collect::<Vec<_>>().join(" ")
}

/// The flags of a mask, `TO|BT|SD`, in the order of their bits.
pub fn flag_mask_text(flag_mask: u32) -> String {
    let set = (0..32).filter(|bit| flag_mask >> bit & 1 != 0);
    set.map(|bit| NAMES.get(bit + 1).copied().unwrap_or("??")).collect::<Vec<_>>().join("|")
}

/// The mask of `SD`, `SD|BT` or the like; `None` for a name that no flag has.
pub fn flag_mask_of_text(text: &str) -> Option<u32> {
    let bit = |name: &str| NAMES[1..].iter().position(|n| n.eq_ignore_ascii_case(name.trim()));
    text.split('|').try_fold(0, |mask, name| Some(mask | 1 << bit(name)?))
}

/// Writes down a photon's path as far as it is asked to.
pub(super) struct PathRecorder<'a> {
    geometry: &'a Geometry<'a>,
    /// History codes, birth first.
    pub(super) codes: Vec<u8>,
    /// Points, birth first; `None` if they are not wanted.
    pub(super) points: Option<Vec<PathPoint>>,
    /// Position and time of the last boundary point before the end.
    pub(super) last_boundary: [f32; 4],
    photon_index: u64,
}

impl<'a> PathRecorder<'a> {
    pub(super) fn new(geometry: &'a Geometry<'a>, points: bool) -> Self {
        let points = points.then(Vec::new);
        Self { geometry, codes: Vec::new(), points, last_boundary: [0.0; 4], photon_index: 0 }
    }

    /// Starts with the next photon, just born.
    pub(super) fn start(&mut self, photon_index: u64, birth: [f32; 12], birth_flag: u32, node: u32) {
        self.codes.clear();
        self.codes.push(code_of(birth_flag));
        self.last_boundary = [0.0; 4];
        self.photon_index = photon_index;
        if let Some(points) = &mut self.points {
            points.push(PathPoint::new(birth, [birth_flag, node, photon_index as u32, 0]));
        }
    }

    /// Starts with a photon that a wavelength shifter has just emitted beside the one before, `birth` being its state.
    pub(super) fn start_sibling(&mut self, photon_index: u64, t: &Traveller, last_boundary: [f32; 4]) {
        let birth = world_state(self.geometry, t.node, &t.photon);
        let node = self.geometry.depth_first(t.node);
        self.start(photon_index, birth, flag::SHIFTER_SECONDARY, node);
        self.last_boundary = last_boundary;
    }

    /// Notes an end that is not a point of its own (a limit).
    pub(super) fn finish(&mut self, end_flag: u32) {
        if self.codes.last() != Some(&code_of(end_flag)) {
            self.codes.push(code_of(end_flag));
        }
    }
}

impl PointRecorder for PathRecorder<'_> {
    fn point(&mut self, t: &Traveller, flag: u32) {
        self.codes.push(code_of(flag));
        if flag & ON_BOUNDARY != 0 || self.points.is_some() {
            let state = world_state(self.geometry, t.node, &t.photon);
            if flag & ON_BOUNDARY != 0 {
                self.last_boundary = [state[0], state[1], state[2], state[3]];
            }
            if let Some(points) = &mut self.points {
                let node = self.geometry.depth_first(t.node);
                points.push(PathPoint::new(state, [flag, node, self.photon_index as u32, t.points]));
            }
        }
    }
}
