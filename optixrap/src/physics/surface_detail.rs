//! What a surface is beyond the four values of its table: the data of the rarer kinds.

use super::complex::{Complex, complex};
use super::fmath::{max, min};
use super::tables::{NONE, Tables};
use super::vec3::Vec3;

/// What [`SurfaceDetail::process`] can be.
pub mod process {
    /// A dielectric on both sides: Fresnel's rule at facets, with the lobes of the unified model.
    pub const DIELECTRIC: u32 = 0;
    /// Metal, with facets, lobes or a complex index.
    pub const METAL: u32 = 1;
    /// Paint in front.
    pub const FRONT_PAINTED: u32 = 2;
    /// Paint behind a gap.
    pub const BACK_PAINTED: u32 = 3;
    /// A thin film that does not absorb (Geant4's `coated`).
    pub const COATED: u32 = 4;
    /// A filter with a transmittance by wavelength and angle.
    pub const DICHROIC: u32 = 5;
    /// A measured angular distribution of the reflected light (LBNL).
    pub const MEASURED: u32 = 6;
    /// Recorded directions of the reflected and transmitted light (Davis).
    pub const RECORDED: u32 = 7;
    /// A stack of thin films with a photocathode.
    pub const FILM: u32 = 8;
    /// A sensor of the opticks model with an efficiency by energy and angle.
    pub const SENSOR: u32 = 9;
}

/// What [`SurfaceDetail::facets`] can be.
pub mod facets {
    /// None: the surface is smooth.
    pub const NONE: u32 = 0;
    /// Of the glisur model: the normal plus a point of a ball.
    pub const BALL: u32 = 1;
    /// Of the unified model: tilted by a normal distribution.
    pub const GAUSSIAN: u32 = 2;
}

/// Bits of [`SurfaceDetail::rules`].
pub mod rule {
    /// The lobes of the unified model are drawn.
    pub const LOBES: u32 = 1;
    /// Paint is diffuse.
    pub const DIFFUSE_PAINT: u32 = 2;
    /// REFLECTIVITY is given, so that it is not calculated from a complex index.
    pub const REFLECTIVITY: u32 = 4;
    /// Light tunnels through the film beyond its critical angle.
    pub const FRUSTRATED: u32 = 8;
    /// The finish is ground: a metal reflects at facets.
    pub const GROUND: u32 = 16;
}

/// The data of a surface of [`kind::DETAILED`](super::surface::kind::DETAILED).
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct SurfaceDetail {
    /// One of [`process`].
    pub process: u32,
    /// One of [`facets`].
    pub facets: u32,
    /// Bits of [`rule`].
    pub rules: u32,
    /// Standard deviation of the tilt of facets, rad (unified), or 1 - polish (glisur).
    pub roughness: f32,
    /// SURFACEROUGHNESS, nm; 0 for none.
    pub roughness_nm: f32,
    /// Curves SPECULARSPIKECONSTANT, SPECULARLOBECONSTANT, BACKSCATTERCONSTANT over eV, or [`NONE`].
    pub lobes: [u32; 3],
    /// Curve RINDEX of the gap (back paint) or COATEDRINDEX over eV, or [`NONE`].
    pub rindex: u32,
    /// Curves REALRINDEX and IMAGINARYRINDEX over eV, or [`NONE`].
    pub complex_rindex: [u32; 2],
    /// Thickness of the film, nm.
    pub thickness_nm: f32,
    /// First value in [`Tables::surface_data`] of the measured table.
    pub data_first: u32,
    /// Where the grid of the efficiency or of the transmittance begins.
    pub grid: GridRecord,
    /// First layer in [`Tables::film_layers`].
    pub layer_first: u32,
    /// Number of layers.
    pub layer_count: u32,
    /// Which layer, from 0, is the photocathode.
    pub photocathode: u32,
    /// The volume from which the layers are met last to first, or [`NONE`].
    pub inner_volume: u32,
    /// Zero.
    pub pad: [u32; 2],
}

/// A table over two quantities in [`Tables::surface_data`]: the x values, the y values, then for each y the values.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct GridRecord {
    /// Index of the first x value.
    pub first: u32,
    /// Number of x values; 0 for no grid.
    pub n_x: u32,
    /// Number of y values.
    pub n_y: u32,
}

/// A layer of a thin film.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct FilmLayer {
    /// Curve of the refractive index over eV.
    pub rindex: u32,
    /// Curve of the extinction coefficient over eV, or [`NONE`].
    pub kindex: u32,
    /// Thickness, nm.
    pub thickness_nm: f32,
    /// Zero.
    pub pad: u32,
}

