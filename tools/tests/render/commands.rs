//! The command: names of files, their pixels, bad options.

use std::path::Path;
use std::process::Command;

use crate::arrays::{hit, save};
use crate::command::Answer;

/// Runs `g4opticks render ARGS` in a folder that has the default cube as `cube.gdml`.
fn render(folder: &Path, args: &[&str]) -> Answer {
    std::fs::write(folder.join("cube.gdml"), cfg4::gdml::DEFAULT_GEOMETRY).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    Answer::of(command.current_dir(folder).args(["render", "cube.gdml"]).args(args))
}

/// Width, height and pixels of a PNG file.
fn decoded(path: &Path) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::fs::File::open(path).unwrap()).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size()];
    let info = reader.next_frame(&mut pixels).unwrap();
    assert_eq!(info.color_type, png::ColorType::Rgb);
    (info.width, info.height, pixels)
}

#[test]
fn pictures_are_named_after_the_geometry() {
    let folder = tempfile::tempdir().unwrap();
    let answer = render(folder.path(), &["--size", "400x300"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    assert_eq!(answer.stdout, "picture cube_iso.png\n");
    let (width, height, pixels) = decoded(&folder.path().join("cube_iso.png"));
    assert_eq!((width, height, pixels.len()), (400, 300, 360_000));
    assert_eq!(pixels[..3], [255; 3]);
    assert!(pixels.chunks(3).filter(|p| p.iter().any(|&c| c < 250)).count() > 10_000);
}

#[test]
fn several_cuts_give_several_files() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--cut", "x=0", "--cut", "z=-12.5", "--size", "500x400", "--out", "pictures"];
    let answer = render(folder.path(), &args);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    for words in [
        "pictures/cube_x0.png: x=0 mm",
        "pictures/cube_z-12.5.png: z=-12.5 mm",
        "volume Obj x 1: LS",
        "surface Detects",
    ] {
        assert!(answer.stdout.contains(words), "{words}: {}", answer.stdout);
    }
    for name in ["cube_x0.png", "cube_z-12.5.png"] {
        let (width, height, pixels) = decoded(&folder.path().join("pictures").join(name));
        assert_eq!((width, height), (500, 400));
        // Liquid scintillator, in the second colour of the palette, in the middle of the picture.
        let at = 3 * (150 * 500 + 240);
        assert_eq!(pixels[at..at + 3], [238, 221, 136], "{name}");
    }
}

#[test]
fn hits_and_records_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    save(&folder.path().join("hits.npy"), hit([495.0, 5.0, 0.0], 1.0, 430.0, 1, 0x40).to_vec(), &[1, 4, 4]);
    let bad = hit([f32::NAN; 3], 1.0, 430.0, 1, 0);
    let point = |x: f32, number: u32| {
        let mut item = hit([x, 0.0, 0.0], 0.0, 430.0, 0, 0);
        (item[14], item[15]) = (f32::from_bits(7), f32::from_bits(number));
        item
    };
    let records = [point(0.0, 0), point(495.0, 1), bad].concat();
    save(&folder.path().join("records.npy"), records, &[3, 4, 4]);
    let files = ["--hits", "hits.npy", "--records", "records.npy", "--size", "600x500"];
    for (more, name) in [
        (&["--cut", "z=0", "--slab", "10"][..], "cube_z0_hits_records.png"),
        (&["--view", "-y", "--ortho"], "cube_-y_hits_records.png"),
    ] {
        let answer = render(folder.path(), &[&files[..], more].concat());
        assert_eq!(answer.code, Some(0), "{}", answer.stderr);
        assert!(answer.stdout.contains("NOT FINITE   1 points"), "{}", answer.stdout);
        let (_, _, pixels) = decoded(&folder.path().join(name));
        assert!(pixels.chunks(3).any(|p| p == [200, 0, 120]), "no hit");
        let blue = |p: &&[u8]| p[2] > 140 && p[0] < 140 && p[1] < 140;
        assert!(pixels.chunks(3).filter(blue).count() > 50, "no path");
    }
}

#[test]
fn bad_options_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    for (args, code, words) in [
        (&["--cut", "w=3"][..], 2, "write x=10"),
        (&["--view", "sideways"], 2, "write iso"),
        (&["--out", "p.jpg"], 2, "PNG files, not .jpg"),
        (&["--size", "10x10"], 2, "200 to 4096"),
        (&["--window", "5,1,0,2", "--cut", "z=0"], 2, "four numbers"),
        (&["--slab", "-3"], 2, "from 0 up"),
        (&["--window", "1,5,0,2"], 2, "--cut"),
        (&["--slab", "3", "--view", "x", "--cut", "x=0"], 2, "--view"),
        (&["--cut", "z=5000"], 1, "misses everything"),
        (&["--hide", "Obi"], 1, "did you mean 'Obj'?"),
        (&["--hits", "no.npy"], 1, "no.npy"),
    ] {
        let answer = render(folder.path(), args);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(code), ""), "{args:?} {}", answer.stderr);
        assert!(answer.stderr.contains(words), "{args:?}: {}", answer.stderr);
    }
    let files = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(files, 1, "nothing but cube.gdml");
}
