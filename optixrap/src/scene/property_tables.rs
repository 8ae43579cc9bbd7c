//! All property tables of a detector in the flat form that [`physics::tables`](crate::physics::tables) reads.

use std::sync::Arc;

use cfg4::detector::{Detector, PropertyVector};

use super::SceneError;
use super::materials::add_material;
use super::source_spectrum;
use super::surfaces::{SurfaceModel, add_surface};
use crate::physics::surface::SurfaceRecord;
use crate::physics::surface_detail::{FilmLayer, GridRecord, SurfaceDetail};
use crate::physics::tables::{
    MaterialRecord, MediumPoint, MoreRecord, NONE, Point, SurfacePoint, Table, Tables,
};

/// What the tables depend on besides the detector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableOptions {
    /// Which rules surfaces follow.
    pub surface_model: SurfaceModel,
    /// Whether materials with REEMISSIONPROB emit absorbed photons again.
    pub reemission: bool,
}

impl Default for TableOptions {
    /// Opticks surfaces, reemission on.
    fn default() -> Self {
        Self { surface_model: SurfaceModel::Opticks, reemission: true }
    }
}

/// The tables and what owns their memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PropertyTables {
    /// Tables of one quantity.
    pub tables: Vec<Table>,
    /// Their points.
    pub points: Vec<Point>,
    /// Points of the materials' tables.
    pub media: Vec<MediumPoint>,
    /// Points of the surfaces' tables.
    pub surface_points: Vec<SurfacePoint>,
    /// Guides of all tables.
    pub guide: Vec<u32>,
    /// Materials, in the detector's order.
    pub materials: Vec<MaterialRecord>,
    /// What few materials do besides.
    pub more: Vec<MoreRecord>,
    /// Surfaces, in the detector's order.
    pub surfaces: Vec<SurfaceRecord>,
    /// What the surfaces of the kind DETAILED are.
    pub surface_details: Vec<SurfaceDetail>,
    /// Layers of thin films.
    pub film_layers: Vec<FilmLayer>,
    /// Numbers of measured surfaces, and of tables over two quantities.
    pub surface_data: Vec<f32>,
    /// The measured data that surfaces share, and where they begin.
    shared_data: Vec<(Arc<[f32]>, u32)>,
    /// The spectrum of the black-body torch.
    pub source_spectrum: u32,
}

impl PropertyTables {
    /// The tables of every material and surface of `detector`.
    ///
    /// # Errors
    /// A property with a value that makes no sense, or a surface that the chosen model does not know.
    pub fn new(detector: &Detector, options: &TableOptions) -> Result<Self, SceneError> {
        let mut tables = Self { source_spectrum: NONE, ..Self::default() };
        for material in &detector.materials {
            add_material(&mut tables, material, options.reemission)?;
        }
        for index in 0..detector.surfaces.len() {
            add_surface(&mut tables, detector, index, options.surface_model)?;
        }
        tables.source_spectrum = tables.add_curve(&source_spectrum::black_body());
        Ok(tables)
    }

    /// The tables as the physics reads them; without input photons.
    pub fn view(&self) -> Tables<'_> {
        Tables {
            tables: &self.tables,
            points: &self.points,
            media: &self.media,
            surface_points: &self.surface_points,
            guide: &self.guide,
            materials: &self.materials,
            more: &self.more,
            surfaces: &self.surfaces,
            surface_details: &self.surface_details,
            film_layers: &self.film_layers,
            surface_data: &self.surface_data,
            input_photons: &[],
            source_spectrum: self.source_spectrum,
        }
    }

    /// Adds a table of one quantity and returns its id.
    pub fn add_curve(&mut self, curve: &Curve) -> u32 {
        let knots = merge([curve]);
        let first = self.points.len();
        self.points.extend(knots.iter().map(|k| Point { x: k.x, y: k.y[0], slope: k.slope[0], pad: 0.0 }));
        let table = self.guided(first, &knots);
        self.tables.push(table);
        self.tables.len() as u32 - 1
    }

    /// Adds the table of a material's five properties.
    pub fn add_medium(&mut self, curves: [&Curve; 5]) -> Table {
        let knots = merge(curves);
        let first = self.media.len();
        let point = |k: &Knot<5>| MediumPoint { x: k.x, y: k.y, slope: k.slope, pad: [0.0; 5] };
        self.media.extend(knots.iter().map(point));
        self.guided(first, &knots)
    }

    /// Adds the table of a surface's four values.
    pub fn add_surface_values(&mut self, curves: [&Curve; 4]) -> Table {
        let knots = merge(curves);
        let first = self.surface_points.len();
        let point = |k: &Knot<4>| SurfacePoint { x: k.x, y: k.y, slope: k.slope, pad: [0.0; 3] };
        self.surface_points.extend(knots.iter().map(point));
        self.guided(first, &knots)
    }

    /// Adds a table over two quantities: for each y the values by x.
    pub fn add_grid(&mut self, x: &[f32], y: &[f32], values: &[f32]) -> GridRecord {
        debug_assert!(values.len() == x.len() * y.len());
        let first = self.surface_data.len() as u32;
        for part in [x, y, values] {
            self.surface_data.extend_from_slice(part);
        }
        GridRecord { first, n_x: x.len() as u32, n_y: y.len() as u32 }
    }

    /// Adds arrays of numbers, one behind the other, unless they are there already; returns where they begin.
    pub fn add_shared_data(&mut self, arrays: &[&Arc<[f32]>]) -> u32 {
        let Some(leader) = arrays.first() else { return 0 };
        if let Some((_, first)) = self.shared_data.iter().find(|(there, _)| Arc::ptr_eq(there, leader)) {
            return *first;
        }
        let first = self.surface_data.len() as u32;
        arrays.iter().for_each(|array| self.surface_data.extend_from_slice(array));
        self.shared_data.push((Arc::clone(leader), first));
        first
    }

    /// Makes the guide over `knots`, which lie from `first` on.
    fn guided<const K: usize>(&mut self, first: usize, knots: &[Knot<K>]) -> Table {
        let (x_min, x_max) = (knots[0].x, knots[knots.len() - 1].x);
        let mut table = Table {
            first: first as u32,
            count: knots.len() as u32,
            guide_first: self.guide.len() as u32,
            guide_count: 1,
            x_min,
            x_max,
            inv_bin_width: 0.0,
            pad: 0,
        };
        let narrowest = knots.windows(2).map(|w| w[1].x - w[0].x).fold(f32::INFINITY, f32::min);
        let wanted = (x_max - x_min) / narrowest;
        if wanted.is_finite() {
            let most = (16 * knots.len()).clamp(64, 1 << 20);
            table.guide_count = (wanted.ceil() as usize).clamp(1, most) as u32;
            table.inv_bin_width = (table.guide_count as f32 / (x_max - x_min)).min(f32::MAX);
        }
        // Entry b counts the points in bins before b.
        let mut counts = vec![0_u32; table.guide_count as usize + 1];
        knots.iter().for_each(|k| counts[table.bin(k.x) as usize + 1] += 1);
        let mut sum = 0;
        self.guide.extend(counts.iter().map(|n| {
            sum += n;
            sum
        }));
        table
    }
}

