//! Flattening the detector's solids to records.

use std::f64::consts::{PI, TAU};

use cfg4::detector::{Detector, Shape, Solid, SolidId, ZPlane};

use crate::scene::boolean_program::{compile, count_leaves};
use crate::scene::bounding_box::BoundingBox;
use crate::scene::faceted::Faceted;
use crate::trace::face::{MAX_LEAVES, MAX_SECTIONS};
use crate::trace::record::{
    BOOLEAN, BOX, BooleanLeaf, CONE, CONVEX, ConeSection, HOLE, ORB, PHI, POLYCONE, PlaneRecord, SPHERE,
    SolidRecord, THETA_ENDS, THETA_STARTS, TUBE, TUBE_SECTION, WIDE_PHI,
};
use crate::trace::solid::Solids;

/// A solid that cannot be flattened.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SolidError {
    /// A shape that this version does not trace.
    #[error("solid '{name}': its shape is not traced; the README lists those that are")]
    Unsupported {
        /// Name of the solid.
        name: String,
    },
    /// A polycone whose planes are all at one z.
    #[error("polycone '{name}' has no thickness: give it planes at two different z at least")]
    NoThickness {
        /// Name of the solid.
        name: String,
    },
    /// More sections than a face token can name.
    #[error(
        "polycone '{name}' has {count} sections; at most {MAX_SECTIONS} can be traced, so split it into a union"
    )]
    TooManySections {
        /// Name of the solid.
        name: String,
        /// How many.
        count: usize,
    },
    /// More leaves than a face token can name.
    #[error(
        "boolean '{name}' has {count} leaves; at most {MAX_LEAVES} can be traced, so place its parts separately"
    )]
    TooManyLeaves {
        /// Name of the solid.
        name: String,
        /// How many.
        count: usize,
    },
    /// An operand that is scaled.
    #[error(
        "boolean '{name}' scales its operand '{operand}': only rotations, reflections and translations are traced"
    )]
    NotRigid {
        /// Name of the solid.
        name: String,
        /// Name of the operand.
        operand: String,
    },
    /// An operand that is not listed before its boolean.
    #[error("boolean '{name}' refers to solid number {operand}, which is not listed before it")]
    OperandOrder {
        /// Name of the solid.
        name: String,
        /// Number of the operand.
        operand: u32,
    },
}

/// The flat form of all solids of a detector, in the detector's order.
#[derive(Debug, Clone, Default)]
pub struct FlatSolids {
    /// One record per solid.
    pub records: Vec<SolidRecord>,
    /// The sections of polycones.
    pub sections: Vec<ConeSection>,
    /// The leaves of booleans.
    pub leaves: Vec<BooleanLeaf>,
    /// The planes of convex solids.
    pub planes: Vec<PlaneRecord>,
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
        let mut n_leaves = Vec::with_capacity(detector.solids.len());
        for (index, solid) in detector.solids.iter().enumerate() {
            n_leaves.push(count_leaves(detector, index, &n_leaves)?);
            if let Shape::Boolean { .. } = solid.shape {
                flat.push_boolean(detector, SolidId(index as u32), &n_leaves)?;
            } else if let Some(faceted) = Faceted::of(&solid.shape) {
                flat.bounds.push(faceted.bounds());
                flat.push_faceted(solid, &faceted)?;
            } else {
                let record = flat.simple(solid)?;
                flat.records.push(record);
                flat.bounds.push(BoundingBox::of(&solid.shape));
            }
        }
        Ok(flat)
    }

    /// What the tracing functions take.
    pub fn view(&self) -> Solids<'_> {
        Solids {
            records: &self.records,
            sections: &self.sections,
            leaves: &self.leaves,
            planes: &self.planes,
        }
    }

    fn push_boolean(
        &mut self,
        detector: &Detector,
        id: SolidId,
        n_leaves: &[usize],
    ) -> Result<(), SolidError> {
        let leaves = compile(detector, id, n_leaves, &self.bounds)?;
        let (first, count) = (self.leaves.len() as u32, leaves.len() as u32);
        self.records.push(SolidRecord { first, count, ..record(BOOLEAN, &[]) });
        self.leaves.extend(leaves);
        if let Shape::Boolean { operator, first, first_to_frame, second, second_to_frame } =
            &detector.solid(id).shape
        {
            let one = self.bounds[first.index()].transformed(first_to_frame);
            let other = self.bounds[second.index()].transformed(second_to_frame);
            self.bounds.push(one.combined(*operator, other));
        }
        Ok(())
    }

    fn push_faceted(&mut self, solid: &Solid, faceted: &Faceted) -> Result<(), SolidError> {
        let Some(planes) = faceted.convex_planes() else {
            return Err(SolidError::Unsupported { name: solid.name.clone() });
        };
        let (first, count) = (self.planes.len() as u32, planes.len() as u32);
        self.planes.extend(planes);
        self.records.push(SolidRecord { first, count, ..record(CONVEX, &[]) });
        Ok(())
    }

    /// The record of a solid that is not a boolean.
    fn simple(&mut self, solid: &Solid) -> Result<SolidRecord, SolidError> {
        Ok(match solid.shape {
            Shape::Box { half_mm } => record(BOX, &half_mm),
            Shape::Orb { r_mm } => record(ORB, &[r_mm]),
            Shape::Tube { rmin_mm, rmax_mm, half_z_mm, start_phi_rad, delta_phi_rad } => {
                let mut tube = record(TUBE_SECTION, &[rmax_mm, half_z_mm, rmin_mm]);
                set_hole(&mut tube, rmin_mm > 0.0);
                set_phi(&mut tube, start_phi_rad, delta_phi_rad);
                if tube.parts == 0 {
                    tube.kind = TUBE;
                }
                tube
            }
            Shape::Sphere { .. } => sphere(&solid.shape),
            Shape::Cone {
                rmin1_mm,
                rmax1_mm,
                rmin2_mm,
                rmax2_mm,
                half_z_mm: z,
                start_phi_rad,
                delta_phi_rad,
            } => {
                let mut cone = record(CONE, &[-z, z, rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm]);
                set_phi(&mut cone, start_phi_rad, delta_phi_rad);
                cone
            }
            Shape::Polycone { start_phi_rad, delta_phi_rad, ref planes } => {
                let mut polycone = self.polycone(&solid.name, planes)?;
                set_phi(&mut polycone, start_phi_rad, delta_phi_rad);
                polycone
            }
            _ => return Err(SolidError::Unsupported { name: solid.name.clone() }),
        })
    }

    fn polycone(&mut self, name: &str, planes: &[ZPlane]) -> Result<SolidRecord, SolidError> {
        let first = self.sections.len();
        let mut sections: Vec<ConeSection> =
            planes.windows(2).filter_map(|p| section(&p[0], &p[1])).collect();
        sections.sort_by(|a, b| a.z1.total_cmp(&b.z1));
        match sections.len() {
            0 => Err(SolidError::NoThickness { name: name.to_owned() }),
            count if count > MAX_SECTIONS => {
                Err(SolidError::TooManySections { name: name.to_owned(), count })
            }
            count => {
                self.sections.extend(sections);
                Ok(SolidRecord { first: first as u32, count: count as u32, ..record(POLYCONE, &[]) })
            }
        }
    }
}

