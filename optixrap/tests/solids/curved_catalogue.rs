//! Solids with curved and twisted surfaces, of any size, with the volume that their formula gives.

use std::f64::consts::{PI, TAU};

use cfg4::detector::{RzCorner, Shape};

fn torus(rmin_mm: f64, rmax_mm: f64, swept_mm: f64, start_phi_rad: f64, delta_phi_rad: f64) -> Shape {
    Shape::Torus { rmin_mm, rmax_mm, swept_mm, start_phi_rad, delta_phi_rad }
}

/// Of pure numbers times `s`; the contour is that of a cup with an overhanging rim, of two rectangles and a triangle.
pub(super) fn generic_polycone(s: f64, start_phi_rad: f64, delta_phi_rad: f64) -> Shape {
    let corners =
        [[0.2, -0.6], [0.9, -0.6], [0.9, 0.1], [0.5, 0.1], [0.9, 0.5], [0.4, 0.5], [0.4, -0.4], [0.2, -0.4]];
    let corners = corners.map(|[r, z]| RzCorner { r_mm: r * s, z_mm: z * s }).to_vec();
    Shape::GenericPolycone { start_phi_rad, delta_phi_rad, corners }
}

/// Pappus: 2 pi times the integral of r over the contour.
fn volume_of_contour(shape: &Shape) -> f64 {
    let Shape::GenericPolycone { corners, .. } = shape else { return 0.0 };
    let pairs = (0..corners.len()).map(|i| (corners[i], corners[(i + 1) % corners.len()]));
    pairs
        .map(|(p, q)| PI / 3.0 * (q.z_mm - p.z_mm) * (p.r_mm * p.r_mm + p.r_mm * q.r_mm + q.r_mm * q.r_mm))
        .sum()
}

fn cut_tube(s: f64, rmin: f64, start_phi_rad: f64, delta_phi_rad: f64) -> Shape {
    let unit = |[x, y, z]: [f64; 3]| {
        let length = (x * x + y * y + z * z).sqrt();
        [x / length, y / length, z / length]
    };
    Shape::CutTube {
        rmin_mm: rmin * s,
        rmax_mm: 0.6 * s,
        half_z_mm: 0.7 * s,
        start_phi_rad,
        delta_phi_rad,
        low_normal: unit([0.3, -0.2, -1.0]),
        high_normal: unit([0.1, 0.4, 1.0]),
    }
}

pub(super) fn twisted_trap(s: f64, twist_rad: f64, theta_rad: f64, alpha_rad: f64) -> Shape {
    Shape::TwistedTrap {
        twist_rad,
        half_z_mm: 0.8 * s,
        theta_rad,
        phi_rad: 0.7,
        half_y_mm: [0.4 * s, 0.5 * s],
        half_x_mm: [0.3 * s, 0.38 * s, 0.4 * s, 0.5 * s],
        alpha_rad,
    }
}

fn twisted_tube(s: f64, twist_rad: f64, delta_phi_rad: f64) -> Shape {
    Shape::TwistedTube {
        twist_rad,
        end_rmin_mm: 0.3 * s,
        end_rmax_mm: 0.9 * s,
        half_z_mm: 0.8 * s,
        delta_phi_rad,
    }
}

fn twisted_box(s: f64) -> Shape {
    Shape::TwistedTrap {
        twist_rad: -1.3,
        half_z_mm: 0.8 * s,
        theta_rad: 0.0,
        phi_rad: 0.0,
        half_y_mm: [0.4 * s; 2],
        half_x_mm: [0.5 * s; 4],
        alpha_rad: 0.0,
    }
}

