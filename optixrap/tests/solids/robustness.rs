//! What navigation relies on, over sizes from 1 um to 100 m.

use std::f64::consts::TAU;

use cfg4::detector::{BooleanOperator, Shape, Transform};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::solids::{FlatSolids, SolidError};
use optixrap::trace::ray::Ray;
use optixrap::trace::solid::{contains, distance_to_in, distance_to_out, outward_normal};

use super::catalogue::{Solids, catalogue, polycone, tube};
use super::random::Random;
use super::walk::{middle_is, walk};

const SIZES_MM: [f64; 9] = [1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3, 1e4, 1e5];

/// The tolerance that suits a solid of this size: 30 ulp of its coordinates.
fn tolerance(size_mm: f64) -> f32 {
    (size_mm * 4e-6) as f32
}

#[test]
fn walks_agree_with_contains_at_every_size() {
    for (seed, size) in SIZES_MM.into_iter().enumerate() {
        let (solids, entries) = catalogue(size);
        let flat = solids.flatten();
        let (view, mut random) = (flat.view(), Random::new(seed as u64));
        let (mut n_nudged, mut n_wrong) = (0, 0);
        for entry in &entries {
            for _ in 0..300 {
                let direction = random.direction();
                let start = random.point([-2.0 * size; 3], [2.0 * size; 3]) - direction * (5.0 * size as f32);
                let hits = walk(&view, entry.solid, (start, direction), tolerance(size), false);
                assert!(
                    hits.len().is_multiple_of(2) && hits.iter().all(|hit| !hit.lost),
                    "{} {hits:?}",
                    entry.name
                );
                for pair in hits.windows(2).enumerate() {
                    let (index, [one, other]) = (pair.0, [pair.1[0], pair.1[1]]);
                    if other.distance_mm - one.distance_mm > 1e-3 * size {
                        let inside = index % 2 == 0;
                        let agrees = middle_is(&view, entry.solid, one.point, other.point, inside);
                        assert!(agrees, "{} {size}: {hits:?}", entry.name);
                    }
                }
                for (index, hit) in hits.iter().enumerate() {
                    let along = hit.normal.dot(direction);
                    assert!((hit.normal.length() - 1.0).abs() < 1e-5, "{} {hit:?}", entry.name);
                    assert!(
                        if index % 2 == 0 { along <= 1e-3 } else { along >= -1e-3 },
                        "{} {hit:?}",
                        entry.name
                    );
                    let nudge = hit.normal * (2e-5 * size as f32);
                    n_nudged += 1;
                    let right = contains(&view, entry.solid, hit.point - nudge)
                        && !contains(&view, entry.solid, hit.point + nudge);
                    n_wrong += usize::from(!right);
                }
            }
        }
        // Only hits within the nudge of an edge may miss: less than one in 500 here.
        assert!(n_wrong * 500 < n_nudged, "size {size}: {n_wrong} of {n_nudged} nudges");
    }
}

/// The direction after a mirror.
fn reflected(direction: Vec3, normal: Vec3) -> Vec3 {
    (direction - normal * (2.0 * direction.dot(normal))).normalized()
}

#[test]
fn reflected_rays_stay_inside() {
    for (size, seed) in [(1e-3, 3), (1.0, 3), (1e5, 3), (1e5, 17), (1e5, 41), (1.0, 99)] {
        let (solids, entries) = catalogue(size);
        let flat = solids.flatten();
        let (view, mut random) = (flat.view(), Random::new(seed));
        for entry in &entries {
            let bounds = flat.bounds[entry.solid as usize];
            let mut n_lost = 0;
            for _ in 0..50 {
                let mut point = random.point(bounds.low, bounds.high);
                while !contains(&view, entry.solid, point) {
                    point = random.point(bounds.low, bounds.high);
                }
                let mut direction = random.direction();
                for _ in 0..200 {
                    let crossing =
                        distance_to_out(&view, entry.solid, &Ray::new(point, direction), tolerance(size));
                    n_lost += usize::from(crossing.is_lost());
                    point += direction * crossing.distance;
                    let normal = outward_normal(&view, entry.solid, crossing.face, point);
                    // Two bounces at once in a corner may point outwards once more.
                    direction =
                        if direction.dot(normal) > 0.0 { reflected(direction, normal) } else { direction };
                }
                let slack = 1.0 + 1e-4;
                let [low, high] = [bounds.low, bounds.high].map(|v| v.map(|x| x * slack));
                for (i, x) in [point.x, point.y, point.z].into_iter().enumerate() {
                    let x = x as f64;
                    assert!(
                        x >= low[i] - 1e-4 * size && x <= high[i] + 1e-4 * size,
                        "{} {point:?}",
                        entry.name
                    );
                }
            }
            assert!(n_lost <= 1, "{} {size} {seed}: {n_lost} of 10000 lost", entry.name);
        }
    }
}

