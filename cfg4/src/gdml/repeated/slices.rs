//! The slices of a divided solid, as Geant4's division parameterisations make them.

use super::Axis;
use crate::detector::{Shape, Step, Transform, TrapFace, ZPlane};

/// How a solid is cut.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut {
    pub(super) axis: Axis,
    pub(super) number: u32,
    /// Of one slice, mm or rad.
    pub(super) width: f64,
    /// Where the first slice starts, mm or rad.
    pub(super) offset: f64,
    /// The width follows from the number.
    pub(super) by_number: bool,
}

impl Cut {
    /// Where slice `k` starts behind the low end.
    fn start(&self, k: u32) -> f64 {
        self.offset + f64::from(k) * self.width
    }
}

/// What a cut makes: shapes, and their frames in the mother's.
#[derive(Debug)]
pub(super) enum Slices {
    /// The same shape at equal steps; `first` is the frame of slice 0.
    Alike { shape: Box<Shape>, first: Transform, number: u32, step: Step },
    /// One by one.
    Different(Vec<(Shape, Transform)>),
}

/// How far a solid reaches along an axis, mm or rad.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    /// What a number of slices or a width is counted against.
    pub(super) divided: f64,
    /// What offset and slices together may take.
    pub(super) whole: f64,
}

/// The extent of a solid along an axis in which it can be divided; `planes` are those of a polyhedra, with the radii of its
/// edges.
pub(super) fn extent(mother: &Shape, planes: Option<&Vec<ZPlane>>, axis: Axis) -> Option<Extent> {
    let length = match (mother, axis) {
        (Shape::Box { half_mm } | Shape::Para { half_mm, .. }, _) => 2.0 * half_mm[axis.coordinate()?],
        (Shape::Tube { rmin_mm, rmax_mm, .. }, Axis::Rho) => rmax_mm - rmin_mm,
        (Shape::Cone { rmin1_mm, rmax1_mm, .. }, Axis::Rho) => rmax1_mm - rmin1_mm,
        (Shape::Tube { half_z_mm, .. } | Shape::Cone { half_z_mm, .. }, Axis::Z) => 2.0 * half_z_mm,
        (Shape::Trd { half_x_mm: [a, b], .. }, Axis::X) => a + b,
        (Shape::Trd { half_y_mm: [a, b], .. }, Axis::Y) => {
            // Geant4 counts along y against the lower end alone.
            return Some(Extent { divided: 2.0 * a, whole: a + b });
        }
        (Shape::Trd { half_z_mm, .. }, Axis::Z) => 2.0 * half_z_mm,
        (Shape::Polycone { planes, .. }, Axis::Rho) => planes[0].rmax_mm - planes[0].rmin_mm,
        (Shape::Polycone { planes, .. }, Axis::Z) => (planes[planes.len() - 1].z_mm - planes[0].z_mm).abs(),
        (
            Shape::Tube { delta_phi_rad, .. }
            | Shape::Cone { delta_phi_rad, .. }
            | Shape::Polycone { delta_phi_rad, .. }
            | Shape::Polyhedra { delta_phi_rad, .. },
            Axis::Phi,
        ) => *delta_phi_rad,
        (Shape::Polyhedra { corners_mm, .. }, Axis::Z) => {
            let z = corners_mm.iter().map(|corner| corner[1]);
            z.clone().fold(f64::NEG_INFINITY, f64::max) - z.fold(f64::INFINITY, f64::min)
        }
        (Shape::Polyhedra { .. }, Axis::Rho) => {
            // Geant4 counts against the first plane alone, as for polycones.
            let first = planes?.first()?;
            first.rmax_mm - first.rmin_mm
        }
        _ => return None,
    };
    Some(Extent { divided: length, whole: length })
}

/// A turn around z by `angle` rad.
pub(super) fn turned(angle: f64) -> Transform {
    let (sin, cos) = angle.sin_cos();
    Transform { rotation: [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]], ..Transform::IDENTITY }
}

/// Cuts `mother`; `cell` tells whether a trd is cut into trds or traps. The error says what is wrong.
pub(super) fn divided(mother: &Shape, cell: &Shape, cut: &Cut) -> Result<Slices, String> {
    match (mother, cut.axis) {
        (_, Axis::Phi) => Ok(segments(mother, cut)),
        (Shape::Polycone { planes, .. }, Axis::Rho) => {
            Ok(rings(planes, cut, |planes| with_planes(mother, planes)))
        }
        (Shape::Polycone { planes, .. }, Axis::Z) => {
            along_planes(planes, cut, |pair| with_planes(mother, pair))
        }
        (Shape::Trd { .. }, _) => Ok(trd(mother, matches!(cell, Shape::Trap { .. }), cut)),
        (_, Axis::Rho) => Ok(shells(mother, cut)),
        (Shape::Cone { .. }, Axis::Z) => Ok(cone_layers(mother, cut)),
        _ => Ok(layers(mother, cut)),
    }
}

