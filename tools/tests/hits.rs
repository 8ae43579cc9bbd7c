//! `g4opticks hits`

use npy::NPY;

use crate::arrays::{disc_hits, hit, is_picture, save};
use crate::command::g4opticks;

const PICTURES: [&str; 3] = ["hits_time.png", "hits_wavelength.png", "hits_position.png"];

#[test]
fn hits_are_summarised_and_plotted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hits.npy");
    let values = disc_hits(5, 6000);
    let n = values.len() as u64 / 16;
    assert_eq!(n, 6000 + 3000 + 2000 + 1500 + 1200);
    save(&file, values, &[n, 4, 4]);
    let answer = g4opticks(["hits", file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let rows: Vec<Vec<&str>> = answer.stdout.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in
        [&["hits", "13", "700"][..], &["sensors", "5", "with", "hits"], &["1", "6", "000", "43.796", "%"]]
    {
        assert!(rows.contains(&row.to_vec()), "{row:?} in {}", answer.stdout);
    }
    assert!(rows.contains(&vec!["TO|BT|SD", "10", "275", "75.000", "%"]), "{}", answer.stdout);
    assert!(rows.contains(&vec!["TO|SC|BT|SD", "3", "425", "25.000", "%"]), "{}", answer.stdout);
    assert!(PICTURES.iter().all(|name| is_picture(&folder.path().join(name), 400)));
}

#[test]
fn no_hits_no_plots() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hits.npy");
    save(&file, Vec::new(), &[0, 4, 4]);
    let answer = g4opticks(["hits", file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(answer.stdout.contains("no plots"), "{}", answer.stdout);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn values_that_are_not_finite_are_told_and_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hits.npy");
    let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX, -f32::MAX, 1e-45];
    let values = bad.iter().flat_map(|&x| hit([x; 3], x, x, 2, 0x1040));
    let values: Vec<f32> = values.chain(hit([1.0; 3], 2.0, 430.0, 1, 0x1040)).collect();
    save(&file, values, &[7, 4, 4]);
    let answer =
        g4opticks(["hits", file.to_str().unwrap(), "--out", folder.path().join("plots").to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(answer.stdout.contains("NOT FINITE   3 hits"), "{}", answer.stdout);
    assert!(PICTURES.iter().all(|name| is_picture(&folder.path().join("plots").join(name), 400)));
}

#[test]
fn all_hits_not_finite_leave_nothing_to_plot() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hits.npy");
    save(&file, hit([f32::NAN; 3], f32::NAN, f32::NAN, 0, 0).to_vec(), &[1, 4, 4]);
    let answer = g4opticks(["hits", file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(answer.stdout.contains("no sensor") && answer.stdout.contains("no plots"), "{}", answer.stdout);
}

#[test]
fn what_are_no_hits_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    save(&at("gensteps.npy"), vec![0.0; 24], &[1, 6, 4]);
    NPY::from_vec(vec![1f64; 16], &[1, 4, 4]).unwrap().save(at("double.npy")).unwrap();
    std::fs::write(at("empty.npy"), "").unwrap();
    for (name, words) in [
        ("gensteps.npy", "(n,4,4)"),
        ("double.npy", "dtype"),
        ("empty.npy", "empty.npy"),
        ("no.npy", "no.npy"),
    ] {
        let answer = g4opticks(["hits", at(name).to_str().unwrap()]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(1), ""), "{name}");
        assert!(
            answer.stderr.starts_with("error: ") && answer.stderr.contains(words),
            "{name}: {}",
            answer.stderr
        );
    }
}
