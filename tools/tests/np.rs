//! `g4opticks np`

use std::io::Read;
use std::process::{Command, Stdio};

use crate::arrays::save;
use crate::command::g4opticks;

#[test]
fn a_line_per_array() {
    let folder = tempfile::tempdir().unwrap();
    let (a, b) = (folder.path().join("a.npy"), folder.path().join("b.npy"));
    save(&a, vec![1.0; 48], &[2, 6, 4]);
    save(&b, Vec::new(), &[0, 4, 4]);
    let answer = g4opticks(["np", a.to_str().unwrap(), b.to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let lines: Vec<&str> = answer.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", answer.stdout);
    assert!(lines[0].contains("a.npy") && lines[0].contains("f4"), "{}", lines[0]);
    // md5 of 48 times the bytes 00 00 80 3f, and of nothing
    assert!(lines[1].contains("d41d8cd98f00b204e9800998ecf8427e"), "{}", lines[1]);
}

#[test]
fn a_file_that_cannot_be_read_does_not_hide_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good.npy"), folder.path().join("bad.npy"));
    save(&good, vec![1.0; 4], &[1, 4]);
    std::fs::write(&bad, b"\x93NUMPY\x01\x00").unwrap();
    let answer = g4opticks(["np", bad.to_str().unwrap(), "/no/such.npy", good.to_str().unwrap()]);
    assert_eq!(answer.code, Some(1));
    assert_eq!(answer.stdout.lines().count(), 1, "{}", answer.stdout);
    assert!(answer.stderr.contains("bad.npy") && answer.stderr.contains("/no/such.npy"), "{}", answer.stderr);
}

#[test]
fn a_reader_who_leaves_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.npy");
    save(&file, vec![1.0; 4], &[1, 4]);
    let mut many = vec![file.to_str().unwrap(); 5000];
    many.insert(0, "np");
    let mut child = Command::new(env!("CARGO_BIN_EXE_g4opticks"))
        .args(many)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
}