/// A unit vector at this cosine from `normal`, in the plane of `normal` and `other`.
fn at_cosine(normal: Vec3, other: Vec3, cos: f32) -> Vec3 {
    let tangent = (other - normal * normal.dot(other)).normalized();
    (normal * cos + tangent * (1.0 - cos * cos).sqrt()).normalized()
}

#[test]
fn rays_on_a_face_enter_at_once_or_not_at_all() {
    for size in [1e-3, 1.0, 1e5] {
        let (solids, entries) = catalogue(size);
        let flat = solids.flatten();
        let (view, mut random) = (flat.view(), Random::new(4));
        for entry in &entries {
            let enter = |from, along| {
                distance_to_in(&view, entry.solid, &Ray::new(from, along), tolerance(size), f32::MAX)
            };
            let (mut n_hits, mut n_returned, mut n_missed) = (0, 0, 0);
            for _ in 0..2000 {
                let direction = random.direction();
                let start = random.point([-size; 3], [size; 3]) - direction * (3.0 * size as f32);
                let Some(first) = enter(start, direction) else { continue };
                let hit = start + direction * first.distance;
                let normal = outward_normal(&view, entry.solid, first.face, hit);
                n_hits += 1;
                // To any grazing angle, outwards and inwards: cosines from 1 down to 1e-3, on flat faces to 1e-5.
                let decades = if entry.name == "box" { 5.0 } else { 3.0 };
                let cos = 10f64.powf(-decades * random.uniform()) as f32;
                let away = enter(hit, at_cosine(normal, direction, cos));
                n_returned += usize::from(away.is_some_and(|c| c.distance <= 3.0 * tolerance(size)));
                let inwards = enter(hit, at_cosine(normal, direction, -cos));
                n_missed += usize::from(inwards.is_none_or(|c| c.distance * cos > 2.0 * tolerance(size)));
            }
            assert!(n_hits > 300, "{} {n_hits}", entry.name);
            // Near edges another face may be met at once, or the ray may be out again within the tolerance.
            let counts = (n_returned, n_missed, n_hits);
            let few = if entry.name == "orb" { 0 } else { n_hits / 300 };
            assert!(n_returned <= few && n_missed <= few, "{} {size}: {counts:?}", entry.name);
        }
    }
}

#[test]
fn rays_in_faces_and_along_axes_are_harmless() {
    let (solids, entries) = catalogue(8.0);
    let flat = solids.flatten();
    let steps = [-8.0, -5.6, -4.0, -0.0, 0.0, 4.0, 5.6, 8.0, 12.0];
    let directions = [vec3(1.0, 0.0, 0.0), vec3(0.0, -1.0, 0.0), vec3(-0.0, 0.0, 1.0), vec3(0.6, 0.8, 0.0)];
    for entry in &entries {
        for x in steps {
            for y in steps {
                for z in steps {
                    for direction in directions {
                        let start = vec3(x, y, z) - direction * 64.0;
                        let hits = walk(&flat.view(), entry.solid, (start, direction), 1e-4, false);
                        let finite = hits.iter().all(|hit| hit.distance_mm.is_finite());
                        assert!(
                            finite && hits.len().is_multiple_of(2) && hits.len() < 20,
                            "{} {hits:?}",
                            entry.name
                        );
                        let out = distance_to_out(
                            &flat.view(),
                            entry.solid,
                            &Ray::new(vec3(x, y, z), direction),
                            1e-4,
                        );
                        assert!(out.distance.is_finite() && out.distance >= 0.0, "{} {out:?}", entry.name);
                    }
                }
            }
        }
    }
}

#[test]
fn numbers_that_are_not_finite_end_nowhere() {
    let (solids, entries) = catalogue(8.0);
    let flat = solids.flatten();
    let view = flat.view();
    let values = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, 1e-40];
    for entry in &entries {
        for value in values {
            for (origin, direction) in [
                (vec3(value, 0.5, 0.5), vec3(1.0, 0.0, 0.0)),
                (vec3(0.5, value, value), vec3(0.6, 0.0, 0.8)),
                (vec3(0.5, 0.5, 0.5), vec3(value, 0.0, 0.0)),
                (vec3(0.5, 0.5, 0.5), vec3(0.0, value, value)),
            ] {
                let entered =
                    distance_to_in(&view, entry.solid, &Ray::new(origin, direction), 1e-4, f32::INFINITY);
                assert!(entered.is_none_or(|c| c.distance >= 0.0), "{} {entered:?}", entry.name);
                let left = distance_to_out(&view, entry.solid, &Ray::new(origin, direction), 1e-4);
                assert!(left.distance >= 0.0, "{} {left:?}", entry.name);
            }
        }
    }
}

