//! Rays straight through whole geometries: the volumes that Geant4's navigator (11.2.2) meets, in its order, at its
//! distances.

use std::collections::HashMap;
use std::path::Path;

use cfg4::detector::Copies;
use g4ok::DetectorGeometry;
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::SurfaceModel;
use optixrap::trace::geometry::NONE;
use optixrap::trace::navigate;

use super::run::shared;

/// One boundary on the way.
struct Crossing {
    distance_mm: f64,
    /// The node behind it, [`NONE`] outside the world.
    node: u32,
    /// Against the ray, in the world's frame.
    normal: Vec3,
}

/// The node at the start of a ray, and every boundary up to the end of the world.
fn walk(geometry: &DetectorGeometry, origin: Vec3, direction: Vec3) -> (u32, Vec<Crossing>) {
    let g = geometry.scene().geometry();
    let place = navigate::locate_along(&g, origin, direction).unwrap();
    let (mut at, mut p, mut d) = (place.node, place.frame.point(origin), place.frame.direction(direction));
    let (mut crossings, mut distance_mm, mut left_behind) = (Vec::new(), 0.0, NONE);
    while at != NONE && crossings.len() < 1000 {
        let boundary = navigate::next_boundary(&g, at, p, d, left_behind);
        p += d * boundary.distance;
        distance_mm += f64::from(boundary.distance);
        let far = navigate::beyond(&g, at, &boundary, p, d);
        let normal = g.to_world(at).direction(navigate::normal(&g, at, &boundary, p, d));
        crossings.push(Crossing { distance_mm, node: far, normal });
        if far != NONE {
            let frame = navigate::frame_between(&g, at, far);
            (p, d) = (frame.point(p), frame.direction(d));
            left_behind = navigate::left_behind(&g, at, &boundary, far);
        }
        at = far;
    }
    (place.node, crossings)
}

fn load(path: &Path) -> Vec<Vec<f32>> {
    npy::NPY::<f32>::load(path).unwrap().items().map(<[f32]>::to_vec).collect()
}

/// What a comparison found.
#[derive(Debug, Default, PartialEq)]
struct Comparison {
    rays: usize,
    crossings: usize,
    volumes_differ: usize,
    beyond_fine: usize,
    beyond_coarse: usize,
    normal_differs: usize,
    /// Normals that Geant4 turns twice.
    turned_twice: usize,
    worst_mm: f64,
    examples: Vec<String>,
}

impl Comparison {
    fn note(&mut self, example: String) {
        if self.examples.len() < 5 {
            self.examples.push(example);
        }
    }
}

fn is_replica(geometry: &DetectorGeometry, node: u32) -> bool {
    let placement = geometry.detector().placement(geometry.placement(node));
    placement.name.ends_with("_PV") && matches!(placement.copies, Copies::Regular(_))
}

/// The normal that Geant4 gives where a ray leaves a replica whose mother is turned: `G4ReplicaNavigation` applies the
/// mother's rotation before it hands the normal to the navigator, which applies it as well. The faces of a box have three
/// normals, and what Geant4 gives is none of them.
fn turned_by_mother(geometry: &DetectorGeometry, node: u32, normal: Vec3) -> Vec3 {
    let g = geometry.scene().geometry();
    let mother = g.parent(node);
    let to_world = g.to_world(mother);
    to_world.direction(g.to_mother(mother).direction(to_world.inverse().direction(normal)))
}

fn compare(name: &str, gdml: &str) -> Option<Comparison> {
    let folder = shared(&format!("reference/scans/{name}"))?;
    let geometry = DetectorGeometry::read(&shared(gdml)?, SurfaceModel::Opticks).unwrap();
    let scan: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("scan.json")).unwrap()).unwrap();
    let paths: Vec<&str> =
        scan["volume_paths"].as_array().unwrap().iter().map(|path| path.as_str().unwrap()).collect();
    let [rays, distances, volumes, normals] = ["rays", "distance", "volume", "first_exit_normal"]
        .map(|f| load(&folder.join(f).with_extension("npy")));
    let mut known = HashMap::new();
    let mut path = |node: u32| match node {
        NONE => String::new(),
        node => known.entry(node).or_insert_with(|| geometry.path(node)).clone(),
    };
    let mut found = Comparison::default();
    for (i, ray) in rays.iter().enumerate() {
        let length = ray[3..].iter().map(|&x| f64::from(x).powi(2)).sum::<f64>().sqrt();
        let d = [3, 4, 5].map(|k| (f64::from(ray[k]) / length) as f32);
        let (start, crossings) = walk(&geometry, vec3(ray[0], ray[1], ray[2]), vec3(d[0], d[1], d[2]));
        let expected: Vec<f64> = distances[i].iter().filter(|x| !x.is_nan()).map(|&x| x.into()).collect();
        let volume = |k: usize| match volumes[i][k] {
            index if index >= 0.0 => paths[index as usize],
            _ => "",
        };
        found.rays += 1;
        let sequence: Vec<String> =
            std::iter::once(start).chain(crossings.iter().map(|c| c.node)).map(&mut path).collect();
        let theirs: Vec<&str> = (0..=expected.len()).map(volume).collect();
        if sequence != theirs {
            found.volumes_differ += 1;
            found.note(format!("ray {i}: {sequence:?}\n  Geant4: {theirs:?} {expected:?}"));
            continue;
        }
        for (ours, theirs) in crossings.iter().zip(&expected) {
            let deviation = (ours.distance_mm - theirs).abs();
            found.crossings += 1;
            found.beyond_fine += usize::from(deviation > 1e-3 + 2e-6 * theirs);
            found.beyond_coarse += usize::from(deviation > 0.01);
            found.worst_mm = found.worst_mm.max(deviation);
        }
        let n = vec3(normals[i][0], normals[i][1], normals[i][2]);
        let ours = crossings[0].normal;
        let is = |other: Vec3| (n - other).length().min((n + other).length()) <= 1e-3;
        if is_replica(&geometry, start) && is(turned_by_mother(&geometry, start, ours)) {
            found.turned_twice += 1;
        } else if !is(ours) {
            found.normal_differs += 1;
            found.note(format!("ray {i}: normal {ours:?}, Geant4's is {n:?}"));
        }
    }
    Some(found)
}

#[track_caller]
fn assert_alike(name: &str, gdml: &str, n_rays: usize, turned_twice: usize) {
    let Some(found) = compare(name, gdml) else { return };
    println!("{name}: {found:?}");
    assert!(found.rays == n_rays && found.crossings > n_rays, "{found:#?}");
    assert_eq!((found.volumes_differ, found.beyond_coarse, found.normal_differs), (0, 0, 0), "{found:#?}");
    assert_eq!(found.turned_twice, turned_twice, "{found:#?}");
    assert!(found.beyond_fine * 1000 <= found.crossings, "{found:#?}");
}

#[test]
fn placements_of_every_kind_are_met_as_geant4_meets_them() {
    assert_alike("placements_a", "reference/scans/gdml/placements_a.gdml", 4000, 4);
}

#[test]
fn detectors_of_users_are_met_as_geant4_meets_them() {
    for (name, n_rays) in
        [("CerenkovMinimal", 1000), ("G4Opticks_50000", 1500), ("G4Opticks_50000.feb2021", 1500)]
    {
        assert_alike(name, &format!("gdml/{name}.gdml"), n_rays, 0);
    }
}
