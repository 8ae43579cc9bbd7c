//! The torch: an artificial light source.

use super::{Genstep, GenstepCode, GenstepHeader};

/// The shape of a torch's light. The numbers are those of the original. Below, `u` and `v` are uniform in the
/// zenith and azimuth ranges, `phi = 2 pi v`, `R` the radius and `p0` the direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[repr(u32)]
pub enum TorchKind {
    /// From a point, over the sphere around `p0`: `cos(theta) = 1 - 2u`.
    #[default]
    Sphere = 1,
    /// From a point, all along `p0`.
    Point = 2,
    /// From a disc across `p0`, evenly: `r = R sqrt(u)`.
    Disc = 3,
    /// From a disc, polarized across or along the disc's radius.
    DiscIntersectSphere = 4,
    /// As [`TorchKind::DiscIntersectSphere`], with the polarization of its first version.
    DiscIntersectSphereDumb = 5,
    /// From a disc, denser towards the middle: `r = R u`.
    DiscLin = 6,
    /// From 26 discs around the position, inward along the axes and diagonals of a cube.
    DiscAxial = 7,
    /// From a sphere around the position, inward.
    InvSphere = 8,
    /// From a hemisphere, aimed at its middle (reflection tests).
    ReflTest = 9,
    /// From a cylinder, inward to its axis.
    InvCylinder = 10,
    /// From a ring across `p0`.
    Ring = 11,
}

impl TorchKind {
    /// Every kind with its name in a torch string, in the order of the numbers.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("sphere", Self::Sphere),
        ("point", Self::Point),
        ("disc", Self::Disc),
        ("discIntersectSphere", Self::DiscIntersectSphere),
        ("discIntersectSphereDumb", Self::DiscIntersectSphereDumb),
        ("disclin", Self::DiscLin),
        ("discaxial", Self::DiscAxial),
        ("invsphere", Self::InvSphere),
        ("refltest", Self::ReflTest),
        ("invcylinder", Self::InvCylinder),
        ("ring", Self::Ring),
    ];

    /// The kind of a stored number (1..=11).
    pub fn from_number(number: u32) -> Option<Self> {
        Self::NAMES.iter().map(|(_, kind)| *kind).find(|kind| kind.number() == number)
    }

    /// The kind of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(n, _)| *n == name).map(|(_, kind)| *kind)
    }

    /// The number stored in a record.
    pub const fn number(self) -> u32 {
        self as u32
    }

    /// The name in a torch string.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize - 1].0
    }
}

/// Options of a torch, as bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TorchMode(pub u32);

impl TorchMode {
    /// Polarized perpendicular to the plane of incidence.
    pub const SPOL: Self = Self(1);
    /// Polarized in the plane of incidence.
    pub const PPOL: Self = Self(2);
    /// Even in the angle (refltest).
    pub const FLAT_THETA: Self = Self(4);
    /// Even in the angle's cosine (refltest).
    pub const FLAT_COS_THETA: Self = Self(8);
    /// The polarization of the record, whatever the kind.
    pub const FIXPOL: Self = Self(16);
    /// Wavelengths of a black body of 6500 K.
    pub const WAVELENGTH_SOURCE: Self = Self(32);
    /// Wavelengths 400, 500, 600, 700 or 800 nm with equal chance.
    pub const WAVELENGTH_COMB: Self = Self(64);

    /// Every mode with its name in a torch string.
    pub const NAMES: [(&'static str, Self); 7] = [
        ("spol", Self::SPOL),
        ("ppol", Self::PPOL),
        ("flatTheta", Self::FLAT_THETA),
        ("flatCosTheta", Self::FLAT_COS_THETA),
        ("fixpol", Self::FIXPOL),
        ("wavelengthSource", Self::WAVELENGTH_SOURCE),
        ("wavelengthComb", Self::WAVELENGTH_COMB),
    ];

    /// Pairs that contradict each other.
    pub const EXCLUSIVE: [(Self, Self); 3] = [
        (Self::SPOL, Self::PPOL),
        (Self::FLAT_THETA, Self::FLAT_COS_THETA),
        (Self::WAVELENGTH_SOURCE, Self::WAVELENGTH_COMB),
    ];

    /// Whether every bit of `other` is set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both modes together.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The bits that no mode has.
    pub const fn unknown_bits(self) -> u32 {
        self.0 & !0x7f
    }
}

/// A light source, placed in the world.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Torch {
    /// The shape of the light.
    pub kind: TorchKind,
    /// Options.
    pub mode: TorchMode,
    /// Photons to make; more than [`Genstep::MAX_PHOTONS`] take several records.
    pub num_photons: u64,
    /// Number of the track that the photons are said to come from.
    pub parent_id: i32,
    /// Material index; [`Genstep::MATERIAL_AT_STEP`] where not known.
    pub material: i32,
    /// Where, mm.
    pub position_mm: [f32; 3],
    /// When, ns.
    pub time_ns: f32,
    /// The axis, a unit vector.
    pub direction: [f32; 3],
    /// Statistical weight of the photons.
    pub weight: f32,
    /// Polarization for [`TorchMode::FIXPOL`], or the surface normal of refltest.
    pub polarization: [f32; 3],
    /// Wavelength, nm.
    pub wavelength_nm: f32,
    /// Range of the zenith, as fractions 0..=1.
    pub zenith: [f32; 2],
    /// Range of the azimuth, as fractions 0..=1.
    pub azimuth: [f32; 2],
    /// Radius of the disc, ring, sphere or cylinder, mm.
    pub radius_mm: f32,
    /// Distance of the light from the position (discaxial, invcylinder), mm.
    pub distance_mm: f32,
}

