//! Property tables: linear interpolation in photon energy over the file's own points, as Geant4's
//! `G4MaterialPropertyVector`, in constant time.
//!
//! All properties of a material share one list of points (the union of their energies, on which each is still
//! exactly piecewise linear), so that one search and one cache line answer everything about a medium. Each point
//! holds the values to its right and the slopes to the next point; a step in a table is a jump between the two.
//! A uniform grid of bins, the guide, narrows the search to the points of one bin.

use super::fmath::{max, min};
use super::photon::HC_EV_NM;
use super::surface_detail::{FilmLayer, SurfaceDetail};

/// The id of a table, spectrum or surface that is absent.
pub const NONE: u32 = u32::MAX;

/// Lengths below this, 0 among them, count as this: their inverse stays finite.
const SHORTEST_LENGTH_MM: f32 = 1e-6;

/// Where the points of one table are, and its guide.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Table {
    /// Index of the first point.
    pub first: u32,
    /// Number of points, at least 1.
    pub count: u32,
    /// Index of the guide's first entry; it has `guide_count + 1`.
    pub guide_first: u32,
    /// Number of bins, at least 1.
    pub guide_count: u32,
    /// Abscissa of the first point.
    pub x_min: f32,
    /// Abscissa of the last point.
    pub x_max: f32,
    /// Bins per unit of the abscissa; 0 for a table of one point.
    pub inv_bin_width: f32,
    /// Zero.
    pub pad: u32,
}

impl Table {
    /// The bin of `x`, which lies between `x_min` and `x_max`. Rises with `x`, rounding included.
    #[inline(always)]
    pub fn bin(&self, x: f32) -> u32 {
        let bin = ((x - self.x_min) * self.inv_bin_width) as i32 as u32;
        if bin < self.guide_count { bin } else { self.guide_count - 1 }
    }

    /// The abscissa `x` moved into the table; the lower end if it is not a number.
    #[inline(always)]
    pub fn clamp(&self, x: f32) -> f32 {
        min(max(x, self.x_min), self.x_max)
    }

    /// Index into `points` of the last point of this table at or below `x`, which must be clamped.
    #[inline(always)]
    fn segment<P: Abscissa>(&self, points: &[P], guide: &[u32], x: f32) -> usize {
        let entry = (self.guide_first + self.bin(x)) as usize;
        let below = guide[entry];
        let mut low = below - (below != 0) as u32;
        let mut high = guide[entry + 1];
        while high - low > 1 {
            let middle = (low + high) >> 1;
            if points[(self.first + middle) as usize].x() <= x {
                low = middle;
            } else {
                high = middle;
            }
        }
        (self.first + low) as usize
    }
}

/// A point of a table.
pub trait Abscissa {
    /// Where it is.
    fn x(&self) -> f32;
}

macro_rules! points {
    ($($name:ident)*) => { $(impl Abscissa for $name {
        #[inline(always)]
        fn x(&self) -> f32 {
            self.x
        }
    })* };
}
points!(Point MediumPoint SurfacePoint);

/// A point of a table of one quantity.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct Point {
    /// Abscissa.
    pub x: f32,
    /// Value here.
    pub y: f32,
    /// Change per unit of the abscissa up to the next point.
    pub slope: f32,
    /// Zero.
    pub pad: f32,
}

/// A point of a material's table; one cache line.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct MediumPoint {
    /// Photon energy, eV.
    pub x: f32,
    /// RINDEX, ABSLENGTH mm, RAYLEIGH mm, REEMISSIONPROB, GROUPVEL mm/ns.
    pub y: [f32; 5],
    /// Their changes per eV up to the next point.
    pub slope: [f32; 5],
    /// Zero.
    pub pad: [f32; 5],
}

/// A point of a surface's table.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct SurfacePoint {
    /// Photon energy, eV.
    pub x: f32,
    /// Four probabilities; which ones, [`SurfaceRecord::kind`](super::surface::SurfaceRecord::kind) tells.
    pub y: [f32; 4],
    /// Their changes per eV up to the next point.
    pub slope: [f32; 4],
    /// Zero.
    pub pad: [f32; 3],
}