fn record(kind: u32, dimensions: &[f64]) -> SolidRecord {
    let mut params = [0.0; 12];
    for (to, from) in params.iter_mut().zip(dimensions) {
        *to = *from as f32;
    }
    SolidRecord { kind, first: 0, count: 0, parts: 0, params }
}

fn set_hole(record: &mut SolidRecord, hole: bool) {
    if hole {
        record.parts |= HOLE;
    }
}

fn set_phi(record: &mut SolidRecord, start_rad: f64, delta_rad: f64) {
    if delta_rad >= TAU * (1.0 - 1e-12) {
        return;
    }
    record.parts |= PHI | if delta_rad > PI * (1.0 + 1e-12) { WIDE_PHI } else { 0 };
    let end_rad = start_rad + delta_rad;
    for (to, from) in
        record.params[8..].iter_mut().zip([start_rad.sin(), start_rad.cos(), end_rad.sin(), end_rad.cos()])
    {
        *to = snapped(from);
    }
}

/// Sines and cosines of right angles are exact.
fn snapped(x: f64) -> f32 {
    if (x - x.round()).abs() < 1e-12 { x.round() as f32 } else { x as f32 }
}

fn sphere(shape: &Shape) -> SolidRecord {
    let &Shape::Sphere { rmin_mm, rmax_mm, start_phi_rad, delta_phi_rad, start_theta_rad, delta_theta_rad } =
        shape
    else {
        return record(SPHERE, &[]);
    };
    let mut sphere = record(SPHERE, &[rmin_mm, rmax_mm]);
    set_hole(&mut sphere, rmin_mm > 0.0);
    set_phi(&mut sphere, start_phi_rad, delta_phi_rad);
    let end_theta_rad = start_theta_rad + delta_theta_rad;
    if start_theta_rad > 1e-12 {
        sphere.parts |= THETA_STARTS;
    }
    if end_theta_rad < PI * (1.0 - 1e-12) {
        sphere.parts |= THETA_ENDS;
    }
    let angles = [start_theta_rad.cos(), start_theta_rad.sin(), end_theta_rad.cos(), end_theta_rad.sin()];
    for (to, from) in sphere.params[2..].iter_mut().zip(angles) {
        *to = snapped(from);
    }
    if sphere.parts == 0 {
        sphere = record(ORB, &[rmax_mm]);
    }
    sphere
}

/// The section between two planes, the lower one first; `None` where they are at one z.
fn section(one: &ZPlane, other: &ZPlane) -> Option<ConeSection> {
    let (low, high) = if one.z_mm < other.z_mm { (one, other) } else { (other, one) };
    let section = ConeSection {
        z1: low.z_mm as f32,
        z2: high.z_mm as f32,
        rmin1: low.rmin_mm as f32,
        rmax1: low.rmax_mm as f32,
        rmin2: high.rmin_mm as f32,
        rmax2: high.rmax_mm as f32,
    };
    (section.z1 < section.z2).then_some(section)
}
