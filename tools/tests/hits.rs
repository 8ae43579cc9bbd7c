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

/// An array in the folder of a run is that run's: what was cut or comes from elsewhere is told, not summarised.
#[test]
fn hits_that_are_not_those_of_run_json_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("results");
    let run = ["run", "--torch", "photons=3000", "--events", "2", "--out", out.to_str().unwrap()];
    assert_eq!(g4opticks(run).code, Some(0));
    let [first, second] = [0, 1].map(|event| out.join(format!("event_00{event}/hits.npy")));
    assert_eq!(g4opticks(["hits", second.to_str().unwrap()]).code, Some(0));
    let n = NPY::<f32>::load_items(&second, &[4, 4]).unwrap().num_items();
    save(&second, vec![0.5; 16 * (n as usize - 1)], &[n - 1, 4, 4]);
    let gdml = folder.path().join("cube.gdml");
    std::fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    let says = format!(
        "{} has {} items, but {} says {n}: ",
        second.display(),
        n - 1,
        out.join("run.json").display()
    );
    let render = ["render", gdml.to_str().unwrap(), "--size", "200x200", "--hits", second.to_str().unwrap()];
    for words in [&["hits", second.to_str().unwrap()][..], &render] {
        let answer = g4opticks(words);
        assert_eq!(answer.code, Some(1), "{words:?}");
        assert!(answer.stderr.contains(&says), "{}", answer.stderr);
    }
    let other = out.join("event_005/hits.npy");
    std::fs::create_dir(other.parent().unwrap()).unwrap();
    std::fs::copy(&first, &other).unwrap();
    let answer = g4opticks(["hits", other.to_str().unwrap()]);
    assert!(answer.stderr.contains("is of event 5, but") && answer.code == Some(1), "{}", answer.stderr);
    // Alone it is what it is.
    let alone = folder.path().join("hits.npy");
    std::fs::copy(&second, &alone).unwrap();
    assert_eq!(g4opticks(["hits", alone.to_str().unwrap()]).code, Some(0));
}

/// The records are the births and the points.
#[test]
fn records_are_held_against_the_points_of_run_json() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("results");
    let save_all = ["--save", "records", "--out", out.to_str().unwrap()];
    let run = [&["run", "--torch", "photons=300", "--events", "2"][..], &save_all].concat();
    assert_eq!(g4opticks(run).code, Some(0));
    let gdml = folder.path().join("cube.gdml");
    std::fs::write(&gdml, cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    let records = out.join("event_000/records.npy");
    let picture = folder.path().join("paths.png");
    let render = || {
        let [gdml, records, picture] = [&gdml, &records, &picture].map(|path| path.to_str().unwrap());
        g4opticks(["render", gdml, "--size", "200x200", "--records", records, "--out", picture])
    };
    let drawn = render();
    assert_eq!(drawn.code, Some(0), "{}", drawn.stderr);
    std::fs::copy(out.join("event_001/records.npy"), &records).unwrap();
    let refused = render();
    assert!(refused.stderr.contains("records.npy has ") && refused.code == Some(1), "{}", refused.stderr);
}