/// What a material is for a photon.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct MaterialRecord {
    /// The table over photon energy (eV) in [`Tables::media`].
    pub medium: Table,
    /// 1 if the material has RINDEX, else 0: photons stop there.
    pub has_rindex: u32,
    /// 1 if the material has REEMISSIONPROB and a spectrum for it, else 0.
    pub reemits: u32,
    /// Spectra of the scintillation components 1 (fast), 2 (slow), 3: tables u -> photon energy eV, or [`NONE`].
    pub spectra: [u32; 3],
    /// Spectrum of reemission: SLOWCOMPONENT, else FASTCOMPONENT; or [`NONE`].
    pub reemission_spectrum: u32,
    /// What else the material does, in [`Tables::more`]; or [`NONE`].
    pub more: u32,
    /// Curves REALRINDEX and IMAGINARYRINDEX over photon energy eV, or [`NONE`].
    pub complex_rindex: [u32; 2],
    /// Zero.
    pub pad: u32,
}

/// What few materials do: Mie scattering, wavelength shifting, reemission that takes time.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct MoreRecord {
    /// Mie scattering.
    pub mie: MieRecord,
    /// WLS and WLS2.
    pub shifters: [ShifterRecord; 2],
    /// Times of reemission.
    pub reemission: ReemissionTimes,
}

/// Mie scattering in a material: MIEHG, MIEHG_FORWARD, MIEHG_BACKWARD, MIEHG_FORWARD_RATIO.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct MieRecord {
    /// The mean free path, mm, over photon energy, eV: a table of [`Tables::tables`], or [`NONE`].
    pub length: u32,
    /// Mean cosine of what scatters forward, -1 to 1.
    pub forward: f32,
    /// Mean cosine of what scatters backward, from the backward direction.
    pub backward: f32,
    /// The share that scatters forward, 0 to 1.
    pub forward_ratio: f32,
}

/// Wavelength shifting in a material: WLSABSLENGTH, WLSCOMPONENT, WLSTIMECONSTANT, WLSMEANNUMBERPHOTONS.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, bytemuck::Pod, bytemuck::Zeroable)]
pub struct ShifterRecord {
    /// The mean free path, mm, over photon energy, eV: a table of [`Tables::tables`], or [`NONE`].
    pub length: u32,
    /// Spectrum of what is emitted: a table u -> photon energy eV, or [`NONE`]: absorbs and emits nothing.
    pub spectrum: u32,
    /// Time between absorption and emission, ns.
    pub time_ns: f32,
    /// Mean number of photons emitted; negative for exactly one.
    pub mean_photons: f32,
}

/// How long reemission takes: ReemissionFASTTIMECONSTANT, ReemissionSLOWTIMECONSTANT, ReemissionYIELDRATIO.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Default, bytemuck::Pod, bytemuck::Zeroable)]
pub struct ReemissionTimes {
    /// Mean time of the fast part, ns; 0 for at once.
    pub fast_ns: f32,
    /// Mean time of the slow part, ns; 0 for at once.
    pub slow_ns: f32,
    /// The share of the fast part.
    pub fast_ratio: f32,
    /// Zero.
    pub pad: f32,
}

/// The properties of a material at one wavelength.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Medium {
    /// Refractive index; 1 where the material has none.
    pub rindex: f32,
    /// Absorption length, mm, at least 1e-6; infinite where the material has none.
    pub absorption_length_mm: f32,
    /// Rayleigh scattering length, mm, at least 1e-6; infinite where the material has none.
    pub scattering_length_mm: f32,
    /// Probability that an absorbed photon is emitted again.
    pub reemission_probability: f32,
    /// Group velocity, mm/ns.
    pub group_velocity_mm_per_ns: f32,
}

