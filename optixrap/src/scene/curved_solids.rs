//! Records and boxes of the solids with curved surfaces other than spheres and cones around z.

use std::f64::consts::{FRAC_PI_2, PI};

use cfg4::detector::{RzCorner, Shape};

use crate::scene::bounding_box::BoundingBox;
use crate::scene::solids::{record, set_hole, set_phi};
use crate::trace::record::{
    CUT_TUBE, ConeSection, ELLIPSOID, ELLIPTICAL_CONE, ELLIPTICAL_TUBE, HYPERBOLOID, PARABOLOID, SolidRecord,
    TORUS, TWISTED_TRAP, TWISTED_TUBE,
};

/// The record of a curved solid that needs no pool; `None` for any other.
pub(crate) fn curved(shape: &Shape) -> Option<SolidRecord> {
    Some(match *shape {
        Shape::CutTube { .. } => return cut_tube(shape),
        Shape::Ellipsoid { half_axes_mm: [a, b, c], z_cuts_mm: [low, high] } => {
            record(ELLIPSOID, &[a, b, c, low, high])
        }
        Shape::EllipticalTube { half_mm } => record(ELLIPTICAL_TUBE, &half_mm),
        Shape::EllipticalCone { half_axes_per_length: [a, b], height_mm, half_z_mm } => {
            record(ELLIPTICAL_CONE, &[a, b, height_mm, half_z_mm])
        }
        Shape::Paraboloid { r_low_mm, r_high_mm, half_z_mm } => {
            record(PARABOLOID, &[r_low_mm, r_high_mm, half_z_mm])
        }
        Shape::Hyperboloid { rmin_mm, rmax_mm, inner_stereo_rad, outer_stereo_rad, half_z_mm } => {
            let [inner, outer] = [inner_stereo_rad.tan(), outer_stereo_rad.tan()];
            let mut hyperboloid = record(HYPERBOLOID, &[rmin_mm, rmax_mm, inner, outer, half_z_mm]);
            set_hole(&mut hyperboloid, rmin_mm > 0.0 || inner_stereo_rad != 0.0);
            hyperboloid
        }
        Shape::Torus { rmin_mm, rmax_mm, swept_mm, start_phi_rad, delta_phi_rad } => {
            let mut torus = record(TORUS, &[rmin_mm, rmax_mm, swept_mm]);
            set_hole(&mut torus, rmin_mm > 0.0);
            set_phi(&mut torus, start_phi_rad, delta_phi_rad);
            torus
        }
        Shape::TwistedTrap { .. } => return Trapezoids::of(shape).map(|t| t.record()),
        Shape::TwistedTube { twist_rad, end_rmin_mm, end_rmax_mm, half_z_mm, delta_phi_rad } => {
            let (waist, rate) = ((0.5 * twist_rad).cos(), (0.5 * twist_rad).tan() / half_z_mm);
            let mut tube = record(TWISTED_TUBE, &[end_rmin_mm * waist, end_rmax_mm * waist, half_z_mm, rate]);
            set_phi(&mut tube, -0.5 * delta_phi_rad, delta_phi_rad);
            tube
        }
        _ => return None,
    })
}

fn cut_tube(shape: &Shape) -> Option<SolidRecord> {
    let &Shape::CutTube {
        rmin_mm,
        rmax_mm,
        half_z_mm,
        start_phi_rad,
        delta_phi_rad,
        low_normal,
        high_normal,
    } = shape
    else {
        return None;
    };
    let [low, high] = [low_normal, high_normal].map(slopes);
    let mut tube = record(CUT_TUBE, &[rmax_mm, half_z_mm, rmin_mm, low[0], low[1], high[0], high[1]]);
    set_hole(&mut tube, rmin_mm > 0.0);
    set_phi(&mut tube, start_phi_rad, delta_phi_rad);
    Some(tube)
}

/// How z grows with x and y in the plane of a normal.
fn slopes([x, y, z]: [f64; 3]) -> [f64; 2] {
    [-x / z, -y / z]
}

/// The edges of a contour, counterclockwise in the plane of r and z.
pub(crate) fn contour(corners: &[RzCorner]) -> Vec<ConeSection> {
    let next = |i: usize| corners[(i + 1) % corners.len()];
    let twice_area: f64 =
        (0..corners.len()).map(|i| corners[i].r_mm * next(i).z_mm - next(i).r_mm * corners[i].z_mm).sum();
    let edge = |from: RzCorner, to: RzCorner| ConeSection {
        z1: from.z_mm as f32,
        z2: to.z_mm as f32,
        rmin1: 0.0,
        rmax1: from.r_mm as f32,
        rmin2: 0.0,
        rmax2: to.r_mm as f32,
    };
    (0..corners.len())
        .map(|i| if twice_area > 0.0 { edge(corners[i], next(i)) } else { edge(next(i), corners[i]) })
        .collect()
}

/// A twisted trap as its cross-sections.
struct Trapezoids {
    half_z: f64,
    rate: f64,
    lean: [f64; 2],
    /// Half y in the middle, and its growth per z.
    y: [f64; 2],
    /// Half x at y = 0 in the middle, and its growth per z.
    x: [f64; 2],
    taper: f64,
    shear: f64,
}

