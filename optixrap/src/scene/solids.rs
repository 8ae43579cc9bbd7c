//! Flattening the detector's solids to records.

use cfg4::detector::{Detector, Shape, Solid};

use crate::trace::record::{BOX, ORB, SolidRecord, TUBE};
use crate::trace::solid::Solids;

/// A solid that cannot be flattened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolidError {
    /// The shape is not traced.
    #[error("solid '{name}' has a shape that is not traced: {shape}")]
    Unsupported {
        /// Name of the solid.
        name: String,
        /// Its shape.
        shape: String,
    },
}

/// The smallest box parallel to the axes that holds a solid, mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// Least x, y, z.
    pub low: [f64; 3],
    /// Greatest x, y, z.
    pub high: [f64; 3],
}

/// The flat form of all solids of a detector, in the detector's order.
#[derive(Debug, Clone, Default)]
pub struct FlatSolids {
    /// One record per solid.
    pub records: Vec<SolidRecord>,
    /// One bounding box per solid.
    pub bounds: Vec<BoundingBox>,
}

impl FlatSolids {
    /// Flattens the solids of `detector`; record `i` is solid `i`.
    ///
    /// # Errors
    /// [`SolidError`] where a shape cannot be traced.
    pub fn new(detector: &Detector) -> Result<FlatSolids, SolidError> {
        let mut flat = FlatSolids::default();
        for solid in &detector.solids {
            flat.push(solid)?;
        }
        Ok(flat)
    }

    /// What the tracing functions take.
    pub fn view(&self) -> Solids<'_> {
        Solids { records: &self.records }
    }

    fn push(&mut self, solid: &Solid) -> Result<(), SolidError> {
        let full = |delta: f64| delta >= std::f64::consts::TAU * (1.0 - 1e-12);
        let (kind, params, [x, y, z]) = match solid.shape {
            Shape::Box { half_mm: h } => (BOX, h.to_vec(), h),
            Shape::Tube { rmin_mm: 0.0, rmax_mm: r, half_z_mm: z, delta_phi_rad: delta, .. }
                if full(delta) =>
            {
                (TUBE, vec![r, z], [r, r, z])
            }
            Shape::Orb { r_mm: r } => (ORB, vec![r], [r; 3]),
            ref other => {
                return Err(SolidError::Unsupported {
                    name: solid.name.clone(),
                    shape: format!("{other:?}"),
                });
            }
        };
        let mut record = SolidRecord { kind, first: 0, count: 0, parts: 0, params: [0.0; 12] };
        for (to, from) in record.params.iter_mut().zip(params) {
            *to = from as f32;
        }
        self.records.push(record);
        self.bounds.push(BoundingBox { low: [-x, -y, -z], high: [x, y, z] });
        Ok(())
    }
}
