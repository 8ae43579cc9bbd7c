//! The slices that replicas are, as Geant4's navigation bounds them.
//!
//! Along x, y and z slices are centred in the mother's frame, and an offset does not count; in phi, each lies around the
//! x axis of its own frame; rings start at the offset from the axis.

use std::f64::consts::TAU;

use super::Axis;
use super::slices::{Slices, turned};
use crate::detector::{Shape, Step, Transform};
use crate::gdml::solids::ANGLE_TOLERANCE;

/// Dimensions closer than this are the same, mm or rad.
const SAME: f64 = 1e-9;

/// What is repeated along which axis, how often, in mm or rad.
#[derive(Debug, Clone, Copy)]
pub(super) struct Replication {
    pub(super) axis: Axis,
    pub(super) number: u32,
    pub(super) width: f64,
    pub(super) offset: f64,
}

impl Replication {
    /// The low end of slice `k` of x, y or z, or the inner radius of ring `k`.
    fn start(&self, k: u32) -> f64 {
        let first =
            if self.axis == Axis::Rho { self.offset } else { -0.5 * self.width * f64::from(self.number) };
        first + f64::from(k) * self.width
    }

    fn middle(&self, k: u32) -> f64 {
        self.start(k) + 0.5 * self.width
    }

    fn angle(&self, k: u32) -> f64 {
        self.offset + (f64::from(k) + 0.5) * self.width
    }

    fn shift(&self, along: f64) -> Transform {
        let mut at = [0.0; 3];
        at[self.axis.coordinate().unwrap_or(2)] = along;
        Transform::translation(at)
    }

    /// The frame of slice `k` to the mother's.
    pub(super) fn copy_to_mother(&self, k: u32) -> Transform {
        match self.axis {
            Axis::Rho => Transform::IDENTITY,
            Axis::Phi => turned(self.angle(k)),
            _ => self.shift(self.middle(k)),
        }
    }

    /// The mother's frame to that of slice `k`.
    pub(super) fn mother_to_copy(&self, k: u32) -> Transform {
        match self.axis {
            Axis::Rho => Transform::IDENTITY,
            Axis::Phi => turned(-self.angle(k)),
            _ => self.shift(-self.middle(k)),
        }
    }

    /// Start and extent of a segment in its own frame, rad.
    fn segment(&self) -> (f64, f64) {
        if self.width >= TAU - ANGLE_TOLERANCE { (0.0, TAU) } else { (-0.5 * self.width, self.width) }
    }

    /// What bounds slice `k` in its own frame, beyond `reach_mm` of no consequence.
    pub(super) fn slice(&self, k: u32, reach_mm: f64) -> Shape {
        let tube = |rmin_mm, rmax_mm, (start_phi_rad, delta_phi_rad)| Shape::Tube {
            rmin_mm,
            rmax_mm,
            half_z_mm: reach_mm,
            start_phi_rad,
            delta_phi_rad,
        };
        match self.axis.coordinate() {
            Some(i) => {
                let mut half_mm = [reach_mm; 3];
                half_mm[i] = 0.5 * self.width;
                Shape::Box { half_mm }
            }
            None if self.axis == Axis::Rho => tube(self.start(k), self.start(k) + self.width, (0.0, TAU)),
            None => tube(0.0, reach_mm, self.segment()),
        }
    }
}

/// How far a mother reaches along an axis, in mm from end to end, from the axis for rho, or in rad; `None` where it is not
/// the same everywhere or not known.
pub(super) fn extent(mother: &Shape, axis: Axis) -> Option<f64> {
    let i = axis.coordinate();
    match (mother, axis) {
        (Shape::Box { half_mm }, _) => Some(2.0 * half_mm[i?]),
        (
            Shape::Tube { half_z_mm, .. } | Shape::Cone { half_z_mm, .. } | Shape::Trd { half_z_mm, .. },
            Axis::Z,
        ) => Some(2.0 * half_z_mm),
        (Shape::EllipticalTube { half_mm }, Axis::Z) => Some(2.0 * half_mm[2]),
        (Shape::Tube { rmax_mm, .. }, Axis::Rho) => Some(*rmax_mm),
        (Shape::Cone { rmax1_mm, rmax2_mm, .. }, Axis::Rho) => Some(rmax1_mm.max(*rmax2_mm)),
        (_, Axis::Phi) => Some(mother.phi_rad().map_or(TAU, |(_, extent)| extent)),
        _ => None,
    }
}

/// The slices of mothers that have slices of their own kind.
pub(super) fn of(mother: &Shape, cut: &Replication) -> Option<Slices> {
    match cut.axis {
        Axis::Rho => rings(mother, cut),
        Axis::Phi => segments(mother, cut),
        _ => layers(mother, cut),
    }
}

