//! The properties of one surface, checked.

use cfg4::detector::{OpticalSurface, without_pointer};

use crate::physics::surface_detail::GridRecord;
use crate::physics::tables::NONE;
use crate::scene::SceneError;
use crate::scene::materials::{bad_property, checked};
use crate::scene::property_tables::{Curve, PropertyTables};

/// The properties of one surface.
#[derive(Clone, Copy)]
pub(super) struct SurfaceProperties<'a> {
    pub(super) surface: &'a OpticalSurface,
}

/// Films are at most this thick, mm: light that goes through more is no longer coherent.
const THICKEST_MM: f64 = 0.1;

impl SurfaceProperties<'_> {
    /// A property that is a probability over photon energy in eV.
    pub(super) fn probability(&self, name: &str) -> Result<Option<Curve>, SceneError> {
        self.curve(name, "from 0 to 1", |v| (0.0..=1.0).contains(&v))
    }

    /// A property over photon energy in eV; a constant is the same everywhere.
    pub(super) fn curve(
        &self,
        name: &str,
        rule: &'static str,
        allowed: impl Fn(f64) -> bool,
    ) -> Result<Option<Curve>, SceneError> {
        let properties = &self.surface.properties;
        if let Some(vector) = properties.vector(name) {
            return checked(&self.owner(), name, vector, (rule, &allowed)).map(Some);
        }
        match properties.constant(name) {
            Some(value) if !allowed(value) => Err(bad_property(&self.owner(), name, value, (0.0, rule))),
            other => Ok(other.map(Curve::constant)),
        }
    }

    /// Adds the curve of a property, if there is one; returns its id, else [`NONE`].
    pub(super) fn add_curve(
        &self,
        tables: &mut PropertyTables,
        name: &str,
        rule: &'static str,
        allowed: impl Fn(f64) -> bool,
    ) -> Result<u32, SceneError> {
        Ok(self.curve(name, rule, allowed)?.map_or(NONE, |curve| tables.add_curve(&curve)))
    }

    /// A number.
    pub(super) fn number(
        &self,
        name: &str,
        rule: &'static str,
        allowed: impl Fn(f64) -> bool,
    ) -> Result<Option<f64>, SceneError> {
        match self.surface.properties.constant(name) {
            Some(value) if !allowed(value) => Err(bad_property(&self.owner(), name, value, (0.0, rule))),
            other => Ok(other),
        }
    }

    /// A thickness of a film, in nm.
    pub(super) fn thickness_nm(&self, name: &str) -> Result<Option<f64>, SceneError> {
        let thickness =
            self.number(name, "a length from 0 to 0.1 mm", |v| (0.0..=THICKEST_MM).contains(&v))?;
        Ok(thickness.map(|mm| mm * 1e6))
    }

    /// EFFICIENCY, or 0.
    pub(super) fn efficiency(&self) -> Result<Curve, SceneError> {
        Ok(self.probability("EFFICIENCY")?.unwrap_or_else(|| Curve::constant(0.0)))
    }

    /// Whether anything is detected at all.
    pub(super) fn detects(&self) -> Result<bool, SceneError> {
        if let Some(map) = self.surface.properties.grid("EFFICIENCY_MAP") {
            return Ok(map.range().1 > 0.0);
        }
        Ok(self.efficiency()?.y().iter().any(|&y| y > 0.0))
    }

    /// Adds EFFICIENCY_MAP, if there is one.
    pub(super) fn add_efficiency_map(&self, tables: &mut PropertyTables) -> Option<GridRecord> {
        let map = self.surface.properties.grid("EFFICIENCY_MAP")?;
        let x: Vec<f32> = map.energies_mev().iter().map(|e| (e * 1e6) as f32).collect();
        let y: Vec<f32> = map.angles_rad().iter().map(|a| a.to_degrees() as f32).collect();
        let (n_x, n_y) = (x.len(), y.len());
        let values: Vec<f32> = (0..n_y).flat_map(|j| (0..n_x).map(move |i| map.at(i, j) as f32)).collect();
        Some(tables.add_grid(&x, &y, &values))
    }

    /// Whether a property of this name is there.
    pub(super) fn has(&self, name: &str) -> bool {
        self.surface.properties.0.contains_key(name)
    }

    /// What the surface is called in errors.
    pub(super) fn owner(&self) -> String {
        format!("optical surface {}", self.surface.name)
    }

    /// The error of a surface that the model cannot do.
    pub(super) fn unsupported(&self, what: String, model: &'static str, advice: &'static str) -> SceneError {
        SceneError::UnsupportedSurface { surface: self.surface.name.clone(), what, model, advice }
    }

    /// The error of a surface that lacks something.
    pub(super) fn incomplete(&self, what: impl Into<String>) -> SceneError {
        let surface = without_pointer(&self.surface.name).to_owned();
        SceneError::IncompleteSurface { surface, what: what.into() }
    }
}