/// A quantity given at points and linear between them; constant outside. Equal abscissae make a step. (Geant4 11 puts a
/// row of a GDML file before those of the same energy: there the two ends of a step are exchanged.)
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Curve {
    /// The same value everywhere.
    pub fn constant(value: f64) -> Self {
        Self { x: vec![1.0], y: vec![value] }
    }

    /// A property over photon energy in eV, its values through `convert`.
    pub fn property(vector: &PropertyVector, convert: impl Fn(f64) -> f64) -> Self {
        Self::new(
            vector.energies_mev().iter().map(|e| e * 1e6).collect(),
            vector.values().iter().map(|&v| convert(v)).collect(),
        )
    }

    /// From points in ascending order; there must be at least one, and as many values.
    pub fn new(x: Vec<f64>, y: Vec<f64>) -> Self {
        debug_assert!(!x.is_empty() && x.len() == y.len());
        Self { x, y }
    }

    /// The abscissae.
    pub fn x(&self) -> &[f64] {
        &self.x
    }

    /// The values.
    pub fn y(&self) -> &[f64] {
        &self.y
    }

    /// The value at `x` and just above.
    pub fn right(&self, x: f64) -> f64 {
        self.between(self.x.partition_point(|&p| p <= x), x)
    }

    /// The value just below `x`.
    pub fn left(&self, x: f64) -> f64 {
        self.between(self.x.partition_point(|&p| p < x), x)
    }

    fn between(&self, above: usize, x: f64) -> f64 {
        if above == 0 {
            return self.y[0];
        }
        if above == self.x.len() {
            return self.y[above - 1];
        }
        let (x0, x1, y0, y1) = (self.x[above - 1], self.x[above], self.y[above - 1], self.y[above]);
        if y0 == y1 { y0 } else { y0 + (x - x0) / (x1 - x0) * (y1 - y0) }
    }

    /// The quantile function of the density that this curve draws, as Geant4 samples it: the integral by
    /// trapezoids at the points, and linear between them. `None` if nothing is emitted.
    pub fn quantiles(&self) -> Option<Curve> {
        let mut integral = vec![0.0];
        let mut sum = 0.0;
        for i in 1..self.x.len() {
            sum += 0.5 * (self.y[i] + self.y[i - 1]) * (self.x[i] - self.x[i - 1]);
            integral.push(sum);
        }
        let total = sum;
        (total > 0.0).then(|| Curve::new(integral.iter().map(|c| c / total).collect(), self.x.clone()))
    }
}

/// A point of several quantities.
struct Knot<const K: usize> {
    x: f32,
    y: [f32; K],
    slope: [f32; K],
}

/// The curves on the union of their points.
fn merge<const K: usize>(curves: [&Curve; K]) -> Vec<Knot<K>> {
    // A constant has no point of its own.
    let mut x: Vec<f64> = curves.iter().filter(|c| c.x.len() > 1).flat_map(|c| c.x.iter().copied()).collect();
    x.sort_by(f64::total_cmp);
    if x.is_empty() {
        x.push(curves[0].x[0]);
    }
    // Points that are one in f32 make a step from the left of the first to the right of the last.
    let steps: Vec<(f64, f64)> =
        x.chunk_by(|a, b| *a as f32 == *b as f32).map(|same| (same[0], same[same.len() - 1])).collect();
    let knot = |i: usize| {
        let (_, at) = steps[i];
        let y = curves.map(|c| c.right(at) as f32);
        let slope = match steps.get(i + 1) {
            None => [0.0; K],
            Some(&(next, _)) => {
                let dx = f64::from(next as f32) - f64::from(at as f32);
                curves.map(|c| slope(c.right(at), c.left(next), dx))
            }
        };
        Knot { x: at as f32, y, slope }
    };
    (0..steps.len()).map(knot).collect()
}

/// Finite whatever the values; 0 for an infinite constant.
fn slope(y0: f64, y1: f64, dx: f64) -> f32 {
    if y0 == y1 {
        return 0.0;
    }
    ((y1 - y0) / dx).clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32
}