/// Alike slices of a box, para or tube.
fn layers(mother: &Shape, cut: &Cut) -> Slices {
    let mut shape = mother.clone();
    let i = cut.axis.coordinate().unwrap_or(2);
    let mut along = [0.0; 3];
    along[i] = 1.0;
    let half = match &mut shape {
        Shape::Box { half_mm } => &mut half_mm[i],
        Shape::Para { half_mm, alpha_rad, theta_rad, phi_rad } => {
            match i {
                1 => along[0] = alpha_rad.tan(),
                2 => along = [theta_rad.tan() * phi_rad.cos(), theta_rad.tan() * phi_rad.sin(), 1.0],
                _ => {}
            }
            &mut half_mm[i]
        }
        Shape::Tube { half_z_mm, .. } => half_z_mm,
        _ => return Slices::Different(Vec::new()),
    };
    let middle = -*half + cut.offset + cut.width / 2.0;
    *half = cut.width / 2.0;
    let first = Transform::translation(along.map(|x| x * middle));
    let step = Step::Shift(along.map(|x| x * cut.width));
    Slices::Alike { shape: Box::new(shape), first, number: cut.number, step }
}

/// Segments in phi. The offset is applied twice to tubes and cones: to the solid and to its frame.
fn segments(mother: &Shape, cut: &Cut) -> Slices {
    let mut shape = mother.clone();
    let twice = matches!(shape, Shape::Tube { .. } | Shape::Cone { .. });
    if let Some((start, extent)) = shape.phi_mut_rad() {
        *start += if twice { cut.offset } else { 0.0 };
        *extent = cut.width;
    }
    Slices::Alike {
        shape: Box::new(shape),
        first: turned(cut.offset),
        number: cut.number,
        step: Step::Turn(cut.width),
    }
}

/// Shells of a tube or a cone; those of a cone have at its upper end the width that fits there.
fn shells(mother: &Shape, cut: &Cut) -> Slices {
    let list = (0..cut.number).map(|k| {
        let mut shape = mother.clone();
        match &mut shape {
            Shape::Tube { rmin_mm, rmax_mm, .. } => {
                let inner = *rmin_mm;
                (*rmin_mm, *rmax_mm) = (inner + cut.start(k), inner + cut.start(k + 1));
            }
            Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, .. } => {
                let width2 = (*rmax2_mm - *rmin2_mm - cut.offset) / f64::from(cut.number);
                let (inner1, inner2) = (*rmin1_mm, *rmin2_mm + cut.offset);
                (*rmin1_mm, *rmax1_mm) = (inner1 + cut.start(k), inner1 + cut.start(k + 1));
                *rmin2_mm = inner2 + f64::from(k) * width2;
                *rmax2_mm = *rmin2_mm + width2;
            }
            _ => {}
        }
        (shape, Transform::IDENTITY)
    });
    Slices::Different(list.collect())
}

fn cone_layers(mother: &Shape, cut: &Cut) -> Slices {
    let list = (0..cut.number).map(|k| {
        let mut shape = mother.clone();
        let mut middle = 0.0;
        if let Shape::Cone { rmin1_mm, rmax1_mm, rmin2_mm, rmax2_mm, half_z_mm, .. } = &mut shape {
            let (inner, outer, length) = ([*rmin1_mm, *rmin2_mm], [*rmax1_mm, *rmax2_mm], 2.0 * *half_z_mm);
            let [low, high] = [cut.start(k) / length, cut.start(k + 1) / length];
            let at = |r: [f64; 2], share: f64| r[0] + (r[1] - r[0]) * share;
            (*rmin1_mm, *rmax1_mm) = (at(inner, low), at(outer, low));
            (*rmin2_mm, *rmax2_mm) = (at(inner, high), at(outer, high));
            middle = -*half_z_mm + cut.start(k) + cut.width / 2.0;
            *half_z_mm = cut.width / 2.0;
        }
        (shape, Transform::translation([0.0, 0.0, middle]))
    });
    Slices::Different(list.collect())
}

/// Slices of a trd: trds along z, and along x and y trds (upright) or traps (leaning with the sides).
fn trd(mother: &Shape, leaning: bool, cut: &Cut) -> Slices {
    let Shape::Trd { half_x_mm: x, half_y_mm: y, half_z_mm } = *mother else {
        return Slices::Different(Vec::new());
    };
    if cut.axis == Axis::Z {
        let at = |half: [f64; 2], d: f64| half[0] + (half[1] - half[0]) * d / (2.0 * half_z_mm);
        let list = (0..cut.number).map(|k| {
            let (low, high) = (cut.start(k), cut.start(k + 1));
            let shape = Shape::Trd {
                half_x_mm: [at(x, low), at(x, high)],
                half_y_mm: [at(y, low), at(y, high)],
                half_z_mm: cut.width / 2.0,
            };
            (shape, Transform::translation([0.0, 0.0, low + cut.width / 2.0 - half_z_mm]))
        });
        return Slices::Different(list.collect());
    }
    let along_x = cut.axis == Axis::X;
    let [low, high] = if along_x { x } else { y };
    let frame = |k: u32| {
        let middle = -(low + high) / 2.0 + cut.start(k) + cut.width / 2.0;
        Transform::translation(if along_x { [middle, 0.0, 0.0] } else { [0.0, middle, 0.0] })
    };
    if leaning {
        let list = (0..cut.number).map(|k| (leaning_slice(mother, cut, k), frame(k)));
        return Slices::Different(list.collect());
    }
    let half = [cut.width / 2.0; 2];
    let (half_x_mm, half_y_mm) = if along_x { (half, y) } else { (x, half) };
    let step = Step::Shift(if along_x { [cut.width, 0.0, 0.0] } else { [0.0, cut.width, 0.0] });
    let shape = Shape::Trd { half_x_mm, half_y_mm, half_z_mm };
    Slices::Alike { shape: Box::new(shape), first: frame(0), number: cut.number, step }
}

