//! Where a detector stands, how it is turned and in how many mothers it is nested does not change its physics.

use cfg4::detector::{Shape, Transform, VolumeId};
use optixrap::engine::End;
use optixrap::scene::{SceneData, SurfaceModel};

use super::chi2::{AssertSame, two_samples};
use super::run::{Outcome, Source, config, point_source, run};
use super::scenes::{Builder, material};

const LIGHT: [f64; 3] = [30.0, -40.0, 50.0];

/// A cube of scintillator with a tile at its top that detects, placed in nested spheres of air, each of which is
/// turned and shifted by `step` in its mother. Also: the cube's frame in the world's.
fn nested(depth: i32, step: Transform) -> (SceneData, Transform) {
    let mut b = Builder::world(material("Air", 1.0, None, None), [4000.0; 3]);
    let (mut mother, mut frame) = (VolumeId(0), Transform::IDENTITY);
    for level in 0..depth {
        let orb = Shape::Orb { r_mm: 3000.0 - 100.0 * f64::from(level) };
        let name = format!("Shell{level}");
        mother = b.add(Some(mother), &name, material("Air", 1.0, None, None), orb, step);
        frame = frame.after(&step);
    }
    let ls = material("LS", 1.5, Some(2000.0), Some(3000.0));
    let cube = b.add(Some(mother), "Cube", ls, Shape::Box { half_mm: [250.0; 3] }, step);
    let tile = Shape::Box { half_mm: [100.0, 100.0, 2.5] };
    let glass = material("Glass", 1.47, None, None);
    let tile = b.add(Some(cube), "Tile", glass, tile, Transform::translation([50.0, 0.0, 247.5]));
    b.skin(tile, &[("EFFICIENCY", 0.6)]);
    (SceneData::build(&b.0, SurfaceModel::Opticks).unwrap(), frame.after(&step))
}

fn light_in(frame: &Transform) -> Source {
    point_source(400_000, frame.apply(LIGHT), 430.0)
}

/// Positions of the hits in the cube's frame.
fn local_hits(ours: &Outcome, frame: &Transform) -> Vec<[f64; 3]> {
    let back = |p: [f64; 3]| {
        let d = [0, 1, 2].map(|i| p[i] - frame.translation_mm[i]);
        [0, 1, 2].map(|i| (0..3).map(|j| frame.rotation[j][i] * d[j]).sum::<f64>())
    };
    ours.hits.iter().map(|h| back([0, 1, 2].map(|i| f64::from(h.0[i])))).collect()
}

/// Ends, and where on the tile hits are, of two runs in their own frames.
#[track_caller]
fn assert_alike(name: &str, a: (&Outcome, &Transform), b: (&Outcome, &Transform)) {
    let ends = End::ALL
        .map(|e| (e.code().to_owned(), a.0.summary.ends.get(e) as f64, b.0.summary.ends.get(e) as f64));
    two_samples(&format!("{name}, ends"), ends).assert_same();
    let map = |(ours, frame): (&Outcome, &Transform)| {
        let mut map = vec![0.0; 64];
        for [x, y, z] in local_hits(ours, frame) {
            assert!((x - 50.0).abs() < 100.01 && y.abs() < 100.01 && z > 244.99 && z < 250.01, "{x} {y} {z}");
            let cell = |v: f64| ((v + 100.0) / 25.0).clamp(0.0, 7.0) as usize;
            map[8 * cell(x - 50.0) + cell(y)] += 1.0;
        }
        map
    };
    let cells = map(a).into_iter().zip(map(b)).enumerate();
    two_samples(&format!("{name}, hits"), cells.map(|(i, (a, b))| (format!("cell {i}"), a, b))).assert_same();
}

#[test]
fn turned_and_nested_detectors_see_the_same() {
    let (scene, frame) = nested(0, Transform::IDENTITY);
    let straight = run(&scene, &light_in(&frame), &config());
    assert!(straight.hits.len() > 5_000, "{} hits", straight.hits.len());
    let turned = Transform::gdml([0.5, -1.1, 2.3], [700.0, -300.0, 400.0]);
    let quarter = Transform::gdml([std::f64::consts::FRAC_PI_2, 0.0, 0.0], [0.0, 100.0, 0.0]);
    let little = Transform::gdml([0.1, 0.2, -0.3], [10.0, 20.0, 5.0]);
    for (name, depth, step) in [("turned", 0, turned), ("quarter", 1, quarter), ("20 deep", 20, little)] {
        let (scene, own) = nested(depth, step);
        let ours = run(&scene, &light_in(&own), &config());
        assert!(ours.summary.corrections <= 1, "{name}: {} corrections", ours.summary.corrections);
        assert_alike(name, (&straight, &frame), (&ours, &own));
    }
}
