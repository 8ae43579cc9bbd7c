//! Genstep files that cannot be used.

use std::fs;
use std::path::{Path, PathBuf};

use npy::{Element, NPY};

use super::{message_of, report_of, text, write};

/// A scintillation genstep in the middle of the cube.
fn genstep(photons: i32) -> [f32; 24] {
    let mut words = [0.0; 24];
    (words[0], words[1]) = (f32::from_bits(2), f32::from_bits(1));
    words[3] = f32::from_bits(photons.cast_unsigned());
    (words[10], words[11]) = (1.0, 1.0);
    (words[12], words[13], words[14], words[15]) = (f32::from_bits(13), 1.0, 1.0, 299.0);
    words[16] = f32::from_bits(1);
    (words[20], words[22]) = (7.0, 299.0);
    words
}

/// The file of gensteps that were changed one by one.
fn file(folder: &Path, gensteps: &[[f32; 24]]) -> PathBuf {
    let path = folder.join("gensteps.npy");
    let shape = [gensteps.len() as u64, 6, 4];
    NPY::from_vec(gensteps.as_flattened().to_vec(), &shape).unwrap().save(&path).unwrap();
    path
}

fn message_for(path: &Path, more: &[&str]) -> String {
    let message = message_of(&[&["--gensteps", text(path), "--threads", "2"], more].concat());
    assert!(message.contains(text(path.parent().unwrap())) || !more.is_empty(), "{message}");
    message
}

#[test]
fn good_ones_are_propagated_with_their_photon_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), &[genstep(70), genstep(0), genstep(430)]);
    let report = report_of(&["--gensteps", text(&path), "--threads", "2"]);
    assert_eq!((&report["photons"], &report["events"][0]["num_gensteps"]), (&500.into(), &3.into()));
    assert_eq!(report["events"].as_array().unwrap().len(), 1);
}

#[test]
fn zero_gensteps_are_an_event_without_photons() {
    let folder = tempfile::tempdir().unwrap();
    let report = report_of(&["--gensteps", text(&file(folder.path(), &[]))]);
    assert_eq!((&report["photons"], &report["hits"]), (&0.into(), &0.into()));
    assert_eq!(report["events"][0]["num_gensteps"], 0);
    assert_eq!(report["points_per_photon"], 0.0);
}

#[test]
fn the_shape_is_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gensteps.npy");
    for shape in [&[2, 4, 3][..], &[24], &[1, 24], &[1, 6, 2, 2]] {
        NPY::from_vec(vec![0.0_f32; 24], shape).unwrap().save(&path).unwrap();
        let message = message_for(&path, &[]);
        assert!(message.contains("(n,6,4)"), "{message}");
    }
}

fn message_for_type<T: Element>(zero: T) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gensteps.npy");
    NPY::from_vec(vec![zero; 24], &[1, 6, 4]).unwrap().save(&path).unwrap();
    message_for(&path, &[])
}

#[test]
fn the_dtype_is_checked() {
    for message in [message_for_type(0.0_f64), message_for_type(0_i32), message_for_type(0_u8)] {
        assert!(message.contains("dtype") && message.contains("4-byte floats"), "{message}");
    }
}

#[test]
fn words_are_checked_with_row_and_place() {
    let folder = tempfile::tempdir().unwrap();
    let with = |index: usize, word: f32| {
        let mut bad = genstep(10);
        bad[index] = word;
        file(folder.path(), &[genstep(10), bad])
    };
    let int = |value: i32| f32::from_bits(value.cast_unsigned());
    for (index, word, wanted) in [
        (0, int(0), "quad 0 x"),
        (0, int(77), "77"),
        (0, int(-1), "-1"),
        (3, int(-5), "-5"),
        (3, int(i32::MIN), "2147483648"),
        (4, f32::NAN, "quad 1 x"),
        (11, f32::INFINITY, "quad 2 w"),
        (20, f32::NAN, "quad 5 x"),
    ] {
        let message = message_for(&with(index, word), &[]);
        assert!(message.contains("row 1") && message.contains(wanted), "{wanted} in {message}");
    }
}

/// A foreign index means nothing without names; with names it must be one of them.
#[test]
fn material_indices_need_names_to_mean_something() {
    let folder = tempfile::tempdir().unwrap();
    let mut far = genstep(10);
    far[2] = f32::from_bits(1_000_000);
    let path = file(folder.path(), &[far]);
    assert_eq!(report_of(&["--gensteps", text(&path)])["photons"], 10);
    let names = write(folder.path(), "names.json", r#"["Air", "LS"]"#);
    let message = message_for(&path, &["--material-names", text(&names)]);
    assert!(message.contains("1000000") && message.contains("row 0"), "{message}");
    let broken = write(folder.path(), "broken.json", "{");
    assert!(message_for(&path, &["--material-names", text(&broken)]).contains("broken.json"));
}

#[test]
fn files_that_are_no_arrays_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("nowhere.npy");
    assert!(message_for(&missing, &[]).contains("nowhere.npy"));
    let whole = fs::read(file(folder.path(), &[genstep(10); 3])).unwrap();
    for length in [0, 5, 50, whole.len() - 1] {
        let path = write(folder.path(), "cut.npy", &whole[..length]);
        assert!(message_for(&path, &[]).contains("cut.npy"), "{length}");
    }
    let empty = tempfile::tempdir().unwrap();
    let message = message_of(&["--gensteps", text(empty.path())]);
    assert!(message.contains("no genstep files"), "{message}");
}

#[test]
fn input_photons_and_torches_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(folder.path(), &[genstep(10)]);
    assert!(message_of(&["--input-photons", text(&path)]).contains("(n,4,4)"));
    for torch in ["photons=-5", "photon=5", "type=blob", "wavelength=NaN", "photons=5_photons=6", "nonsense"]
    {
        assert!(message_of(&["--torch", torch]).contains("torch"), "{torch}");
    }
    assert!(message_of(&["--torch", "frame=99"]).contains("frame 99 does not exist"));
}