impl Torch {
    /// The records of this torch, photons in order: one, or as many as its photon number needs.
    pub fn to_gensteps(&self) -> Vec<Genstep> {
        let mut steps = Vec::new();
        let mut left = self.num_photons;
        loop {
            let count = left.min(u64::from(Genstep::MAX_PHOTONS));
            steps.push(self.record(count as u32));
            left -= count;
            if left == 0 {
                return steps;
            }
        }
    }

    fn record(&self, num_photons: u32) -> Genstep {
        let Self { parent_id, material, .. } = *self;
        let code = GenstepCode::Torch;
        let mut step = Genstep::with_header(GenstepHeader { code, parent_id, material, num_photons });
        let quad = |v: [f32; 3], w: f32| [v[0], v[1], v[2], w];
        step.quads[1] = quad(self.position_mm, self.time_ns);
        step.quads[2] = quad(self.direction, self.weight);
        step.quads[3] = quad(self.polarization, self.wavelength_nm);
        step.quads[4] = [self.zenith[0], self.zenith[1], self.azimuth[0], self.azimuth[1]];
        step.quads[5][..2].copy_from_slice(&[self.radius_mm, self.distance_mm]);
        step.set_uint(5, 2, self.mode.0);
        step.set_uint(5, 3, self.kind.number());
        step
    }

    /// The torch of a record, or `None` if its code or torch type is another.
    pub fn from_genstep(step: &Genstep) -> Option<Self> {
        let kind = TorchKind::from_number(step.uint(5, 3))?;
        let xyz = |quad: usize| [step.quads[quad][0], step.quads[quad][1], step.quads[quad][2]];
        let ranges = step.quads[4];
        (step.code() == GenstepCode::Torch).then(|| Self {
            kind,
            mode: TorchMode(step.uint(5, 2)),
            num_photons: u64::from(step.num_photons()),
            parent_id: step.parent_id(),
            material: step.material(),
            position_mm: xyz(1),
            time_ns: step.time_ns(),
            direction: xyz(2),
            weight: step.quads[2][3],
            polarization: xyz(3),
            wavelength_nm: step.quads[3][3],
            zenith: [ranges[0], ranges[1]],
            azimuth: [ranges[2], ranges[3]],
            radius_mm: step.quads[5][0],
            distance_mm: step.quads[5][1],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn torch() -> Torch {
        Torch {
            kind: TorchKind::DiscAxial,
            mode: TorchMode::SPOL.with(TorchMode::WAVELENGTH_COMB),
            num_photons: 5000,
            parent_id: 100,
            material: Genstep::MATERIAL_AT_STEP,
            position_mm: [1.0, 2.0, 3.0],
            time_ns: 0.1,
            direction: [0.0, 0.0, 1.0],
            weight: 1.0,
            polarization: [1.0, 0.0, 0.0],
            wavelength_nm: 430.0,
            zenith: [0.0, 0.5],
            azimuth: [0.25, 1.0],
            radius_mm: 30.0,
            distance_mm: 7.0,
        }
    }

    #[test]
    fn words_are_where_the_table_says() {
        let steps = torch().to_gensteps();
        assert_eq!(steps.len(), 1);
        let step = steps[0];
        assert_eq!([step.int(0, 0), step.int(0, 1), step.int(0, 2), step.int(0, 3)], [5, 100, -1, 5000]);
        assert_eq!(step.quads[1], [1.0, 2.0, 3.0, 0.1]);
        assert_eq!(step.quads[2], [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(step.quads[3], [1.0, 0.0, 0.0, 430.0]);
        assert_eq!(step.quads[4], [0.0, 0.5, 0.25, 1.0]);
        assert_eq!(step.quads[5][..2], [30.0, 7.0]);
        assert_eq!([step.uint(5, 2), step.uint(5, 3)], [65, 7]);
        assert_eq!(Torch::from_genstep(&step), Some(torch()));
    }

    #[test]
    fn many_photons_take_several_records() {
        let counts = |num_photons: u64| -> Vec<u32> {
            Torch { num_photons, ..torch() }.to_gensteps().iter().map(Genstep::num_photons).collect()
        };
        let max = Genstep::MAX_PHOTONS;
        assert_eq!(counts(0), [0]);
        assert_eq!(counts(u64::from(max)), [max]);
        assert_eq!(counts(u64::from(max) + 1), [max, 1]);
        assert_eq!(counts(1 << 32), [max, max, 2]);
    }

    #[test]
    fn kinds_have_the_original_numbers() {
        for (i, (name, kind)) in TorchKind::NAMES.into_iter().enumerate() {
            assert_eq!(kind.number() as usize, i + 1);
            assert_eq!(kind.name(), name);
            assert_eq!(TorchKind::from_number(kind.number()), Some(kind));
        }
        assert_eq!(TorchKind::from_number(0), None);
        let bits: Vec<u32> = TorchMode::NAMES.iter().map(|(_, m)| m.0).collect();
        assert_eq!(bits, [1, 2, 4, 8, 16, 32, 64]);
    }
}