/// Names, shapes scaled by `s` and their volumes for `s` = 1.
pub(super) fn curved_catalogue(s: f64) -> Vec<(&'static str, Shape, f64)> {
    let contour = volume_of_contour(&generic_polycone(1.0, 0.0, TAU));
    // Mean over z of the area of the trapezoids, of a quadratic function of z: Simpson.
    let (ends, middle) = (4.0 * (0.34 * 0.4 + 0.45 * 0.5), 4.0 * 0.395 * 0.45);
    let trap = 1.6 * (ends + 4.0 * middle) / 6.0;
    // The squared radii grow by tan^2 from the middle to the ends: a third of it on average.
    let tube = |twist: f64| {
        let half = 0.5 * twist;
        1.6 * 0.5 * 0.72 * half.cos().powi(2) * (1.0 + half.tan().powi(2) / 3.0)
    };
    let hype = |r: f64, stereo: f64| r * r + (0.8 * f64::tan(stereo)).powi(2) / 3.0;
    let hyperboloid = |rmin_mm: f64, inner_stereo_rad: f64| Shape::Hyperboloid {
        rmin_mm: rmin_mm * s,
        rmax_mm: 0.5 * s,
        inner_stereo_rad,
        outer_stereo_rad: 0.6,
        half_z_mm: 0.8 * s,
    };
    let ellipsoid = |half_axes: [f64; 3], cuts: [f64; 2]| Shape::Ellipsoid {
        half_axes_mm: half_axes.map(|x| x * s),
        z_cuts_mm: cuts.map(|z| z * s),
    };
    vec![
        ("cut tube", cut_tube(s, 0.0, 0.0, TAU), PI * 0.36 * 1.4),
        ("cut tube with hole", cut_tube(s, 0.2, 0.0, TAU), PI * 0.32 * 1.4),
        ("ellipsoid", ellipsoid([0.5, 0.9, 1.0], [-1.0, 1.0]), 4.0 / 3.0 * PI * 0.45),
        (
            "cut ellipsoid",
            ellipsoid([1.0, 0.6, 0.8], [-0.4, 0.2]),
            PI * 0.6 * (0.6 - (0.008 + 0.064) / (3.0 * 0.64)),
        ),
        ("elliptical tube", Shape::EllipticalTube { half_mm: [0.4 * s, 0.9 * s, 0.7 * s] }, PI * 0.36 * 1.4),
        (
            "elliptical cone",
            Shape::EllipticalCone { half_axes_per_length: [0.5, 0.3], height_mm: s, half_z_mm: 0.4 * s },
            PI * 0.15 / 3.0 * (1.4f64.powi(3) - 0.6f64.powi(3)),
        ),
        (
            "elliptical tip",
            Shape::EllipticalCone {
                half_axes_per_length: [0.5, 0.7],
                height_mm: 0.6 * s,
                half_z_mm: 0.6 * s,
            },
            PI * 0.35 / 3.0 * 1.2f64.powi(3),
        ),
        (
            "paraboloid",
            Shape::Paraboloid { r_low_mm: 0.3 * s, r_high_mm: 0.9 * s, half_z_mm: 0.7 * s },
            PI * 0.7 * 0.9,
        ),
        ("bowl", Shape::Paraboloid { r_low_mm: 0.0, r_high_mm: s, half_z_mm: 0.9 * s }, PI * 0.9),
        ("hyperboloid", hyperboloid(0.0, 0.0), PI * 1.6 * hype(0.5, 0.6)),
        ("hyperboloid with hole", hyperboloid(0.2, 0.4), PI * 1.6 * (hype(0.5, 0.6) - hype(0.2, 0.4))),
        ("torus", torus(0.0, 0.3 * s, 0.7 * s, 0.0, TAU), 2.0 * PI * PI * 0.7 * 0.09),
        ("hollow torus", torus(0.2 * s, 0.3 * s, 0.6 * s, 0.0, TAU), 2.0 * PI * PI * 0.6 * 0.05),
        ("narrow torus", torus(0.1 * s, 0.3 * s, 0.6 * s, 0.3, 2.0), PI * 2.0 * 0.6 * 0.08),
        ("wide torus", torus(0.1 * s, 0.4 * s, 0.5 * s, -1.0, 5.0), PI * 5.0 * 0.5 * 0.15),
        ("generic polycone", generic_polycone(s, 0.0, TAU), contour),
        ("generic polycone segment", generic_polycone(s, 0.4, 4.0), contour * 4.0 / TAU),
        ("twisted box", twisted_box(s), 8.0 * 0.16),
        ("twisted trap", twisted_trap(s, 0.8, 0.3, 0.2), trap),
        ("twisted tube", twisted_tube(s, 0.9, 1.2), 1.2 * tube(0.9)),
        ("wide twisted tube", twisted_tube(s, -1.4, 4.5), 4.5 * tube(1.4)),
    ]
}
