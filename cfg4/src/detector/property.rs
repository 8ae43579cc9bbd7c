//! Material and surface properties: constants, and tables over photon energy.

use std::collections::BTreeMap;

/// A table over photon energy, as Geant4's `G4MaterialPropertyVector`.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyVector {
    energies_mev: Vec<f64>,
    values: Vec<f64>,
}

impl PropertyVector {
    /// A table from finite energies in strictly or weakly ascending order and as many finite values.
    ///
    /// Returns `None` if there is no point, the lengths differ, a number is not finite or energies descend.
    pub fn new(energies_mev: Vec<f64>, values: Vec<f64>) -> Option<Self> {
        let finite = energies_mev.iter().chain(&values).all(|x| x.is_finite());
        let ascending = energies_mev.windows(2).all(|w| w[0] <= w[1]);
        let sound = finite && ascending && !values.is_empty() && energies_mev.len() == values.len();
        sound.then_some(Self { energies_mev, values })
    }

    /// Photon energies in MeV, ascending.
    pub fn energies_mev(&self) -> &[f64] {
        &self.energies_mev
    }

    /// The values at [`energies_mev`](Self::energies_mev), in Geant4's internal units.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Linear interpolation in energy, clamped to the first and last value outside.
    pub fn value(&self, energy_mev: f64) -> f64 {
        let (e, v) = (&self.energies_mev, &self.values);
        let above = e.partition_point(|&x| x <= energy_mev);
        if above == 0 {
            return v[0];
        }
        if above == e.len() {
            return v[v.len() - 1];
        }
        let fraction = (energy_mev - e[above - 1]) / (e[above] - e[above - 1]);
        v[above - 1] + fraction * (v[above] - v[above - 1])
    }

    /// The smallest and the largest value.
    pub fn range(&self) -> (f64, f64) {
        range_of(&self.values)
    }
}

/// One property of a material or a surface.
#[derive(Debug, Clone, PartialEq)]
pub enum Property {
    /// A number, in Geant4's internal units.
    Constant(f64),
    /// A table over photon energy.
    Vector(PropertyVector),
    /// A table over photon energy and angle of incidence.
    Grid(PropertyGrid),
}

impl Property {
    /// The smallest and the largest value.
    pub fn range(&self) -> (f64, f64) {
        match self {
            Self::Constant(value) => (*value, *value),
            Self::Vector(table) => table.range(),
            Self::Grid(grid) => grid.range(),
        }
    }
}

fn range_of(values: &[f64]) -> (f64, f64) {
    let fold = |f: fn(f64, f64) -> f64, start| values.iter().copied().fold(start, f);
    (fold(f64::min, f64::INFINITY), fold(f64::max, f64::NEG_INFINITY))
}

/// A table over photon energy and angle of incidence.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyGrid {
    energies_mev: Vec<f64>,
    angles_rad: Vec<f64>,
    values: Vec<f64>,
}

impl PropertyGrid {
    /// A table from strictly ascending energies and angles, and for each energy the values by angle.
    ///
    /// Returns `None` if there is no point, a length does not fit, a number is not finite or does not ascend.
    pub fn new(energies_mev: Vec<f64>, angles_rad: Vec<f64>, values: Vec<f64>) -> Option<Self> {
        let finite = energies_mev.iter().chain(&angles_rad).chain(&values).all(|x| x.is_finite());
        let ascending = |x: &[f64]| x.windows(2).all(|w| w[0] < w[1]);
        let fits = !values.is_empty() && values.len() == energies_mev.len() * angles_rad.len();
        (finite && fits && ascending(&energies_mev) && ascending(&angles_rad)).then_some(Self {
            energies_mev,
            angles_rad,
            values,
        })
    }

    /// Photon energies in MeV, ascending.
    pub fn energies_mev(&self) -> &[f64] {
        &self.energies_mev
    }

    /// Angles of incidence in rad, ascending.
    pub fn angles_rad(&self) -> &[f64] {
        &self.angles_rad
    }

    /// The value at the `energy`-th energy and the `angle`-th angle.
    pub fn at(&self, energy: usize, angle: usize) -> f64 {
        self.values[energy * self.angles_rad.len() + angle]
    }

    /// The smallest and the largest value.
    pub fn range(&self) -> (f64, f64) {
        range_of(&self.values)
    }
}

/// The properties of one material or surface, by their Geant4 names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PropertyMap(pub BTreeMap<String, Property>);

impl PropertyMap {
    /// The table named `name`, or `None` if it is absent or a constant.
    pub fn vector(&self, name: &str) -> Option<&PropertyVector> {
        match self.0.get(name) {
            Some(Property::Vector(v)) => Some(v),
            _ => None,
        }
    }

    /// The number named `name`: a constant, or the first value of a table (old files write constants as tables).
    pub fn constant(&self, name: &str) -> Option<f64> {
        match self.0.get(name)? {
            Property::Constant(x) => Some(*x),
            Property::Vector(v) => v.values().first().copied(),
            Property::Grid(_) => None,
        }
    }

    /// The table over energy and angle named `name`, or `None` if it is absent or something else.
    pub fn grid(&self, name: &str) -> Option<&PropertyGrid> {
        match self.0.get(name) {
            Some(Property::Grid(grid)) => Some(grid),
            _ => None,
        }
    }

    /// The first of `names` that is present as a number: `["SCINTILLATIONTIMECONSTANT1", "FASTTIMECONSTANT"]`.
    pub fn constant_of(&self, names: &[&str]) -> Option<f64> {
        names.iter().find_map(|n| self.constant(n))
    }

    /// The first of `names` that is present as a table.
    pub fn vector_of(&self, names: &[&str]) -> Option<&PropertyVector> {
        names.iter().find_map(|n| self.vector(n))
    }
}