/// Everything that photons look up. Built by `scene::property_tables`; copied freely.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Tables<'a> {
    /// Tables of one quantity.
    pub tables: &'a [Table],
    /// Points of [`tables`](Self::tables).
    pub points: &'a [Point],
    /// Points of the materials' tables.
    pub media: &'a [MediumPoint],
    /// Points of the surfaces' tables.
    pub surface_points: &'a [SurfacePoint],
    /// Guides of all tables.
    pub guide: &'a [u32],
    /// Materials, in the detector's order.
    pub materials: &'a [MaterialRecord],
    /// What few materials do besides.
    pub more: &'a [MoreRecord],
    /// Surfaces, in the detector's order.
    pub surfaces: &'a [super::surface::SurfaceRecord],
    /// What the surfaces of the kind DETAILED are.
    pub surface_details: &'a [SurfaceDetail],
    /// Layers of thin films.
    pub film_layers: &'a [FilmLayer],
    /// Numbers of measured surfaces, and of tables over two quantities.
    pub surface_data: &'a [f32],
    /// Photons given by the user, for gensteps of the kind EMITSOURCE: items (4,4).
    pub input_photons: &'a [[f32; 16]],
    /// The table u -> wavelength nm of the black-body torch, or [`NONE`].
    pub source_spectrum: u32,
}

impl Tables<'_> {
    /// The value of table `id` at `x`, clamped to the table's ends; not a number if the table is [`NONE`].
    #[inline(always)]
    pub fn lookup(&self, id: u32, x: f32) -> f32 {
        let Some(table) = self.tables.get(id as usize) else { return f32::NAN };
        let x = table.clamp(x);
        let p = &self.points[table.segment(self.points, self.guide, x)];
        p.y + (x - p.x) * p.slope
    }

    /// The properties of `material` for light of this vacuum wavelength.
    #[inline(always)]
    pub fn medium(&self, material: u32, wavelength_nm: f32) -> Medium {
        let table = &self.materials[material as usize].medium;
        let x = table.clamp(HC_EV_NM / wavelength_nm);
        let p = &self.media[table.segment(self.media, self.guide, x)];
        let dx = x - p.x;
        Medium {
            rindex: p.y[0] + dx * p.slope[0],
            absorption_length_mm: max(p.y[1] + dx * p.slope[1], SHORTEST_LENGTH_MM),
            scattering_length_mm: max(p.y[2] + dx * p.slope[2], SHORTEST_LENGTH_MM),
            reemission_probability: p.y[3] + dx * p.slope[3],
            group_velocity_mm_per_ns: p.y[4] + dx * p.slope[4],
        }
    }

    /// The refractive index of `material` at a photon energy.
    #[inline(always)]
    pub fn rindex(&self, material: u32, energy_ev: f32) -> f32 {
        let table = &self.materials[material as usize].medium;
        let x = table.clamp(energy_ev);
        let p = &self.media[table.segment(self.media, self.guide, x)];
        p.y[0] + (x - p.x) * p.slope[0]
    }

    /// The four probabilities of the surface table `table` at a wavelength.
    #[inline(always)]
    pub fn surface_values(&self, table: &Table, wavelength_nm: f32) -> [f32; 4] {
        let x = table.clamp(HC_EV_NM / wavelength_nm);
        let p = &self.surface_points[table.segment(self.surface_points, self.guide, x)];
        let dx = x - p.x;
        [
            p.y[0] + dx * p.slope[0],
            p.y[1] + dx * p.slope[1],
            p.y[2] + dx * p.slope[2],
            p.y[3] + dx * p.slope[3],
        ]
    }

    /// The length of the table `id` for light of this vacuum wavelength, mm, at least 1e-6; infinite if it is [`NONE`].
    #[inline(always)]
    pub fn length_mm(&self, id: u32, wavelength_nm: f32) -> f32 {
        if id == NONE {
            return f32::INFINITY;
        }
        max(self.lookup(id, HC_EV_NM / wavelength_nm), SHORTEST_LENGTH_MM)
    }

    /// The wavelength in nm of the quantile `u` of an emission spectrum (a table u -> photon energy eV).
    #[inline(always)]
    pub fn spectrum_wavelength_nm(&self, spectrum: u32, u: f32) -> f32 {
        HC_EV_NM / self.lookup(spectrum, u)
    }
}
