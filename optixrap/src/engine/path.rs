//! Records of a photon's path: its points, its history, and the boundary for its way item.

use crate::physics::photon::flag;
use crate::trace::geometry::Geometry;
use crate::transport::{PointRecorder, Traveller};

/// One point of a photon's path, in the frame of the world: 4 x 4 words like a photon, with
/// (flag, node index, photon index, number of the point) in the last quad; the birth is number 0.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct PathPoint(pub [f32; 16]);

/// The code of a flag in a history: the number of its bit, plus one.
pub fn code_of(flag: u32) -> u8 {
    (flag.trailing_zeros() + 1) as u8
}

const NAMES: [&str; 20] = [
    "??", "CK", "SI", "MI", "AB", "RE", "SC", "SD", "SA", "DR", "SR", "BR", "BT", "TO", "NA", "EX", "EC",
    "NR", "BL", "TL",
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
            points.push(row(birth, [birth_flag, node, photon_index as u32, 0]));
        }
    }

    /// Notes an end that is not a point of its own (a limit).
    pub(super) fn finish(&mut self, end_flag: u32) {
        if self.codes.last() != Some(&code_of(end_flag)) {
            self.codes.push(code_of(end_flag));
        }
    }
}

fn row(state: [f32; 12], integers: [u32; 4]) -> PathPoint {
    let mut words = [0.0; 16];
    words[..12].copy_from_slice(&state);
    words[12..].copy_from_slice(&integers.map(f32::from_bits));
    PathPoint(words)
}

/// Position, time, direction, weight, polarization and wavelength in the frame of the world.
pub(super) fn world_state(geometry: &Geometry, t: &Traveller) -> [f32; 12] {
    let frame = geometry.to_world(t.node);
    let p = &t.photon;
    let (x, d, e) = (frame.point(p.position), frame.direction(p.direction), frame.direction(p.polarization));
    [x.x, x.y, x.z, p.time_ns, d.x, d.y, d.z, p.weight, e.x, e.y, e.z, p.wavelength_nm]
}

impl PointRecorder for PathRecorder<'_> {
    fn point(&mut self, t: &Traveller, flag: u32) {
        const BOUNDARY: u32 = flag::BOUNDARY_REFLECT
            | flag::BOUNDARY_TRANSMIT
            | flag::SURFACE_DREFLECT
            | flag::SURFACE_SREFLECT;
        self.codes.push(code_of(flag));
        if flag & BOUNDARY != 0 || self.points.is_some() {
            let state = world_state(self.geometry, t);
            if flag & BOUNDARY != 0 {
                self.last_boundary = [state[0], state[1], state[2], state[3]];
            }
            if let Some(points) = &mut self.points {
                let node = self.geometry.nodes[t.node as usize].depth_first;
                points.push(row(state, [flag, node, self.photon_index as u32, t.points]));
            }
        }
    }
}

impl PartialEq for PathPoint {
    /// Equal bits: words may hold integers that are no numbers as floats.
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}
