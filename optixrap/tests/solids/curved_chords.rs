//! Chords of curved solids against their formulas, and these solids as operands of booleans.

use std::f64::consts::{PI, TAU};

use cfg4::detector::{BooleanOperator, Shape, Transform};
use optixrap::physics::vec3::vec3;

use super::catalogue::Solids;
use super::closed_forms::assert_crossings;
use super::curved_catalogue::{curved_catalogue, generic_polycone};
use super::random::Random;
use super::walk::walk;

const X: [f32; 3] = [1.0, 0.0, 0.0];
const Z: [f32; 3] = [0.0, 0.0, 1.0];

#[test]
fn chords_of_tori_have_their_closed_forms() {
    let torus = |rmin_mm, delta_phi_rad| Shape::Torus {
        rmin_mm,
        rmax_mm: 2.0,
        swept_mm: 5.0,
        start_phi_rad: 0.0,
        delta_phi_rad,
    };
    assert_crossings(torus(0.0, TAU), [-10.0, 0.0, 0.0], X, &[3.0, 7.0, 13.0, 17.0]);
    let all = [3.0, 4.0, 6.0, 7.0, 13.0, 14.0, 16.0, 17.0];
    assert_crossings(torus(1.0, TAU), [-10.0, 0.0, 0.0], X, &all);
    assert_crossings(torus(1.0, TAU), [5.0, 0.0, -10.0], Z, &[8.0, 9.0, 11.0, 12.0]);
    assert_crossings(torus(1.0, TAU), [0.0, 0.0, -10.0], Z, &[]);
    // The half with y above 0, and three quarters, cut by the plane of x = 0 at y below 0.
    let side = [0.0, 1.0, 0.0];
    assert_crossings(torus(0.0, PI), [5.0, -10.0, 0.0], side, &[10.0, 10.0 + 24f64.sqrt()]);
    assert_crossings(torus(0.0, 1.5 * PI), [-10.0, -5.0, 0.0], X, &[10.0 - 24f64.sqrt(), 10.0]);
    // Along the tube's highest circle: a tangent.
    assert_crossings(torus(0.0, TAU), [-10.0, 0.0, 1.999], X, &{
        let half = (4.0 - 1.999f64 * 1.999).sqrt();
        [5.0 - half, 5.0 + half, 15.0 - half, 15.0 + half]
    });
}

#[test]
fn chords_of_quadrics_have_their_closed_forms() {
    let hyperboloid = Shape::Hyperboloid {
        rmin_mm: 1.0,
        rmax_mm: 2.0,
        inner_stereo_rad: 0.0,
        outer_stereo_rad: PI / 4.0,
        half_z_mm: 4.0,
    };
    assert_crossings(hyperboloid.clone(), [-10.0, 0.0, 0.0], X, &[8.0, 9.0, 11.0, 12.0]);
    // rho = 3 is inside beyond z^2 = 9 - 4.
    assert_crossings(hyperboloid, [3.0, 0.0, -10.0], Z, &[6.0, 10.0 - 5f64.sqrt(), 10.0 + 5f64.sqrt(), 14.0]);
    let bowl = Shape::Paraboloid { r_low_mm: 0.0, r_high_mm: 4.0, half_z_mm: 2.0 };
    assert_crossings(bowl.clone(), [2.0, 0.0, -10.0], Z, &[9.0, 12.0]);
    assert_crossings(bowl, [-10.0, 0.0, 0.0], X, &[10.0 - 8f64.sqrt(), 10.0 + 8f64.sqrt()]);
    let tip = Shape::EllipticalCone { half_axes_per_length: [0.5, 2.0], height_mm: 4.0, half_z_mm: 4.0 };
    assert_crossings(tip.clone(), [-10.0, 0.0, 0.0], X, &[8.0, 12.0]);
    assert_crossings(tip.clone(), [0.0, 0.0, -10.0], Z, &[6.0, 14.0]);
    assert_crossings(tip, [1.0, 0.0, -10.0], Z, &[6.0, 12.0]);
    let egg = Shape::Ellipsoid { half_axes_mm: [1.0, 2.0, 5.0], z_cuts_mm: [-3.0, 5.0] };
    assert_crossings(egg.clone(), [0.0, 0.0, -10.0], Z, &[7.0, 15.0]);
    assert_crossings(egg, [-10.0, 0.0, 3.0], X, &[9.2, 10.8]);
}

#[test]
fn rays_through_the_corners_of_a_contour_cross_it_evenly() {
    let mut solids = Solids::default();
    let id = solids.add(generic_polycone(1.0, 0.0, TAU));
    let flat = solids.flatten();
    for z in [-0.6f32, -0.4, 0.1, 0.5] {
        for y in [0.0f32, 0.2, 0.4, 0.5, 0.9] {
            let across = walk(&flat.view(), id.0, (vec3(-3.0, y, z), vec3(1.0, 0.0, 0.0)), 1e-5, false);
            let along = walk(&flat.view(), id.0, (vec3(0.0, y, -3.0), vec3(0.0, 0.0, 1.0)), 1e-5, false);
            assert!(across.len().is_multiple_of(2) && along.len().is_multiple_of(2), "{y} {z}");
            assert!(across.iter().chain(&along).all(|hit| !hit.lost), "{y} {z}");
        }
    }
    // Through the overhang at r = 0.6: the body up to 0.1, then the wedge from its slope at z = 0.2.
    let hits = walk(&flat.view(), id.0, (vec3(0.6, 0.0, -3.0), vec3(0.0, 0.0, 1.0)), 1e-5, false);
    let found: Vec<f64> = hits.iter().map(|hit| hit.distance_mm).collect();
    let expected = [2.4, 3.1, 3.2, 3.5];
    assert!(found.len() == 4 && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-5), "{found:?}");
}

#[test]
fn as_operands_they_are_the_same_solids() {
    let mut solids = Solids::default();
    let around = solids.add(Shape::Box { half_mm: [30.0; 3] });
    let turned = Transform::gdml([0.4, 1.1, -0.7], [3.0, -2.0, 7.0]);
    let mut pairs = Vec::new();
    for (name, shape, _) in curved_catalogue(10.0) {
        let alone = solids.add(shape);
        let operand = solids.combine(BooleanOperator::Intersection, around, alone, turned);
        pairs.push((name, alone.0, operand.0));
    }
    let flat = solids.flatten();
    let (view, mut random) = (flat.view(), Random::new(6));
    for (name, alone, operand) in pairs {
        let mut n_different = 0;
        for _ in 0..500 {
            let direction = random.direction();
            let start = random.point([-10.0; 3], [10.0; 3]) - direction * 60.0;
            let [x, y, z] = turned.apply([start.x, start.y, start.z].map(f64::from));
            let free = Transform { translation_mm: [0.0; 3], ..turned };
            let [u, v, w] = free.apply([direction.x, direction.y, direction.z].map(f64::from));
            let seen = (vec3(x as f32, y as f32, z as f32), vec3(u as f32, v as f32, w as f32).normalized());
            let one = walk(&view, alone, (start, direction), 1e-4, false);
            let other = walk(&view, operand, seen, 1e-4, false);
            let same = one.len() == other.len()
                && one.iter().zip(&other).all(|(a, b)| (a.distance_mm - b.distance_mm).abs() < 2e-3);
            n_different += usize::from(!same);
        }
        // Only at tangents, where rounding decides whether, or far along the ray, it crosses.
        assert!(n_different <= 2, "{name}: {n_different}");
    }
}