fn layers(mother: &Shape, cut: &Replication) -> Option<Slices> {
    let i = cut.axis.coordinate()?;
    let mut shape = mother.clone();
    match &mut shape {
        Shape::Box { half_mm } => half_mm[i] = 0.5 * cut.width,
        Shape::Tube { half_z_mm, .. } if i == 2 => *half_z_mm = 0.5 * cut.width,
        Shape::EllipticalTube { half_mm } if i == 2 => half_mm[2] = 0.5 * cut.width,
        Shape::Cone { half_z_mm, .. } | Shape::Trd { half_z_mm, .. } if i == 2 => {
            let half_z_mm = *half_z_mm;
            let list = (0..cut.number).map(|k| (tapered(mother, half_z_mm, cut, k), cut.copy_to_mother(k)));
            return Some(Slices::Different(list.collect()));
        }
        _ => return None,
    }
    let mut step = [0.0; 3];
    step[i] = cut.width;
    let (first, number) = (cut.copy_to_mother(0), cut.number);
    Some(Slices::Alike { shape: Box::new(shape), first, number, step: Step::Shift(step) })
}

/// A layer of a cone or trd of this half length.
fn tapered(mother: &Shape, half_z_mm: f64, cut: &Replication, k: u32) -> Shape {
    let ends = [cut.start(k), cut.start(k) + cut.width];
    let [low, high] = ends.map(|z| ((z + half_z_mm) / (2.0 * half_z_mm)).clamp(0.0, 1.0));
    let between = |from: f64, to: f64| [from + low * (to - from), from + high * (to - from)];
    let mut shape = mother.clone();
    match &mut shape {
        Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, .. } => {
            [*rmin1_mm, *rmin2_mm] = between(*rmin1_mm, *rmin2_mm);
            [*rmax1_mm, *rmax2_mm] = between(*rmax1_mm, *rmax2_mm);
            *half_z_mm = 0.5 * cut.width;
        }
        Shape::Trd { half_x_mm, half_y_mm, half_z_mm } => {
            *half_x_mm = between(half_x_mm[0], half_x_mm[1]);
            *half_y_mm = between(half_y_mm[0], half_y_mm[1]);
            *half_z_mm = 0.5 * cut.width;
        }
        _ => {}
    }
    shape
}

fn segments(mother: &Shape, cut: &Replication) -> Option<Slices> {
    let mut shape = match *mother {
        Shape::Orb { r_mm } => Shape::Sphere {
            rmin_mm: 0.0,
            rmax_mm: r_mm,
            start_phi_rad: 0.0,
            delta_phi_rad: TAU,
            start_theta_rad: 0.0,
            delta_theta_rad: std::f64::consts::PI,
        },
        // The planes of a cut tube and the sides of a polyhedra are not the same in every direction.
        Shape::CutTube { .. } | Shape::Polyhedra { .. } => return None,
        _ => mother.clone(),
    };
    let (start, extent) = shape.phi_mut_rad()?;
    let ahead = (cut.offset - *start + ANGLE_TOLERANCE).rem_euclid(TAU) - ANGLE_TOLERANCE;
    let all = f64::from(cut.number) * cut.width;
    if *extent < TAU && ahead + all > *extent + 1e-6 * all {
        return None;
    }
    (*start, *extent) = cut.segment();
    let (first, number) = (cut.copy_to_mother(0), cut.number);
    Some(Slices::Alike { shape: Box::new(shape), first, number, step: Step::Turn(cut.width) })
}

fn rings(mother: &Shape, cut: &Replication) -> Option<Slices> {
    let Shape::Tube { rmin_mm: hole, .. } = *mother else { return None };
    let list = (0..cut.number).map(|k| {
        let mut shape = mother.clone();
        if let Shape::Tube { rmin_mm, rmax_mm, .. } = &mut shape {
            (*rmin_mm, *rmax_mm) = (cut.start(k).max(hole), cut.start(k) + cut.width);
        }
        (shape, Transform::IDENTITY)
    });
    // Rings in the hole of the mother are empty, which no tube is.
    (cut.start(0) + cut.width > hole).then(|| Slices::Different(list.collect()))
}

/// Whether two shapes are the same but for rounding.
pub(super) fn same(own: &Shape, slice: &Shape) -> bool {
    match (dimensions(own), dimensions(slice)) {
        (Some(own_dimensions), Some(dimensions)) => {
            std::mem::discriminant(own) == std::mem::discriminant(slice)
                && (own_dimensions.iter().zip(&dimensions))
                    .all(|(a, b)| (a - b).abs() <= SAME * b.abs().max(1.0))
        }
        _ => own == slice,
    }
}

/// The dimensions of shapes that have a fixed number of them.
fn dimensions(shape: &Shape) -> Option<Vec<f64>> {
    match *shape {
        Shape::Box { half_mm } | Shape::EllipticalTube { half_mm } => Some(half_mm.to_vec()),
        Shape::Tube { rmin_mm, rmax_mm, half_z_mm, start_phi_rad, delta_phi_rad } => {
            Some(vec![rmin_mm, rmax_mm, half_z_mm, start_phi_rad, delta_phi_rad])
        }
        Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, start_phi_rad, delta_phi_rad } => {
            Some(vec![rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, start_phi_rad, delta_phi_rad])
        }
        Shape::Trd { half_x_mm: [x1, x2], half_y_mm: [y1, y2], half_z_mm } => {
            Some(vec![x1, x2, y1, y2, half_z_mm])
        }
        _ => None,
    }
}
