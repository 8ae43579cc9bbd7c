//! Things of GDML that are easily taken another way: the volumes that Geant4's navigator (11.3.0) meets on straight rays,
//! in its order, at its distances.

use g4ok::DetectorGeometry;
use optixrap::scene::SurfaceModel;
use optixrap::walk::{RayWalk, StraightRay};

use super::run::detector;

/// Boundaries closer together than this are one, mm.
const SAME_MM: f64 = 2e-6;

fn triple(field: &str) -> [f64; 3] {
    let numbers: Vec<f64> = field.split_whitespace().map(|x| x.parse().unwrap()).collect();
    numbers.try_into().unwrap()
}

/// The start and the boundaries of a ray, as the table has them.
fn walk(geometry: &DetectorGeometry, ray: StraightRay) -> (String, Vec<(f64, String)>) {
    let name = |node: Option<u32>| match node.map(|node| geometry.path(node)) {
        None => "-".to_owned(),
        Some(path) => match path.strip_prefix("/W_PV#0").unwrap().trim_start_matches('/') {
            "" => ".".to_owned(),
            below => below.to_owned(),
        },
    };
    let walk = RayWalk::new(geometry.scene().geometry(), ray);
    let start = name(walk.start());
    (start, walk.merged().map(|crossing| (crossing.distance_mm, name(crossing.to))).collect())
}

#[test]
fn rays_meet_the_volumes_that_they_meet_in_geant4() {
    let text = include_str!("../../data/geant4_rays.gdml");
    let geometry = DetectorGeometry::new(detector(text), SurfaceModel::Opticks).unwrap();
    let (mut rays, mut crossings) = (0, 0);
    for line in include_str!("../../data/geant4_11_3_rays.txt").lines().filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split("; ").collect();
        let ray = StraightRay::new(triple(fields[0]), triple(fields[1])).unwrap();
        let (start, found) = walk(&geometry, ray);
        let expected = fields[3..].iter().map(|field| field.split_once(' ').unwrap());
        let expected: Vec<(f64, &str)> = expected.map(|(mm, to)| (mm.parse().unwrap(), to)).collect();
        let apart = expected.windows(2).all(|pair| pair[1].0 - pair[0].0 > SAME_MM);
        assert!(apart, "{line}");
        assert_eq!(start, fields[2], "{line}");
        let names = |list: &[(f64, String)]| list.iter().map(|(_, to)| to.clone()).collect::<Vec<_>>();
        assert_eq!(names(&found), expected.iter().map(|(_, to)| *to).collect::<Vec<_>>(), "{line}");
        for ((here, _), (there, _)) in found.iter().zip(&expected) {
            assert!((here - there).abs() < 1e-3 + 2e-6 * there, "{here} {there}: {line}");
        }
        rays += 1;
        crossings += found.len();
    }
    assert_eq!((rays, crossings), (220, 989));
}
