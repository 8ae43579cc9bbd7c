//! Regular arrays: the same bits as placements one by one, and nothing leaks at the faces, edges and corners of cells.

use cfg4::detector::{Copies, Detector, PlacementId, RegularCopies, Shape, Step, Transform, VolumeId};
use optixrap::engine::{End, HitRecord};
use optixrap::physics::vec3::vec3;
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::trace::geometry::NONE;

use super::chi2::{AssertSame, two_samples};
use super::run::{Outcome, Source, config, item, point_source, run};
use super::scenes::{Builder, material};
use super::touching::{assert_tight, dark};

const HALF_MM: [f64; 3] = [200.0, 100.0, 50.0];

fn last(detector: &Detector) -> PlacementId {
    PlacementId(detector.placements.len() as u32 - 1)
}

/// Makes an array of the placement made last, whose transform is that of copy 0.
fn repeat(b: &mut Builder, number: u32, step: Step) {
    let id = last(&b.0);
    let solid = b.0.volume(b.0.placement(id).volume).solid;
    b.0.placements[id.index()].copies = Copies::Regular(RegularCopies { number, step, solid });
}

/// A block of 10 columns along x, each of 8 cells along y, each with a bead; in a world that light cannot enter.
fn grid(block: Transform, surface: Option<f64>) -> Detector {
    let mut b = Builder::world(dark(), [500.0; 3]);
    let crystal = |name| material(name, 1.8, Some(900.0), Some(2500.0));
    let cuboid = |half_mm| Shape::Box { half_mm };
    let block = b.add(Some(VolumeId(0)), "Block", crystal("Block"), cuboid(HALF_MM), block);
    let at = Transform::translation([-180.0, 0.0, 0.0]);
    let column = b.add(Some(block), "Column", crystal("Column"), cuboid([20.0, 100.0, 50.0]), at);
    repeat(&mut b, 10, Step::Shift([40.0, 0.0, 0.0]));
    let at = Transform::translation([0.0, -87.5, 0.0]);
    let cell = b.add(Some(column), "Cell", crystal("Cell"), cuboid([20.0, 12.5, 50.0]), at);
    repeat(&mut b, 8, Step::Shift([0.0, 25.0, 0.0]));
    let at = Transform::translation([2.0, 1.0, -9.0]);
    let glass = material("Glass", 1.5, Some(2000.0), None);
    let bead = b.add(Some(cell), "Bead", glass, Shape::Orb { r_mm: 9.0 }, at);
    if let Some(reflectivity) = surface {
        b.skin(cell, &[("REFLECTIVITY", reflectivity)]);
    } else {
        b.skin(bead, &[("EFFICIENCY", 0.1)]);
    }
    b.0
}

/// A disc of 12 segments of 4 layers, each with a bead, that leave a gap of a twelfth in phi.
fn ring() -> Detector {
    let mut b = Builder::world(dark(), [500.0; 3]);
    let crystal = |name| material(name, 1.8, Some(900.0), Some(2500.0));
    let width = std::f64::consts::TAU / 13.0;
    let tube = |half_z_mm, start_phi_rad, delta_phi_rad| Shape::Tube {
        rmin_mm: 0.0,
        rmax_mm: 150.0,
        half_z_mm,
        start_phi_rad,
        delta_phi_rad,
    };
    let disc = tube(80.0, 0.0, std::f64::consts::TAU);
    let tilt = Transform::gdml([0.3, 0.2, 0.1], [10.0, 20.0, 30.0]);
    let disc = b.add(Some(VolumeId(0)), "Disc", crystal("Disc"), disc, tilt);
    let (sin, cos) = 0.7_f64.sin_cos();
    let turned =
        Transform { rotation: [[cos, -sin, 0.0], [sin, cos, 0.0], [0.0, 0.0, 1.0]], ..Transform::IDENTITY };
    let segment = tube(80.0, -width / 2.0, width);
    let segment = b.add(Some(disc), "Segment", crystal("Segment"), segment, turned);
    repeat(&mut b, 12, Step::Turn(width));
    let layer = tube(20.0, -width / 2.0, width);
    let at = Transform::translation([0.0, 0.0, -60.0]);
    let layer = b.add(Some(segment), "Layer", crystal("Layer"), layer, at);
    repeat(&mut b, 4, Step::Shift([0.0, 0.0, 40.0]));
    let glass = material("Glass", 1.5, Some(2000.0), None);
    let bead = Transform::translation([110.0, 4.0, 3.0]);
    let bead = b.add(Some(layer), "Bead", glass, Shape::Orb { r_mm: 9.0 }, bead);
    b.skin(bead, &[("EFFICIENCY", 0.1)]);
    b.0
}

