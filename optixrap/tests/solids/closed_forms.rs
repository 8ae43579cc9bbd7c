//! Chords and volumes against their formulas.

use std::f64::consts::{PI, TAU};

use cfg4::detector::Shape;
use optixrap::physics::vec3::vec3;
use optixrap::trace::solid::contains;

use super::catalogue::{Solids, catalogue, cone, polycone, sphere, tube};
use super::random::Random;
use super::walk::walk;

/// The distances at which a ray crosses a shape.
fn crossings(shape: Shape, origin: [f32; 3], direction: [f32; 3]) -> Vec<f64> {
    let mut solids = Solids::default();
    let id = solids.add(shape);
    let [[x, y, z], [dx, dy, dz]] = [origin, direction];
    let ray = (vec3(x, y, z), vec3(dx, dy, dz).normalized());
    walk(&solids.flatten().view(), id.0, ray, 1e-4, false).iter().map(|hit| hit.distance_mm).collect()
}

#[track_caller]
pub(super) fn assert_crossings(shape: Shape, origin: [f32; 3], direction: [f32; 3], expected: &[f64]) {
    let found = crossings(shape.clone(), origin, direction);
    let equal =
        found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 2e-5);
    assert!(equal, "{shape:?}: {found:?} instead of {expected:?}");
}

#[test]
fn chords_have_their_closed_forms() {
    let (x, z) = ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0]);
    let hollow = tube(3.0, 5.0, 4.0, 0.0, TAU);
    assert_crossings(hollow.clone(), [-10.0, 0.0, 1.0], x, &[5.0, 7.0, 13.0, 15.0]);
    assert_crossings(hollow.clone(), [-10.0, 4.0, 1.0], x, &[7.0, 13.0]);
    assert_crossings(hollow.clone(), [4.0, 0.0, -10.0], z, &[6.0, 14.0]);
    assert_crossings(hollow, [2.0, 0.0, -10.0], z, &[]);
    let quarter = tube(0.0, 5.0, 4.0, 0.0, PI / 2.0);
    assert_crossings(quarter, [-10.0, 3.0, 0.0], x, &[10.0, 14.0]);
    let three_quarters = tube(0.0, 5.0, 4.0, 0.0, 1.5 * PI);
    assert_crossings(three_quarters.clone(), [-10.0, -3.0, 0.0], x, &[6.0, 10.0]);
    assert_crossings(three_quarters, [3.0, -10.0, 0.0], [0.0, 1.0, 0.0], &[10.0, 14.0]);
    assert_crossings(
        sphere([3.0, 5.0], [0.0, TAU], [0.0, PI]),
        [0.0, 0.0, -10.0],
        z,
        &[5.0, 7.0, 13.0, 15.0],
    );
    let north = sphere([0.0, 5.0], [0.0, TAU], [0.0, PI / 2.0]);
    assert_crossings(north, [3.0, 0.0, -10.0], z, &[10.0, 14.0]);
    let beyond_60_degrees = sphere([0.0, 5.0], [0.0, TAU], [PI / 3.0, PI]);
    let side = 2.0 * 3f64.sqrt();
    assert_crossings(
        beyond_60_degrees,
        [-10.0, 0.0, 2.0],
        x,
        &[10.0 - 21f64.sqrt(), 10.0 - side, 10.0 + side, 10.0 + 21f64.sqrt()],
    );
    let tip = cone([0.0, 4.0], [0.0, 0.0], 2.0, 0.0, TAU);
    assert_crossings(tip.clone(), [-10.0, 0.0, 0.0], x, &[8.0, 12.0]);
    assert_crossings(tip.clone(), [1.0, 0.0, -10.0], z, &[8.0, 11.0]);
    assert_crossings(tip, [-10.0, 0.0, 1.9999], x, &[9.9999, 10.0001]);
    let stepped = polycone(0.0, TAU, &[[0.0, 0.0, 2.0], [1.0, 0.0, 2.0], [1.0, 1.0, 3.0], [4.0, 1.0, 3.0]]);
    assert_crossings(stepped.clone(), [1.5, 0.0, -1.0], z, &[1.0, 5.0]);
    assert_crossings(stepped.clone(), [0.5, 0.0, -1.0], z, &[1.0, 2.0]);
    assert_crossings(stepped.clone(), [2.5, 0.0, -1.0], z, &[2.0, 5.0]);
    assert_crossings(stepped.clone(), [1.5, 0.0, 9.0], [0.0, 0.0, -1.0], &[5.0, 9.0]);
    assert_crossings(stepped, [-10.0, 0.0, 2.0], x, &[7.0, 9.0, 11.0, 13.0]);
}

#[test]
fn points_inside_have_the_volume_of_the_formula() {
    let (solids, entries) = catalogue(10.0);
    let flat = solids.flatten();
    let mut random = Random::new(11);
    for entry in entries {
        let bounds = flat.bounds[entry.solid as usize];
        let around: f64 = (0..3).map(|i| bounds.high[i] - bounds.low[i]).product();
        let n = 100_000;
        let inside = (0..n)
            .filter(|_| contains(&flat.view(), entry.solid, random.point(bounds.low, bounds.high)))
            .count();
        let share = entry.volume_mm3 / around;
        let sigma = (share * (1.0 - share) / n as f64).sqrt();
        let found = inside as f64 / n as f64;
        // 3.5 sigma over 22 solids: fails by chance for one seed in a hundred, and this seed does not.
        assert!((found - share).abs() <= 3.5 * sigma + 1e-9, "{}: {found} instead of {share}", entry.name);
    }
}

#[test]
fn chords_add_up_to_the_volume() {
    let (solids, entries) = catalogue(10.0);
    let flat = solids.flatten();
    let mut random = Random::new(5);
    for entry in entries {
        let bounds = flat.bounds[entry.solid as usize];
        let (n, r) = (20_000, bounds.radius_mm());
        let [cx, cy, cz] = bounds.centre();
        let centre = vec3(cx as f32, cy as f32, cz as f32);
        let (mut sum, mut sum2) = (0.0, 0.0);
        for _ in 0..n {
            let direction = random.direction();
            let (rho, phi) = (r * random.uniform().sqrt(), random.between(0.0, TAU));
            let across = vec3((rho * phi.cos()) as f32, (rho * phi.sin()) as f32, -1.1 * r as f32);
            let hits = walk(
                &flat.view(),
                entry.solid,
                (centre + across.rotate_uz(direction), direction),
                1e-4,
                false,
            );
            assert!(
                hits.len().is_multiple_of(2) && hits.iter().all(|hit| !hit.lost),
                "{}: {hits:?}",
                entry.name
            );
            let chord: f64 = hits.chunks(2).map(|pair| pair[1].distance_mm - pair[0].distance_mm).sum();
            sum += chord;
            sum2 += chord * chord;
        }
        let (mean, disc) = (sum / n as f64, PI * r * r);
        let sigma = disc * ((sum2 / n as f64 - mean * mean) / n as f64).sqrt();
        let deviation = (mean * disc - entry.volume_mm3) / sigma;
        // 3.5 sigma, as above.
        assert!(deviation.abs() < 3.5, "{}: {} sigma from {}", entry.name, deviation, entry.volume_mm3);
    }
}
