//! Ctrl-C while rays are traced.

#![cfg(unix)]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use npy::NPY;

use super::{plates, text};

/// A million rays through 40 plates: seconds of work, given up once the files have been started.
#[test]
fn ctrl_c_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = plates(folder.path());
    let rays = folder.path().join("rays.npy");
    let ray = |i: u32| [-400.0, (i % 97) as f32 - 48.0, (i % 89) as f32 - 44.0, 1.0, 0.0, 0.0];
    let values: Vec<f32> = (0..1_000_000).flat_map(ray).collect();
    NPY::from_vec(values, &[1_000_000, 6]).unwrap().save(&rays).unwrap();
    let out = folder.path().join("scan");
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    command.args(["trace", text(&gdml), text(&rays), "--out", text(&out), "--threads", "1"]);
    let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let names = || -> Vec<String> {
        let entries = fs::read_dir(&out).into_iter().flatten();
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    };
    let begun = Instant::now();
    while names().is_empty() {
        assert!(begun.elapsed() < Duration::from_secs(60), "no file is begun after a minute");
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{message}");
    assert!(message.contains("interrupted after") && message.contains("of 1000000 rays"), "{message}");
    assert_eq!(names(), [""; 0]);
}
