//! `g4opticks profile`

use npy::NPY;

use crate::arrays::{is_picture, save};
use crate::command::g4opticks;

/// 1000 stamps that leak 3.62 MB an event in VM and nothing in RSS.
fn leaking() -> Vec<f64> {
    (0..1000).map(f64::from).flat_map(|i| [i, 21284.92 + 3.62 * i, 1745.5, 0.0]).collect()
}

#[test]
fn a_leak_is_fitted_and_plotted() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.npy");
    NPY::from_vec(leaking(), &[1000, 4]).unwrap().save(&file).unwrap();
    let answer = g4opticks(["profile", file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(
        answer.stdout.contains("line fit:  slope       3.62    intercept   21284.92"),
        "{}",
        answer.stdout
    );
    assert!(
        answer.stdout.contains("slope     3.620000 +- 0.000000 MB/event after the first tenth"),
        "{}",
        answer.stdout
    );
    assert!(is_picture(&folder.path().join("profile.png"), 700));
}

#[test]
fn stamps_may_be_float32() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.npy");
    save(&file, leaking().into_iter().map(|x| x as f32).collect(), &[1000, 4]);
    let picture = folder.path().join("pictures/leak.png");
    let answer = g4opticks(["profile", file.to_str().unwrap(), "--out", picture.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert!(answer.stdout.contains("slope       3.62"), "{}", answer.stdout);
    assert!(is_picture(&picture, 700));
}

#[test]
fn none_and_one_stamp_have_no_slope() {
    let folder = tempfile::tempdir().unwrap();
    for n in [0u64, 1] {
        let file = folder.path().join(format!("{n}.npy"));
        save(&file, vec![1.0; 4 * n as usize], &[n, 4]);
        let answer = g4opticks(["profile", file.to_str().unwrap()]);
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        assert!(answer.stdout.contains("slope n/a") && !answer.stdout.contains("NaN"), "{}", answer.stdout);
        assert_eq!(file.with_extension("png").exists(), n == 1);
    }
}

#[test]
fn what_is_no_profile_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    save(&at("shape.npy"), vec![0.0; 24], &[4, 6]);
    save(&at("nan.npy"), vec![0.0, 1.0, 2.0, 0.0, 1.0, f32::NAN, 2.0, 0.0], &[2, 4]);
    NPY::from_vec(vec![1i32; 8], &[2, 4]).unwrap().save(at("int.npy")).unwrap();
    std::fs::write(at("text.npy"), "not an array").unwrap();
    let cases = [
        ("shape.npy", "(n,4)"),
        ("nan.npy", "stamp 1 "),
        ("int.npy", "dtype"),
        ("text.npy", "text.npy"),
        ("none.npy", "none.npy"),
    ];
    for (name, words) in cases {
        let answer = g4opticks(["profile", at(name).to_str().unwrap()]);
        assert_eq!(answer.code, Some(1), "{name}");
        assert!(
            answer.stderr.starts_with("error: ") && answer.stderr.contains(words),
            "{name}: {}",
            answer.stderr
        );
        assert!(!at(name).with_extension("png").exists());
    }
}

#[test]
fn a_picture_that_cannot_be_written_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("profile.npy");
    save(&file, vec![1.0; 8], &[2, 4]);
    let inside_a_file = file.join("x.png");
    let answer = g4opticks(["profile", file.to_str().unwrap(), "--out", inside_a_file.to_str().unwrap()]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.stderr.contains("cannot write the plot") && answer.stderr.contains("--out"),
        "{}",
        answer.stderr
    );
}
