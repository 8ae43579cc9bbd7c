//! The record of one genstep: 24 words of 32 bits.

use super::GenstepCode;

/// One genstep: six quads of four f32, 96 bytes, integers stored by their bits. The layout of each kind is in
/// the table of the [module](super).
#[repr(C)]
#[derive(Debug, Clone, Copy, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Genstep {
    /// The words, quad by quad.
    pub quads: [[f32; 4]; 6],
}

const _: () = assert!(std::mem::size_of::<Genstep>() == 96);

/// The first four words of every genstep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GenstepHeader {
    /// What kind of photons.
    pub code: GenstepCode,
    /// Number of the Geant4 track that made the step; of a torch, the origin track's.
    pub parent_id: i32,
    /// Index of the material of the step; [`Genstep::MATERIAL_AT_STEP`] where not known.
    pub material: i32,
    /// Photons to make.
    pub num_photons: u32,
}

impl Genstep {
    /// Words in a record.
    pub const WORDS: usize = 24;

    /// Material index that means "that of the volume at the middle of the step".
    pub const MATERIAL_AT_STEP: i32 = -1;

    /// The most photons that one record can ask for: its count is a signed 32-bit word.
    pub const MAX_PHOTONS: u32 = i32::MAX as u32;

    /// A record with this header and zeros after it.
    pub fn with_header(header: GenstepHeader) -> Self {
        let mut step = Self::default();
        step.set_int(0, 0, header.code.number());
        step.set_int(0, 1, header.parent_id);
        step.set_int(0, 2, header.material);
        step.set_uint(0, 3, header.num_photons);
        step
    }

    /// A record of a memory test: every word holds the bits of the code 9.
    pub fn machinery() -> Self {
        Self { quads: [[f32::from_bits(GenstepCode::Machinery.number() as u32); 4]; 6] }
    }

    /// Photons of an input array (n,4,4), taken in order.
    pub fn emit_source(num_photons: u32, parent_id: i32) -> Self {
        let code = GenstepCode::EmitSource;
        Self::with_header(GenstepHeader { code, parent_id, material: Self::MATERIAL_AT_STEP, num_photons })
    }

    /// A number of photons of which nothing else is known, for tests of collecting; it cannot be propagated.
    pub fn fabricated(num_photons: u32, parent_id: i32) -> Self {
        let code = GenstepCode::Fabricated;
        Self::with_header(GenstepHeader { code, parent_id, material: Self::MATERIAL_AT_STEP, num_photons })
    }

    /// The word at `quad` (0..6), `slot` (0..4) read as an integer.
    #[inline]
    pub fn int(&self, quad: usize, slot: usize) -> i32 {
        self.quads[quad][slot].to_bits() as i32
    }

    /// The word at `quad` (0..6), `slot` (0..4) read as an unsigned integer.
    #[inline]
    pub fn uint(&self, quad: usize, slot: usize) -> u32 {
        self.quads[quad][slot].to_bits()
    }

    /// Stores an integer by its bits.
    #[inline]
    pub fn set_int(&mut self, quad: usize, slot: usize, value: i32) {
        self.quads[quad][slot] = f32::from_bits(value as u32);
    }

    /// Stores an unsigned integer by its bits.
    #[inline]
    pub fn set_uint(&mut self, quad: usize, slot: usize, value: u32) {
        self.quads[quad][slot] = f32::from_bits(value);
    }

    /// What kind of photons; [`GenstepCode::Invalid`] for an unknown number.
    #[inline]
    pub fn code(&self) -> GenstepCode {
        GenstepCode::from_number(self.int(0, 0)).unwrap_or_default()
    }

    /// Number of the track that made the step.
    #[inline]
    pub fn parent_id(&self) -> i32 {
        self.int(0, 1)
    }

    /// Index of the step's material.
    #[inline]
    pub fn material(&self) -> i32 {
        self.int(0, 2)
    }

    /// Photons to propagate. A machinery record makes none, whatever its words hold, nor does a negative count.
    #[inline]
    pub fn num_photons(&self) -> u32 {
        let stored = self.int(0, 3);
        if stored < 0 || self.int(0, 0) == GenstepCode::Machinery.number() { 0 } else { stored as u32 }
    }

    /// Where the step starts, mm.
    #[inline]
    pub fn position_mm(&self) -> [f32; 3] {
        [self.quads[1][0], self.quads[1][1], self.quads[1][2]]
    }

    /// When the step starts, ns.
    #[inline]
    pub fn time_ns(&self) -> f32 {
        self.quads[1][3]
    }

    /// The first four words, typed.
    pub fn header(&self) -> GenstepHeader {
        GenstepHeader {
            code: self.code(),
            parent_id: self.parent_id(),
            material: self.material(),
            num_photons: self.num_photons(),
        }
    }

    /// The 24 words as one slice.
    #[inline]
    pub fn as_words(&self) -> &[f32] {
        self.quads.as_flattened()
    }

    /// The gensteps of a slice of words; words beyond the last whole record are left out.
    pub fn slice_from_words(words: &[f32]) -> &[Genstep] {
        bytemuck::cast_slice(&words[..words.len() - words.len() % Self::WORDS])
    }
}

/// Two records are equal when all their bits are (integer words may look like NaN).
impl PartialEq for Genstep {
    fn eq(&self, other: &Self) -> bool {
        bytemuck::bytes_of(self) == bytemuck::bytes_of(other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_stored_by_their_bits() {
        let header = GenstepHeader {
            code: GenstepCode::Cerenkov,
            parent_id: -7,
            material: Genstep::MATERIAL_AT_STEP,
            num_photons: Genstep::MAX_PHOTONS,
        };
        let step = Genstep::with_header(header);
        assert_eq!(step.header(), header);
        let bits: Vec<u32> = step.as_words().iter().map(|w| w.to_bits()).collect();
        assert_eq!(bits[..4], [1, 0xffff_fff9, 0xffff_ffff, 0x7fff_ffff]);
        assert!(bits[4..].iter().all(|b| *b == 0));
    }

    #[test]
    fn machinery_fills_every_word_and_makes_no_photons() {
        let step = Genstep::machinery();
        assert!(step.as_words().iter().all(|w| w.to_bits() == 9));
        assert_eq!(step.code(), GenstepCode::Machinery);
        assert_eq!(step.num_photons(), 0);
    }

    #[test]
    fn words_give_whole_records_only() {
        assert_eq!(Genstep::slice_from_words(&[0.0; 47]).len(), 1);
        assert_eq!(Genstep::slice_from_words(&[]).len(), 0);
    }
}