/// A trap whose width grows with the trd's, and which leans so that neighbours touch all the way up.
fn leaning_slice(mother: &Shape, cut: &Cut, k: u32) -> Shape {
    let Shape::Trd { half_x_mm: x, half_y_mm: y, half_z_mm } = *mother else { return mother.clone() };
    let along_x = cut.axis == Axis::X;
    let [low, high] = if along_x { x } else { y };
    let growth = (high - low) / (high + low);
    let widths = [cut.width * (1.0 - growth), cut.width * (1.0 + growth)];
    let offsets = [cut.offset * (1.0 - growth / 2.0), cut.offset * (1.0 + growth / 2.0)];
    let centre = |end: usize| [-low, -high][end] + offsets[end] + (f64::from(k) + 0.5) * widths[end];
    let theta_rad = ((centre(1) - centre(0)) / (2.0 * half_z_mm)).atan();
    let phi_rad = if along_x { 0.0 } else { std::f64::consts::FRAC_PI_2 };
    let face = |end: usize| {
        let (half_x, half_y_mm) =
            if along_x { (widths[end] / 2.0, y[end]) } else { (x[end], widths[end] / 2.0) };
        TrapFace { half_y_mm, half_x_low_mm: half_x, half_x_high_mm: half_x, alpha_rad: 0.0 }
    };
    Shape::Trap { half_z_mm, theta_rad, phi_rad, faces: [face(0), face(1)] }
}

fn with_planes(mother: &Shape, new: Vec<ZPlane>) -> Shape {
    let mut shape = mother.clone();
    if let Shape::Polycone { planes, .. } = &mut shape {
        *planes = new;
    }
    shape
}

/// Rings of a solid of planes: each plane is cut into equal widths of its own.
pub(super) fn rings(planes: &[ZPlane], cut: &Cut, shape: impl Fn(Vec<ZPlane>) -> Shape) -> Slices {
    let list = (0..cut.number).map(|k| {
        let ring = planes.iter().map(|plane| {
            let width = (plane.rmax_mm - plane.rmin_mm - cut.offset) / f64::from(cut.number);
            let inner = plane.rmin_mm + cut.offset + f64::from(k) * width;
            ZPlane { z_mm: plane.z_mm, rmin_mm: inner, rmax_mm: inner + width }
        });
        (shape(ring.collect()), Transform::IDENTITY)
    });
    Slices::Different(list.collect())
}

/// Layers of a solid of planes: between its planes where a number is given, else within two of them.
pub(super) fn along_planes(
    planes: &[ZPlane],
    cut: &Cut,
    shape: impl Fn(Vec<ZPlane>) -> Shape,
) -> Result<Slices, String> {
    let centred = |mut pair: [ZPlane; 2]| {
        let middle = (pair[0].z_mm + pair[1].z_mm) / 2.0;
        pair.iter_mut().for_each(|plane| plane.z_mm -= middle);
        (shape(pair.to_vec()), Transform::translation([0.0, 0.0, middle]))
    };
    if cut.by_number {
        let sections = planes.len() - 1;
        if cut.number as usize != sections {
            return Err(format!(
                "number is {}, but there are {sections} sections between zplanes; it is divided into these, in Geant4 too",
                cut.number
            ));
        }
        let pairs = planes.windows(2);
        return Ok(Slices::Different(pairs.map(|pair| centred([pair[0], pair[1]])).collect()));
    }
    let start = |k: u32| planes[0].z_mm + cut.start(k);
    let holds = |pair: &&[ZPlane]| {
        pair[0].z_mm <= start(0) + 1e-9
            && pair[1].z_mm + 1e-9 >= start(cut.number)
            && pair[0].z_mm < pair[1].z_mm
    };
    let Some(section) = planes.windows(2).find(holds) else {
        return Err("its slices do not lie between two neighbouring zplanes; give a number alone to cut at the zplanes"
            .to_owned());
    };
    let at = |z: f64| {
        let share = (z - section[0].z_mm) / (section[1].z_mm - section[0].z_mm);
        let between = |a: f64, b: f64| (a + (b - a) * share).max(0.0);
        ZPlane {
            z_mm: z,
            rmin_mm: between(section[0].rmin_mm, section[1].rmin_mm),
            rmax_mm: between(section[0].rmax_mm, section[1].rmax_mm),
        }
    };
    Ok(Slices::Different((0..cut.number).map(|k| centred([at(start(k)), at(start(k + 1))])).collect()))
}
