//! Flattening the detector's solids to records.

use std::f64::consts::{PI, TAU};

use cfg4::detector::{Detector, Shape, Solid, SolidId, ZPlane};

use crate::scene::boolean_program::{compile, count_leaves};
use crate::scene::bounding_box::BoundingBox;
use crate::scene::curved_solids::{contour, curved};
use crate::scene::faceted::{Faceted, ruled_sides};
use crate::scene::geometry::bvh;
use crate::trace::bvh::BvhNode;
use crate::trace::face::{MAX_LEAVES, MAX_OPERAND_FACETS, MAX_SECTIONS};
use crate::trace::record::{
    BOOLEAN, BOX, BooleanLeaf, CONE, CONVEX, ConeSection, FacetRecord, GENERIC_POLYCONE, HOLE, MESH, ORB,
    PHI, POLYCONE, PlaneRecord, RULED, RuledSide, SPHERE, SolidRecord, THETA_ENDS, THETA_STARTS, TUBE,
    TUBE_SECTION, WIDE_PHI,
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
    /// An outline that crosses itself.
    #[error(
        "solid '{name}': its outline crosses or overlaps itself, so that no inside can be told; correct its points"
    )]
    NotSimple {
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
    /// More triangles than a boolean's face token can name.
    #[error(
        "'{operand}' in '{name}' has {count} triangles; at most {MAX_OPERAND_FACETS} can be part of a combined or scaled solid"
    )]
    TooManyFacets {
        /// Name of the solid.
        name: String,
        /// Name of the operand.
        operand: String,
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
    /// An operand that is scaled to nothing.
    #[error("solid '{name}' scales its operand '{operand}' by 0; use a scale that leaves it a volume")]
    Flattened {
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

impl SolidError {
    /// The name of the solid.
    pub fn name(&self) -> &str {
        match self {
            Self::Unsupported { name }
            | Self::NoThickness { name }
            | Self::NotSimple { name }
            | Self::TooManySections { name, .. }
            | Self::TooManyFacets { name, .. }
            | Self::TooManyLeaves { name, .. }
            | Self::Flattened { name, .. }
            | Self::OperandOrder { name, .. } => name,
        }
    }
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
    /// The corners of triangles, mm.
    pub vertices: Vec<[f64; 3]>,
    /// The triangles of meshes.
    pub facets: Vec<FacetRecord>,
    /// The hierarchies of boxes over the triangles.
    pub mesh_nodes: Vec<BvhNode>,
    /// The sides of solids with ruled ones.
    pub sides: Vec<RuledSide>,
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
            if matches!(
                solid.shape,
                Shape::Boolean { .. } | Shape::MultiUnion { .. } | Shape::Transformed { .. }
            ) {
                flat.push_boolean(detector, SolidId(index as u32), &n_leaves)?;
            } else if let Some((half_z_mm, sides)) = ruled_sides(&solid.shape) {
                let (first, count) = (flat.sides.len() as u32, sides.len() as u32);
                flat.sides.extend(sides);
                flat.records.push(SolidRecord { first, count, ..record(RULED, &[half_z_mm]) });
                flat.bounds.push(BoundingBox::around(&solid.shape.corners_mm().unwrap_or_default()));
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
            vertices: &self.vertices,
            facets: &self.facets,
            mesh_nodes: &self.mesh_nodes,
            sides: &self.sides,
        }
    }

    fn push_boolean(
        &mut self,
        detector: &Detector,
        id: SolidId,
        n_leaves: &[usize],
    ) -> Result<(), SolidError> {
        let leaves = compile(detector, id, n_leaves, &self.bounds)?;
        let facets = |leaf: &BooleanLeaf| match self.records[leaf.solid as usize] {
            SolidRecord { kind: MESH, count, .. } => count as usize,
            _ => 0,
        };
        if let Some(leaf) = leaves.iter().find(|leaf| facets(leaf) > MAX_OPERAND_FACETS) {
            return Err(SolidError::TooManyFacets {
                name: detector.solid(id).name.clone(),
                operand: detector.solid(SolidId(leaf.solid)).name.clone(),
                count: facets(leaf),
            });
        }
        let (first, count) = (self.leaves.len() as u32, leaves.len() as u32);
        self.records.push(SolidRecord { first, count, ..record(BOOLEAN, &[]) });
        self.leaves.extend(leaves);
        let placed = |solid: &SolidId, to_frame| self.bounds[solid.index()].transformed(to_frame);
        let bounds = match &detector.solid(id).shape {
            Shape::Boolean { operator, first, first_to_frame, second, second_to_frame } => {
                placed(first, first_to_frame).combined(*operator, placed(second, second_to_frame))
            }
            Shape::MultiUnion { nodes } => {
                let boxes = nodes.iter().map(|(solid, to_frame)| placed(solid, to_frame));
                boxes.fold(BoundingBox::EMPTY, |all, one| all.hull(&one))
            }
            Shape::Transformed { solid, to_frame } => placed(solid, to_frame),
            _ => BoundingBox::EMPTY,
        };
        self.bounds.push(bounds);
        Ok(())
    }

    fn push_faceted(&mut self, solid: &Solid, faceted: &Faceted) -> Result<(), SolidError> {
        let Some(planes) = faceted.convex_planes() else {
            return self.push_mesh(solid, faceted);
        };
        let (first, count) = (self.planes.len() as u32, planes.len() as u32);
        self.planes.extend(planes);
        self.records.push(SolidRecord { first, count, ..record(CONVEX, &[]) });
        Ok(())
    }

    fn push_mesh(&mut self, solid: &Solid, faceted: &Faceted) -> Result<(), SolidError> {
        let Some(triangles) = faceted.triangles() else {
            return Err(SolidError::NotSimple { name: solid.name.clone() });
        };
        let bounds = faceted.bounds();
        let pad = 1e-6 * (bounds.reach() + bounds.radius_mm());
        let boxes: Vec<BoundingBox> = triangles
            .iter()
            .map(|triangle| BoundingBox::around(&triangle.map(|at| faceted.corner(at))).padded(pad))
            .collect();
        let root = bvh::build(&boxes, &mut self.mesh_nodes);
        let (first, count) = (self.facets.len() as u32, triangles.len() as u32);
        let offset = self.vertices.len() as u32;
        self.facets
            .extend(triangles.iter().map(|triangle| FacetRecord { corners: triangle.map(|at| at + offset) }));
        self.vertices.extend(faceted.corners());
        let [x, y, z] = bounds.centre();
        let radius_mm = bounds.radius_mm() * 1.000_01 + pad;
        self.records.push(SolidRecord { first, count, parts: root, ..record(MESH, &[x, y, z, radius_mm]) });
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
            Shape::GenericPolycone { start_phi_rad, delta_phi_rad, ref corners } => {
                let mut polycone = self.edges(&solid.name, contour(corners))?;
                set_phi(&mut polycone, start_phi_rad, delta_phi_rad);
                polycone
            }
            _ => {
                return curved(&solid.shape)
                    .ok_or_else(|| SolidError::Unsupported { name: solid.name.clone() });
            }
        })
    }

    /// The record of a contour of these edges, revolved.
    fn edges(&mut self, name: &str, edges: Vec<ConeSection>) -> Result<SolidRecord, SolidError> {
        let (first, count) = (self.sections.len() as u32, edges.len());
        if count > MAX_SECTIONS {
            return Err(SolidError::TooManySections { name: name.to_owned(), count });
        }
        self.sections.extend(edges);
        Ok(SolidRecord { first, count: count as u32, ..record(GENERIC_POLYCONE, &[]) })
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

pub(crate) fn record(kind: u32, dimensions: &[f64]) -> SolidRecord {
    let mut params = [0.0; 12];
    for (to, from) in params.iter_mut().zip(dimensions) {
        *to = *from as f32;
    }
    SolidRecord { kind, first: 0, count: 0, parts: 0, params }
}

pub(crate) fn set_hole(record: &mut SolidRecord, hole: bool) {
    if hole {
        record.parts |= HOLE;
    }
}

pub(crate) fn set_phi(record: &mut SolidRecord, start_rad: f64, delta_rad: f64) {
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
