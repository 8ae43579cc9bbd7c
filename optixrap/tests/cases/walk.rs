//! Straight rays through whole geometries, against closed forms in double precision.

use cfg4::detector::{Shape, Transform, VolumeId};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::walk::{RayWalk, StraightRay};

use super::scenes::{Builder, material};

/// A ball of 80 mm in three turned, shifted and once mirrored boxes; also the ball's middle in the world.
fn nested_ball() -> (SceneData, [f64; 3]) {
    let mut b = Builder::world(material("Air", 1.0, None, None), [4000.0; 3]);
    let (mut mother, mut frame) = (VolumeId(0), Transform::IDENTITY);
    for (level, half) in [1500.0, 700.0, 300.0].into_iter().enumerate() {
        let step = Transform::gdml([0.4, -0.7 * level as f64, 1.9], [60.0 * level as f64, -20.0, 35.0]);
        let step = if level == 1 { step.scaled([1.0, 1.0, -1.0]) } else { step };
        let medium = material(&format!("M{level}"), 1.1, None, None);
        mother = b.add(Some(mother), &format!("Box{level}"), medium, Shape::Box { half_mm: [half; 3] }, step);
        frame = frame.after(&step);
    }
    let place = Transform::translation([100.0, -50.0, 25.0]);
    b.add(Some(mother), "Ball", material("Glass", 1.5, None, None), Shape::Orb { r_mm: 80.0 }, place);
    let scene = SceneData::build(&b.0, SurfaceModel::Opticks).unwrap();
    (scene, frame.after(&place).apply([0.0; 3]))
}

/// Points on a spiral over the unit sphere.
fn directions(n: usize) -> impl Iterator<Item = [f64; 3]> {
    (0..n).map(move |i| {
        let z = 1.0 - (2 * i + 1) as f64 / n as f64;
        let (sin, cos) = (2.399_963_229_728_653 * i as f64).sin_cos();
        let r = (1.0 - z * z).sqrt();
        [r * cos, r * sin, z]
    })
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

/// Rays from inside the world and from far outside it that pass the ball's middle at up to 70 mm: they meet the ball
/// where they should, within the rounding of coordinates of some 1500 mm in f32, and its normal there.
#[test]
fn a_ball_in_turned_and_mirrored_mothers_is_met_where_it_is() {
    let (scene, middle) = nested_ball();
    let geometry = scene.geometry();
    let ball = scene.num_nodes() - 1;
    for (start_mm, allowed_mm) in [(300.0, 1e-3), (2e4, 1e-3), (1e9, 1e-3)] {
        for (i, d) in directions(500).enumerate() {
            let aside = StraightRay::new([0.0; 3], [d[1], -d[0], 1e-3]).unwrap().direction;
            let miss = 70.0 * i as f64 / 500.0;
            let across = [0, 1, 2].map(|k| aside[k] - dot(aside, d) * d[k]);
            let across = StraightRay::new([0.0; 3], across).unwrap().direction;
            let origin = [0, 1, 2].map(|k| middle[k] - start_mm * d[k] + miss * across[k]);
            let ray = StraightRay::new(origin, d).unwrap();
            // Where the origin really is, after its own rounding.
            let to_middle = [0, 1, 2].map(|k| middle[k] - ray.origin_mm[k]);
            let along = dot(to_middle, ray.direction);
            let half = (80.0f64.powi(2) - (dot(to_middle, to_middle) - along * along).max(0.0)).sqrt();
            let half = if start_mm > 1e6 { (6400.0 - miss * miss).sqrt() } else { half };
            let found: Vec<_> = RayWalk::new(geometry, ray).merged().collect();
            let entry = found.iter().find(|c| c.to == Some(ball)).expect("the ball is met");
            let exit = found.iter().find(|c| c.from == Some(ball)).expect("the ball is left");
            let rounding = start_mm * 1e-15;
            let worst =
                (entry.distance_mm - (along - half)).abs().max((exit.distance_mm - (along + half)).abs());
            assert!(worst < allowed_mm + rounding, "{start_mm} {i}: {worst}");
            let outward = [0, 1, 2].map(|k| (ray.at(exit.distance_mm)[k] - middle[k]) / 80.0);
            assert!(dot(outward, exit.normal) > 1.0 - 1e-6, "{:?} {outward:?}", exit.normal);
            assert!(found.iter().all(|c| !c.lost), "{found:?}");
            assert_eq!(found.last().and_then(|c| c.to), None, "leaves the world");
        }
    }
}

#[test]
fn every_boundary_leads_from_where_the_last_one_led() {
    let (scene, middle) = nested_ball();
    for d in directions(300) {
        let ray = StraightRay::new([0, 1, 2].map(|k| middle[k] - 5e3 * d[k]), d).unwrap();
        let mut walk = RayWalk::new(scene.geometry(), ray);
        let (mut at, mut distance) = (walk.start(), 0.0);
        for crossing in walk.by_ref() {
            assert_eq!(crossing.from, at);
            assert!(crossing.distance_mm >= distance && dot(crossing.normal, ray.direction) >= 0.0);
            (at, distance) = (crossing.to, crossing.distance_mm);
        }
        assert!(!walk.is_stuck() && at.is_none());
    }
}
