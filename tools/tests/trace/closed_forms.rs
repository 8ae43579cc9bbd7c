//! Rays whose boundaries are known from the dimensions.

use npy::NPY;

use super::{Scan, default_cube, plates, save_rays, text, trace};

const WORLD: &str = "/World_PV#0";
const CUBE: &str = "/World_PV#0/Obj#0";
const DISC: &str = "/World_PV#0/Obj#0/Det1#0";

fn near(found: &[f32], expected: &[f64]) {
    assert_eq!(found.len(), expected.len(), "{found:?} {expected:?}");
    for (a, b) in found.iter().zip(expected) {
        assert!((f64::from(*a) - b).abs() <= 1e-4 + 2.4e-7 * b, "{found:?} {expected:?}");
    }
}

#[test]
fn rays_through_the_default_cube() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    let s = 3f64.sqrt();
    // From the middle along z, x (through a disc of 5 mm that touches the cube's face), and a diagonal; from outside
    // the world; past it; on a face of the cube, outwards and inwards.
    let rays = [
        [0.0, 0.0, 0.0, 0.0, 0.0, 7.0],
        [0.0, 0.0, 0.0, 1e-3, 0.0, 0.0],
        [10.0, 10.0, 10.0, -1.0, -1.0, -1.0],
        [5000.0, 0.0, 0.0, -1.0, 0.0, 0.0],
        [5000.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        [0.0, 500.0, 100.0, 0.0, 1.0, 0.0],
        [0.0, 500.0, 100.0, 0.0, -1.0, 0.0],
    ];
    let rays = save_rays(folder.path(), &rays);
    let out = folder.path().join("scan");
    let answer = trace(&gdml, &rays, &out, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let scan = Scan::read(&out);
    let expected: [(&[f64], &[&str]); 7] = [
        (&[500.0, 1000.0], &[CUBE, WORLD, "-"]),
        (&[495.0, 500.0, 1000.0], &[CUBE, DISC, WORLD, "-"]),
        (&[510.0 * s, 1010.0 * s], &[CUBE, WORLD, "-"]),
        (&[4000.0, 4500.0, 4505.0, 5500.0, 6000.0], &["-", WORLD, DISC, CUBE, WORLD, "-"]),
        (&[], &["-"]),
        (&[500.0], &[WORLD, "-"]),
        (&[1000.0, 1500.0], &[CUBE, WORLD, "-"]),
    ];
    for (ray, (distances, volumes)) in expected.iter().enumerate() {
        near(&scan.distances_of(ray), distances);
        assert_eq!(scan.paths_of(ray), *volumes, "ray {ray}");
    }
    assert_eq!(scan.normals[0], [0.0, 0.0, 1.0], "out of the cube");
    assert_eq!(scan.normals[1], [1.0, 0.0, 0.0], "out of the cube, into the disc");
    assert_eq!(scan.normals[3], [-1.0, 0.0, 0.0], "along the ray, into the world");
    assert!(scan.normals[4].iter().all(|x| x.is_nan()), "no boundary, no normal");
    assert_eq!(scan.json["crossings_histogram"], serde_json::json!([1, 1, 3, 1, 0, 1]));
    assert_eq!((&scan.json["rays_from_outside"], &scan.json["rays_with_more"]), (&2.into(), &0.into()));
    assert!(answer.stdout.contains("2 rays start outside the world"), "{}", answer.stdout);
    assert!(answer.stdout.contains("no picture: the rays do not lie in one plane"), "{}", answer.stdout);
    assert!(!out.join("scan.png").exists());
}

/// A ball of 50 mm in its own frame: 0, 1 or 2 crossings at `b +- sqrt(r^2 - d^2)`, from near and from 100 km.
#[test]
fn chords_of_a_ball() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = folder.path().join("ball.gdml");
    let ball = r#"<orb name="ball0x55a0" r="50" lunit="mm"/>"#;
    std::fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY.replace("<solids>", &format!("<solids>{ball}")))
        .unwrap();
    let rays: Vec<[f64; 6]> = (0..60)
        .map(|i| {
            let offset = f64::from(i);
            let start = [60.0, 1e3, 1e8, 0.0][i as usize % 4];
            [-start, offset, 0.0, 1.0, 0.0, 0.0]
        })
        .collect();
    let file = save_rays(folder.path(), &rays);
    let out = folder.path().join("scan");
    let answer = trace(&gdml, &file, &out, &["--solid", "ball"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let scan = Scan::read(&out);
    assert_eq!(scan.paths(), ["outside ball", "inside ball"]);
    assert_eq!(scan.json["frame"], "solid ball");
    for (i, ray) in rays.iter().enumerate() {
        let (start, offset) = (-ray[0], ray[1]);
        let half = (2500.0 - offset * offset).max(0.0).sqrt();
        let all = if offset < 50.0 { vec![start - half, start + half] } else { vec![] };
        let expected: Vec<f64> = all.into_iter().filter(|d| *d > 0.0).collect();
        let found = scan.distances_of(i);
        assert_eq!(found.len(), expected.len(), "ray {i}: {found:?} {expected:?}");
        for (a, b) in found.iter().zip(&expected) {
            // f32 of the distance; at grazing the error of the coordinates, 1e-5 mm, is divided by the angle.
            let allowed = 1e-4 + 1.2e-7 * b + 50.0 * 1e-5 / half.max(1.0);
            assert!((f64::from(*a) - b).abs() <= allowed, "ray {i}: {found:?} {expected:?}");
        }
        let inside = start < half && offset < 50.0;
        assert_eq!(scan.volumes[i][0], f32::from(u8::from(inside)), "ray {i}");
        if let Some(first) = expected.first() {
            let point = [first - start, offset];
            let outward = [scan.normals[i][0], scan.normals[i][1]].map(f64::from);
            assert!(
                (outward[0] - point[0] / 50.0).abs() < 1e-4 && (outward[1] - point[1] / 50.0).abs() < 1e-4
            );
        }
    }
    assert!(answer.stdout.contains("scan.png: z = 0 mm"), "{}", answer.stdout);
    assert!(crate::arrays::is_picture(&out.join("scan.png"), 800));
}

/// 40 plates one behind the other: 24 boundaries are listed, the other 57 of each such ray are told.
#[test]
fn boundaries_beyond_the_columns_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = plates(folder.path());
    let rays =
        save_rays(folder.path(), &[[-400.0, 0.0, 0.0, 1.0, 0.0, 0.0], [0.0, 300.0, 0.0, 1.0, 0.0, 0.0]]);
    let out = folder.path().join("scan");
    let answer = trace(&gdml, &rays, &out, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let scan = Scan::read(&out);
    let first: Vec<f64> = (0..24).map(|i| 5.0 + 10.0 * f64::from(i)).collect();
    near(&scan.distances_of(0), &first);
    assert_eq!(scan.paths_of(0)[24], "/World_PV#0");
    assert_eq!((&scan.json["rays_with_more"], &scan.json["max_crossings"]), (&1.into(), &81.into()));
    assert!(answer.stdout.contains("1 rays have more than 24 boundaries"), "{}", answer.stdout);
}

#[test]
fn files_do_not_depend_on_threads_or_the_type_of_the_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    // Numbers that float32 holds exactly.
    let rays: Vec<f32> = (0..6000)
        .flat_map(|i| {
            let part = |n: u32| (i * n % 641) as f32 / 320.0 - 1.0;
            [400.0 * part(3), 400.0 * part(5), 400.0 * part(7), part(11), part(13) + 0.01, part(17)]
        })
        .collect();
    let wide: Vec<f64> = rays.iter().map(|&x| f64::from(x)).collect();
    let (one, other) = (folder.path().join("f4.npy"), folder.path().join("f8.npy"));
    NPY::from_vec(rays, &[6000, 6]).unwrap().save(&one).unwrap();
    NPY::from_vec(wide, &[6000, 6]).unwrap().save(&other).unwrap();
    let scan = |rays: &std::path::Path, threads: &str| {
        let out = folder.path().join(format!("{threads}{}", text(&rays.with_extension("")).len()));
        let answer = trace(&gdml, rays, &out, &["--threads", threads]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        ["distance.npy", "volume.npy", "normal.npy"].map(|name| std::fs::read(out.join(name)).unwrap())
    };
    let expected = scan(&one, "1");
    assert_eq!(scan(&one, "2"), expected);
    assert_eq!(scan(&one, "7"), expected);
    assert_eq!(scan(&other, "3"), expected);
}
