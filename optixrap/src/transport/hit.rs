//! The records handed out: final photons (hits among them) and way items.

use super::Scene;
use crate::physics::photon::Photon;
use crate::physics::random::Uniform;
use crate::physics::sensor::{self, Sensors};
use crate::trace::geometry::{Geometry, NONE};

/// What is left of a photon that has come to its end.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    /// Position, direction and polarization in the frame of `node`.
    pub photon: Photon,
    /// The touchable that the photon is in.
    pub node: u32,
    /// Flag bits of everything that has happened to it.
    pub flag_mask: u32,
    /// The touchable whose boundary was met last.
    pub boundary_node: u32,
    /// 1 if that boundary was met from inside, -1 from outside, 0 if there was none.
    pub boundary_sign: i32,
    /// The touchable beyond that boundary.
    pub far_node: u32,
}

/// A photon in its final state, in the frame of the world: 4 x 4 words.
///
/// | quad | x | y | z | w |
/// |---|---|---|---|---|
/// | 0 | position x mm | y | z | time ns |
/// | 1 | direction x | y | z | weight |
/// | 2 | polarization x | y | z | wavelength nm |
/// | 3 | i16 signed boundary << 16, u16 sensor index | u32 node index | u32 photon index | u32 flag mask |
///
/// Quad 3 holds integers by their bits. The boundary is positive if it was met from inside; the sensor index is
/// 1-based, 0 for none, and 65535 where it does not fit in 16 bits (then the node index tells the sensor);
/// boundary numbers beyond 32767 are given as 32767. The photon index is modulo 2^32. A photon that a wavelength shifter
/// made beside another one has the other's index, and `WN` in its flag mask.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct HitRecord(pub [f32; 16]);

impl HitRecord {
    /// The record of photon `index` of its event, which has ended as `t`, detected by `sensor` if that is not 0.
    #[inline]
    pub fn of_ended(scene: &Scene, t: &Ended, sensor: u32, index: u64) -> Self {
        let (boundary, node) = boundary_of(scene, t);
        let integers = Self::packed(boundary, sensor, node, index, t.flag_mask);
        Self::from_parts(world_state(&scene.geometry, t.node, &t.photon), integers)
    }

    /// The record of a photon that no touchable holds.
    #[inline]
    pub fn of_unplaced(born: &Photon, index: u64, flag_mask: u32) -> Self {
        Self::from_parts(born.words(), Self::packed(0, 0, 0, index, flag_mask))
    }

    #[inline]
    fn from_parts(state: [f32; 12], integers: [f32; 4]) -> Self {
        let mut words = [0.0; 16];
        words[..12].copy_from_slice(&state);
        words[12..].copy_from_slice(&integers);
        Self(words)
    }

    /// Packs the fourth quad. `boundary` is signed.
    #[inline]
    pub fn packed(boundary: i64, sensor: u32, node: u32, photon: u64, flag_mask: u32) -> [f32; 4] {
        let boundary = boundary.clamp(-32767, 32767) as i16 as u16 as u32;
        let word = boundary << 16 | if sensor < 0xffff { sensor } else { 0xffff };
        [word, node, photon as u32, flag_mask].map(f32::from_bits)
    }

    /// Flag bits of everything that happened to the photon.
    pub fn flag_mask(&self) -> u32 {
        self.0[15].to_bits()
    }

    /// Index of the photon in its event, modulo 2^32.
    pub fn photon_index(&self) -> u32 {
        self.0[14].to_bits()
    }

    /// Depth-first index of the touchable at which the photon ended.
    pub fn node_index(&self) -> u32 {
        self.0[13].to_bits()
    }

    /// 1-based sensor index, 0 for none, 65535 if it does not fit.
    pub fn sensor_index(&self) -> u32 {
        self.0[12].to_bits() & 0xffff
    }

    /// Signed 1-based boundary number, 0 for none.
    pub fn boundary(&self) -> i32 {
        ((self.0[12].to_bits() >> 16) as u16 as i16) as i32
    }
}

/// A way item: 2 x 4 words, handed out beside each hit if asked for.
///
/// | quad | x | y | z | w |
/// |---|---|---|---|---|
/// | 0 | last boundary before the end: x mm | y | z | time ns |
/// | 1 | time of birth ns | i32 origin track id | u32 photon index | u32 flag mask |
///
/// The boundary is the last one that the photon crossed or was reflected at before it ended; all zeros if there
/// was none.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct WayRecord(pub [f32; 8]);

impl WayRecord {
    /// The way item beside `hit`.
    #[inline]
    pub fn new(last_boundary: [f32; 4], birth_time_ns: f32, track_id: u32, hit: &HitRecord) -> Self {
        let [x, y, z, time] = last_boundary;
        Self([x, y, z, time, birth_time_ns, f32::from_bits(track_id), hit.0[14], hit.0[15]])
    }
}

/// Finds the sensor of a detected photon and applies its efficiency, if there are any; returns the sensor's index.
#[inline]
pub fn collect<R: Uniform>(scene: &Scene, sensors: Option<&Sensors>, t: &mut Ended, rng: &mut R) -> u32 {
    let g = &scene.geometry;
    let sensor_of = |node: u32| if node == NONE { 0 } else { g.sensor(node) };
    let (index, node) = match (sensor_of(t.far_node), sensor_of(t.node)) {
        (0, near) => (near, t.node),
        (far, _) => (far, t.far_node),
    };
    if let (Some(sensors), true) = (sensors, index != 0) {
        let local = g.to_world(node).inverse().point(g.to_world(t.node).point(t.photon.position));
        t.flag_mask |= sensor::collect(sensors, index, local, rng);
    }
    index
}

/// Signed number of the boundary met last, and the depth-first index of its touchable.
#[inline]
fn boundary_of(scene: &Scene, t: &Ended) -> (i64, u32) {
    if t.boundary_sign == 0 {
        return (0, scene.geometry.depth_first(t.node));
    }
    let boundary = scene.geometry.record(t.boundary_node).boundary;
    (t.boundary_sign as i64 * boundary as i64, scene.geometry.depth_first(t.boundary_node))
}

/// Position, time, direction, weight, polarization and wavelength in the frame of the world of a photon that is in
/// the frame of `node`.
#[inline]
pub fn world_state(geometry: &Geometry, node: u32, p: &Photon) -> [f32; 12] {
    let frame = geometry.to_world(node);
    let position = frame.point(p.position);
    let (direction, polarization) = (frame.direction(p.direction), frame.direction(p.polarization));
    Photon { position, direction, polarization, ..*p }.words()
}
