//! The records handed out: final photons (hits among them) and way items.

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
/// boundary numbers beyond 32767 are given as 32767. The photon index is modulo 2^32.
#[repr(transparent)]
#[derive(Debug, Clone, Copy, bytemuck::Pod, bytemuck::Zeroable)]
pub struct HitRecord(pub [f32; 16]);

impl HitRecord {
    /// Packs the fourth quad. `boundary` is signed.
    pub fn packed(boundary: i64, sensor: u32, node: u32, photon: u64, flag_mask: u32) -> [f32; 4] {
        let boundary = boundary.clamp(-32767, 32767) as i16 as u16 as u32;
        let word = boundary << 16 | sensor.min(0xffff);
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

impl PartialEq for HitRecord {
    /// Equal bits: words may hold integers that are no numbers as floats.
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}

impl PartialEq for WayRecord {
    /// Equal bits: words may hold integers that are no numbers as floats.
    fn eq(&self, other: &Self) -> bool {
        self.0.map(f32::to_bits) == other.0.map(f32::to_bits)
    }
}