/// The same detector with its arrays placed one by one.
fn one_by_one(mut detector: Detector) -> Detector {
    for index in 0..detector.placements.len() {
        let array = detector.placements[index].clone();
        let (Copies::Regular(_), Some(mother)) = (&array.copies, array.mother) else { continue };
        detector.placements[index].copies = Copies::Once;
        for k in 1..array.number_of_copies() {
            let (transform, copy_number) = (array.transform_of_copy(k), array.copy_number_of(k));
            let copy =
                cfg4::detector::Placement { transform, copy_number, copies: Copies::Once, ..array.clone() };
            detector.placements.push(copy);
            let id = last(&detector);
            detector.volumes[mother.index()].daughters.push(id);
        }
    }
    detector
}

fn scene(detector: &Detector) -> SceneData {
    SceneData::build(detector, SurfaceModel::Opticks).unwrap()
}

/// Scenes of arrays, with a place inside where light may start.
pub(crate) fn scenes() -> [(&'static str, SceneData, [f64; 3]); 2] {
    let grid = scene(&grid(Transform::IDENTITY, None));
    [("grid", grid, [7.0, 3.0, 1.0]), ("ring", scene(&ring()), [40.0, 25.0, 33.0])]
}

#[test]
fn arrays_give_the_bits_of_placements_one_by_one() {
    for (name, detector, at) in
        [("grid", grid(Transform::IDENTITY, None), [7.0, 3.0, 1.0]), ("ring", ring(), [40.0, 25.0, 33.0])]
    {
        let (array, single) = (scene(&detector), scene(&one_by_one(detector)));
        assert_eq!(array.num_nodes(), single.num_nodes(), "{name}");
        assert_eq!(array.num_sensors(), if name == "grid" { 80 } else { 48 });
        let source = point_source(40_000, at, 430.0);
        let [ours, theirs] = [&array, &single].map(|scene| run(scene, &source, &config()));
        assert!(ours.summary.ends.get(End::SurfaceDetect) > 200, "{name}: {:?}", ours.summary.ends);
        assert!(ours.summary.hits_per_sensor.len() > 40, "{name}");
        assert_eq!((ours.summary.corrections, theirs.summary.corrections), (0, 0), "{name}");
        let bits = |p: &HitRecord| p.0.map(f32::to_bits);
        let differ = ours.photons.iter().zip(&theirs.photons).filter(|(a, b)| bits(a) != bits(b)).count();
        // Between turned placements there are cracks of a rounding, and none between the copies of an array: one photon
        // in a thousand may have a point more there.
        let most = if name == "grid" { 0 } else { 40 };
        assert!(differ <= most, "{name}: {differ} photons differ");
    }
}

/// Two grids, one turned, and in each cell a second bead that is no sensor before the one that is.
fn two_grids() -> Detector {
    let mut detector = grid(Transform::IDENTITY, None);
    let named = |name: &str| detector.placements.iter().position(|p| p.name.contains(name)).unwrap();
    let (block, bead) = (named("Block"), named("Bead"));
    let cell = detector.placements[bead].mother.unwrap();
    let mut glass = detector.volumes[detector.placements[bead].volume.index()].clone();
    glass.name = "Plain".to_owned();
    detector.volumes.push(glass);
    let volume = VolumeId(detector.volumes.len() as u32 - 1);
    let transform = Transform::translation([-9.0, -2.0, 20.0]);
    detector.placements.push(cfg4::detector::Placement {
        volume,
        transform,
        ..detector.placements[bead].clone()
    });
    let plain = last(&detector);
    detector.volumes[cell.index()].daughters.insert(0, plain);
    let transform = Transform::gdml([0.0, 0.0, 0.5], [0.0, 0.0, 250.0]);
    detector.placements.push(cfg4::detector::Placement { transform, ..detector.placements[block].clone() });
    let turned = last(&detector);
    detector.volumes[0].daughters.push(turned);
    detector
}

/// Placement, copy, frame, sensor, boundary and mother of every touchable, in depth-first order.
fn touchables(scene: &SceneData) -> Vec<String> {
    let g = scene.geometry();
    let depth_first = |node: u32| if node == NONE { NONE } else { g.depth_first(node) };
    let told = |position: u32| {
        let node = scene.node_of_depth_first(position).unwrap();
        assert_eq!(g.depth_first(node), position);
        let sensor = g.sensor(node);
        assert_eq!(scene.sensor_node(sensor as usize), (sensor != 0).then_some(node));
        let daughters = 0..g.volume_of(node).n_daughters;
        for (k, child) in daughters.map(|k| (k, g.child(node, k))) {
            assert_eq!((g.parent(child), g.daughter_number(child)), (node, k));
        }
        let origin = g.to_world(node).point(vec3(0.0, 0.0, 0.0));
        let (volume, boundary) = (g.record(node).volume, g.record(node).boundary);
        let mother = depth_first(g.parent(node));
        format!("{volume} in {mother} at {origin:?}, sensor {sensor}, boundary {boundary}")
    };
    (0..scene.num_nodes()).map(told).collect()
}

#[test]
fn touchables_in_arrays_are_numbered_as_placements_one_by_one() {
    for detector in
        [grid(Transform::IDENTITY, None), grid(Transform::IDENTITY, Some(0.5)), ring(), two_grids()]
    {
        let (array, single) = (scene(&detector), scene(&one_by_one(detector)));
        assert!(array.structure_bytes().1 < 1000, "{:?}", array.structure_bytes());
        assert_eq!(touchables(&array), touchables(&single));
        assert!(array.sensors().map(|node| array.geometry().sensor(node)).eq(1..=array.num_sensors() as u32));
        assert_eq!(array.node_of_depth_first(array.num_nodes()), None);
        assert_eq!(array.sensor_node(array.num_sensors() + 1), None);
    }
}

/// Rays along faces, edges, diagonals and axes of cells.
fn special_rays() -> Source {
    let mut rays = Vec::new();
    for at in [[0.0, 0.0, 0.0], [40.0, 25.0, 0.0], [-80.0, 12.5, 10.0], [20.0, -25.0, 49.0], [0.0, 7.0, 0.0]]
    {
        for direction in [
            [1.0, 0.0, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.0, 1.0],
            [0.8, 0.6, 0.0],
            [40.0, 25.0, 0.0],
            [40.0, -25.0, 3.0],
            [1.0, 1e-4, 0.0],
            [1e-7, 1.0, 0.0],
        ] {
            for sign in [1.0, -1.0] {
                let length = direction.iter().map(|x: &f64| x * x).sum::<f64>().sqrt();
                let d = direction.map(|x| sign * x / length);
                let across: [f64; 3] = if d[2].abs() < 0.9 { [d[1], -d[0], 0.0] } else { [1.0, 0.0, 0.0] };
                let norm = across.iter().map(|x| x * x).sum::<f64>().sqrt();
                for _ in 0..100 {
                    rays.push(item(at, d, across.map(|x| x / norm), 430.0));
                }
            }
        }
    }
    Source::Photons(rays)
}

/// Photons that end outside the block, and those on its hull.
fn outside_and_on_hull(ours: &Outcome) -> (usize, u64) {
    let beyond = ours.photons.iter().map(|photon| {
        (0..3).map(|i| photon.0[i].abs() - HALF_MM[i] as f32).fold(f32::NEG_INFINITY, f32::max)
    });
    let outside = beyond.clone().filter(|&x| x > 1e-3).count();
    (outside, beyond.filter(|&x| x > -1e-3).count() as u64)
}

#[test]
fn nothing_leaks_between_the_cells_of_a_grid() {
    let scene = scene(&grid(Transform::IDENTITY, None));
    let sources = [[0.0; 3], [0.0, 5.0, 7.0], [40.0, 25.0, 40.0], [-200.0, -100.0, -50.0].map(|x| x * 0.999)]
        .map(|at| point_source(50_000, at, 430.0));
    for source in sources.into_iter().chain([special_rays()]) {
        let ours = run(&scene, &source, &config());
        assert_tight(&ours);
        let (outside, on_hull) = outside_and_on_hull(&ours);
        let dark = ours.summary.ends.get(End::NoRindex);
        assert_eq!(outside, 0);
        assert!(on_hull >= dark && on_hull < dark + 100, "{dark} end at the hull, {on_hull} lie on it");
    }
}

/// Between a cell and what is around it or in it there is no way: where faces coincide, the skin of the block would not
/// be met at all, as in Geant4.
#[test]
fn light_stays_in_mirrored_cells() {
    let scene = scene(&grid(Transform::IDENTITY, Some(1.0)));
    for source in [point_source(5_000, [0.0, 25.0, 3.0], 430.0), special_rays()] {
        let ours = run(&scene, &source, &config());
        assert_tight(&ours);
        assert_eq!(ours.summary.ends.get(End::BulkAbsorb), ours.summary.photons);
        assert_eq!(outside_and_on_hull(&ours).0, 0);
    }
}

/// A block that is placed mirrored sees light from the mirrored place as the block sees the light.
#[test]
fn arrays_in_mirrored_placements_are_mirror_images() {
    let mirror = Transform::IDENTITY.scaled([1.0, 1.0, -1.0]);
    let source = |z: f64| point_source(100_000, [13.0, -7.0, z], 430.0);
    let plain = run(&scene(&grid(Transform::IDENTITY, None)), &source(31.0), &config());
    let mirrored = run(&scene(&grid(mirror, None)), &source(-31.0), &config());
    assert_tight(&mirrored);
    let ends = |o: &Outcome| End::ALL.map(|e| o.summary.ends.get(e) as f64);
    let pairs = ends(&plain).into_iter().zip(ends(&mirrored)).zip(End::ALL);
    two_samples("ends", pairs.map(|((a, b), e)| (e.code().to_owned(), a, b))).assert_same();
    let heights = |o: &Outcome, sign: f32| {
        let mut bins = vec![0.0; 20];
        o.hits.iter().for_each(|hit| bins[((sign * hit.0[2] + 50.0) / 5.0).clamp(0.0, 19.0) as usize] += 1.0);
        bins
    };
    let pairs = heights(&plain, 1.0).into_iter().zip(heights(&mirrored, -1.0)).enumerate();
    two_samples("heights of hits", pairs.map(|(i, (a, b))| (format!("bin {i}"), a, b))).assert_same();
}