impl Trapezoids {
    fn of(shape: &Shape) -> Option<Trapezoids> {
        let &Shape::TwistedTrap {
            twist_rad,
            half_z_mm: z,
            theta_rad,
            phi_rad,
            half_y_mm: [y1, y2],
            half_x_mm: [x1, x2, x3, x4],
            alpha_rad,
        } = shape
        else {
            return None;
        };
        let line = |low: f64, high: f64| [0.5 * (low + high), 0.5 * (high - low) / z];
        Some(Trapezoids {
            half_z: z,
            rate: 0.5 * twist_rad / z,
            lean: [theta_rad.tan() * phi_rad.cos(), theta_rad.tan() * phi_rad.sin()],
            y: line(y1, y2),
            x: line(0.5 * (x1 + x2), 0.5 * (x3 + x4)),
            taper: 0.5 * (x2 - x1) / y1,
            shear: alpha_rad.tan(),
        })
    }

    /// The corners of the cross-section at `z`, from its centre, before it is turned.
    fn corners(&self, z: f64) -> [[f64; 2]; 4] {
        let (y, x) = (self.y[0] + self.y[1] * z, self.x[0] + self.x[1] * z);
        [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)]
            .map(|(right, up)| [right * (x + self.taper * up * y) + self.shear * up * y, up * y])
    }

    /// Around z.
    fn radius(&self) -> f64 {
        let lean = self.lean[0].hypot(self.lean[1]) * self.half_z;
        let corners = [self.corners(-self.half_z), self.corners(self.half_z)];
        lean + corners.iter().flatten().map(|[x, y]| x.hypot(*y)).fold(0.0, f64::max)
    }

    fn record(&self) -> SolidRecord {
        let ([lean_x, lean_y], [y, y_growth], [x, x_growth]) = (self.lean, self.y, self.x);
        let radius = self.radius() * 1.000_01;
        record(
            TWISTED_TRAP,
            &[
                self.half_z,
                self.rate,
                lean_x,
                lean_y,
                y,
                y_growth,
                x,
                x_growth,
                self.taper,
                self.shear,
                radius,
            ],
        )
    }

    fn bounds(&self) -> BoundingBox {
        const STEPS: i32 = 256;
        let mut bounds = BoundingBox::EMPTY;
        for step in -STEPS..=STEPS {
            let z = self.half_z * f64::from(step) / f64::from(STEPS);
            let (sin, cos) = (self.rate * z).sin_cos();
            for [x, y] in self.corners(z) {
                let p = [cos * x - sin * y + self.lean[0] * z, sin * x + cos * y + self.lean[1] * z, z];
                bounds = bounds.hull(&BoundingBox { low: p, high: p });
            }
        }
        // Between two steps a corner's path bends away from its chord by h^2 / 8 times its second derivative.
        let step = self.half_z / f64::from(STEPS);
        let growth = (self.radius() / self.half_z).max(self.y[1].abs() + self.x[1].abs());
        let bend = self.rate.abs() * (2.0 * growth + self.rate.abs() * self.radius());
        let margin = step * step / 8.0 * bend;
        for i in 0..2 {
            bounds.low[i] -= margin;
            bounds.high[i] += margin;
        }
        bounds
    }
}

/// The box of a curved solid, without regard to a segment in phi; `None` for any other.
pub(crate) fn curved_bounds(shape: &Shape) -> Option<BoundingBox> {
    let between =
        |[x, y]: [f64; 2], low: f64, high: f64| BoundingBox { low: [-x, -y, low], high: [x, y, high] };
    Some(match *shape {
        Shape::CutTube { rmax_mm: r, half_z_mm: z, low_normal, high_normal, .. } => {
            let [low, high] = [low_normal, high_normal].map(slopes).map(|[x, y]| r * x.hypot(y));
            between([r, r], -z - low, z + high)
        }
        Shape::Ellipsoid { half_axes_mm: [a, b, c], z_cuts_mm: [low, high] } => {
            let widest = if low <= 0.0 && high >= 0.0 { 0.0 } else { low.abs().min(high.abs()) / c };
            let share = (1.0 - widest * widest).max(0.0).sqrt();
            between([a * share, b * share], low, high)
        }
        Shape::EllipticalTube { half_mm: [x, y, z] } => between([x, y], -z, z),
        Shape::EllipticalCone { half_axes_per_length: [a, b], height_mm, half_z_mm: z } => {
            between([a * (height_mm + z), b * (height_mm + z)], -z, z)
        }
        Shape::Paraboloid { r_high_mm: r, half_z_mm: z, .. } => between([r, r], -z, z),
        Shape::Hyperboloid { rmax_mm, outer_stereo_rad, half_z_mm: z, .. } => {
            let r = rmax_mm.hypot(z * outer_stereo_rad.tan());
            between([r, r], -z, z)
        }
        Shape::Torus { rmax_mm: r, swept_mm, .. } => between([swept_mm + r; 2], -r, r),
        Shape::GenericPolycone { ref corners, .. } => {
            let r = corners.iter().map(|corner| corner.r_mm).fold(0.0, f64::max);
            let z = || corners.iter().map(|corner| corner.z_mm);
            between([r, r], z().fold(f64::INFINITY, f64::min), z().fold(f64::NEG_INFINITY, f64::max))
        }
        Shape::TwistedTrap { .. } => Trapezoids::of(shape)?.bounds(),
        Shape::TwistedTube { twist_rad, end_rmin_mm, end_rmax_mm: r, half_z_mm: z, delta_phi_rad } => {
            // All azimuths that occur at any z.
            let widest = (0.5 * (delta_phi_rad + twist_rad.abs())).min(PI);
            let nearest = end_rmin_mm * (0.5 * twist_rad).cos();
            let cos = widest.cos();
            let left = if cos > 0.0 { nearest * cos } else { r * cos };
            let side = r * widest.min(FRAC_PI_2).sin();
            BoundingBox { low: [left, -side, -z], high: [r, side, z] }
        }
        _ => return None,
    })
}
