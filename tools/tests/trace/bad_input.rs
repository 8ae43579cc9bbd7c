//! What is no ray, no solid or no folder.

use npy::NPY;

use super::{default_cube, save_rays, text, trace};

fn message(gdml: &std::path::Path, rays: &std::path::Path, out: &std::path::Path, args: &[&str]) -> String {
    let answer = trace(gdml, rays, out, args);
    assert_eq!((answer.code, answer.stdout.as_str()), (Some(1), ""), "{}", answer.stderr);
    assert!(answer.stderr.starts_with("error: "), "{}", answer.stderr);
    answer.stderr
}

#[test]
fn what_are_no_rays_is_refused_by_name_and_row() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    let out = folder.path().join("scan");
    let good = [1.0, 2.0, 3.0, 0.0, 0.0, 1.0];
    for (bad, words) in [
        ([0.0; 6], "ray 1: its direction has no length"),
        ([f64::NAN, 0.0, 0.0, 0.0, 0.0, 1.0], "ray 1: its origin or direction is not finite"),
        ([0.0, 0.0, 0.0, 0.0, f64::INFINITY, 1.0], "ray 1: its origin or direction is not finite"),
    ] {
        let rays = save_rays(folder.path(), &[good, bad]);
        let said = message(&gdml, &rays, &out, &[]);
        assert!(said.contains(words) && said.contains("rays.npy"), "{said}");
    }
    for (shape, values) in [(&[2u64, 3][..], 6), (&[6][..], 6), (&[1, 6, 1][..], 6), (&[0, 5][..], 0)] {
        let path = folder.path().join("shape.npy");
        NPY::from_vec(vec![1.0f32; values], shape).unwrap().save(&path).unwrap();
        assert!(message(&gdml, &path, &out, &[]).contains("rays are (n,6)"));
    }
    let path = folder.path().join("integers.npy");
    NPY::from_vec(vec![1i32; 6], &[1, 6]).unwrap().save(&path).unwrap();
    assert!(message(&gdml, &path, &out, &[]).contains("dtype"));
    assert!(!out.exists(), "nothing is written");
}

#[test]
fn an_unknown_solid_is_told_with_those_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    let rays = save_rays(folder.path(), &[[0.0, 0.0, 0.0, 0.0, 0.0, 1.0]]);
    let said = message(&gdml, &rays, &folder.path().join("scan"), &["--solid", "Dicc"]);
    assert!(said.contains("did you mean 'Disc'?") && said.contains("World, Cube, Disc"), "{said}");
}

#[test]
fn no_rays_are_a_scan_too() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    let rays = save_rays(folder.path(), &[]);
    let out = folder.path().join("scan");
    let answer = trace(&gdml, &rays, &out, &[]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert_eq!(super::Scan::read(&out).json["rays"], 0);
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = default_cube(folder.path());
    let rays = save_rays(folder.path(), &[[0.0, 0.0, 0.0, 0.0, 0.0, 1.0]]);
    assert!(message(&gdml, &rays, &gdml.join("scan"), &[]).contains(text(&gdml)));
}