/// Where and between what a photon meets a surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Visit {
    /// Refractive index of the medium that the photon is in, and of the one behind the surface.
    pub indices: (f32, f32),
    /// The material that the photon is in.
    pub material: u32,
    /// The volume that the photon is in.
    pub volume: u32,
    /// The boundary's unit normal that points against the photon.
    pub normal: Vec3,
}

impl GridRecord {
    /// No grid.
    pub const NONE: GridRecord = GridRecord { first: 0, n_x: 0, n_y: 0 };

    /// The value at (x, y): linear in both between the points, constant outside.
    pub fn value(&self, data: &[f32], x: f32, y: f32) -> f32 {
        let (first, n_x, n_y) = (self.first as usize, self.n_x as usize, self.n_y as usize);
        let (i, s) = segment(data, first, n_x, x);
        let (j, t) = segment(data, first + n_x, n_y, y);
        let (next_i, next_j) = (if i + 1 < n_x { 1 } else { 0 }, if j + 1 < n_y { n_x } else { 0 });
        let at = first + n_x + n_y + j * n_x + i;
        let low = data[at] + s * (data[at + next_i] - data[at]);
        let high = data[at + next_j] + s * (data[at + next_j + next_i] - data[at + next_j]);
        low + t * (high - low)
    }
}

/// The index, below `count`, of the point at or before `x`, and how far `x` is on the way to the next.
fn segment(data: &[f32], first: usize, count: usize, x: f32) -> (usize, f32) {
    let (mut low, mut high) = (0, count);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if data[first + middle] <= x {
            low = middle;
        } else {
            high = middle;
        }
    }
    if low + 1 >= count {
        return (low, 0.0);
    }
    let (from, to) = (data[first + low], data[first + low + 1]);
    let step = to - from;
    let fraction = if step > 0.0 { (x - from) / step } else { 0.0 };
    (low, max(0.0, min(fraction, 1.0)))
}

impl SurfaceDetail {
    /// A smooth surface with nothing particular.
    pub const fn new(process: u32) -> Self {
        Self {
            process,
            facets: facets::NONE,
            rules: 0,
            roughness: 0.0,
            roughness_nm: 0.0,
            lobes: [NONE; 3],
            rindex: NONE,
            complex_rindex: [NONE; 2],
            thickness_nm: 0.0,
            data_first: 0,
            grid: GridRecord::NONE,
            layer_first: 0,
            layer_count: 0,
            photocathode: 0,
            inner_volume: NONE,
            pad: [0; 2],
        }
    }

    /// Whether a bit of [`rule`] is set.
    #[inline]
    pub fn has(&self, rule: u32) -> bool {
        self.rules & rule != 0
    }

    /// Whether the surface has a complex index.
    #[inline]
    pub fn has_complex_rindex(&self) -> bool {
        self.complex_rindex[0] != NONE && self.complex_rindex[1] != NONE
    }

    /// The complex index that two curves give at a photon energy; `None` where one of them is missing.
    pub(super) fn complex_of(
        tables: &Tables,
        [real, imaginary]: [u32; 2],
        energy_ev: f32,
    ) -> Option<Complex> {
        if real == NONE || imaginary == NONE {
            return None;
        }
        Some(complex(tables.lookup(real, energy_ev), tables.lookup(imaginary, energy_ev)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x: 1, 2, 4; y: 0, 10; f = x + 2 y is reproduced between the points and held outside.
    #[test]
    fn a_grid_is_bilinear_and_constant_outside() {
        let mut data = vec![7.0, 1.0, 2.0, 4.0, 0.0, 10.0];
        data.extend([1.0, 2.0, 4.0, 21.0, 22.0, 24.0]);
        let grid = GridRecord { first: 1, n_x: 3, n_y: 2 };
        for (x, y, want) in [(1.0, 0.0, 1.0), (3.0, 5.0, 13.0), (1.5, 2.5, 6.5), (4.0, 10.0, 24.0)] {
            assert!((grid.value(&data, x, y) - want).abs() < 1e-5, "{x}, {y}");
        }
        assert_eq!(grid.value(&data, 0.0, -5.0), 1.0);
        assert_eq!(grid.value(&data, 99.0, 99.0), 24.0);
        let single = GridRecord { first: 0, n_x: 1, n_y: 1 };
        assert_eq!(single.value(&[3.0, 4.0, 0.5], 9.0, -9.0), 0.5);
    }
}