#[test]
fn coincident_faces_leave_no_skin() {
    let mut solids = Solids::default();
    let cube = solids.add(Shape::Box { half_mm: [50.0; 3] });
    let turned = Transform::gdml([0.4, 1.1, -0.7], [3.0, -20.0, 7.0]);
    let shift = Transform::gdml([0.0; 3], [30.0, 0.0, 0.0]);
    let lid = solids.add(Shape::Box { half_mm: [20.0, 50.0, 50.0] });
    let mut combine = |operator, first_to_frame: Transform, second_to_frame| {
        solids.add(Shape::Boolean { operator, first: cube, first_to_frame, second: lid, second_to_frame }).0
    };
    let rest = combine(BooleanOperator::Subtraction, turned, turned.after(&shift));
    let joined =
        combine(BooleanOperator::Union, turned, turned.after(&Transform::translation([70.0, 0.0, 0.0])));
    let nothing = solids.combine(BooleanOperator::Subtraction, cube, cube, Transform::IDENTITY).0;
    let flat = solids.flatten();
    let mut random = Random::new(8);
    for _ in 0..20_000 {
        let direction = random.direction();
        let start = random.point([-60.0; 3], [60.0; 3]) - direction * 300.0;
        let ray = (start, direction);
        assert!(walk(&flat.view(), nothing, ray, 1e-3, false).is_empty());
        for solid in [rest, joined] {
            // Both are boxes again: every ray crosses them twice or not at all.
            assert!(matches!(walk(&flat.view(), solid, ray, 1e-3, false).len(), 0 | 2), "{ray:?}");
        }
    }
}

#[test]
fn hundreds_of_leaves_are_walked_one_by_one() {
    let mut solids = Solids::default();
    let pearl = solids.add(Shape::Orb { r_mm: 1.0 });
    let hole = solids.add(tube(0.0, 0.25, 1000.0, 0.0, TAU));
    let mut string = pearl;
    for i in 1..300 {
        let at = Transform::translation([0.0, 0.0, 3.0 * i as f64]);
        string = solids.combine(BooleanOperator::Union, string, pearl, at);
    }
    let beads = solids.combine(BooleanOperator::Subtraction, string, hole, Transform::IDENTITY);
    let flat = solids.flatten();
    let z = vec3(0.0, 0.0, 1.0);
    let along = |x: f32| walk(&flat.view(), beads.0, (vec3(x, 0.0, -5.0), z), 1e-4, false);
    assert_eq!(along(0.1).len(), 0);
    let hits = along(0.6);
    assert_eq!(hits.len(), 600);
    for (i, hit) in hits.iter().enumerate() {
        let expected = 5.0 + 3.0 * (i / 2) as f64 + if i % 2 == 0 { -0.8 } else { 0.8 };
        assert!((hit.distance_mm - expected).abs() < 2e-3, "{i}: {}", hit.distance_mm);
    }
}

#[test]
fn what_cannot_be_traced_is_named() {
    let mut solids = Solids::default();
    solids.add(polycone(0.0, TAU, &[[1.0, 0.0, 1.0], [1.0, 0.0, 2.0]]));
    let error = FlatSolids::new(solids.detector()).unwrap_err();
    assert_eq!(error, SolidError::NoThickness { name: "solid0".to_owned() });

    let mut solids = Solids::default();
    let cube = solids.add(Shape::Box { half_mm: [1.0; 3] });
    let flattened =
        Transform { rotation: [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]], ..Transform::IDENTITY };
    solids.combine(BooleanOperator::Union, cube, cube, flattened);
    let error = FlatSolids::new(solids.detector()).unwrap_err();
    assert!(matches!(error, SolidError::Flattened { .. }), "{error}");

    let mut solids = Solids::default();
    let mut doubled = solids.add(Shape::Box { half_mm: [1.0; 3] });
    for _ in 0..40 {
        doubled = solids.combine(BooleanOperator::Union, doubled, doubled, Transform::IDENTITY);
    }
    let error = FlatSolids::new(solids.detector()).unwrap_err();
    assert!(matches!(error, SolidError::TooManyLeaves { .. }), "{error}");
}
