//! A full disk is an error and a killed program leaves no half file. The disk is a file size limit set by the shell.
#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};

use npy::{NPY, NPYAppender, NpyError};

/// Tells the child process where to save.
const DIRECTORY: &str = "NPY_TEST_SAVE_TO";

/// Runs [`child_saves_a_megabyte`] in a process that may write files of at most 32 or 64 KiB.
fn run_child(directory: &Path, on_limit: &str) -> ExitStatus {
    let script = format!("{on_limit} ulimit -f 64; exec \"$0\" --exact interrupted::child_saves_a_megabyte");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).arg(std::env::current_exe().unwrap()).env(DIRECTORY, directory);
    shell.output().unwrap().status
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn child_saves_a_megabyte() {
    let Some(directory) = std::env::var_os(DIRECTORY) else { return };
    let directory = Path::new(&directory);
    let hits = NPY::<f32>::make(&[16384, 4, 4]).unwrap();
    let saved = hits.save(directory.join("hits.npy"));
    assert!(matches!(saved, Err(NpyError::Io { action: "write", .. })), "{saved:?}");
    let mut appender = NPYAppender::<f32>::create(directory.join("appended.npy"), &[4, 4]).unwrap();
    let appended =
        hits.items().try_for_each(|hit| appender.add(hit)).and_then(|()| appender.finish().map(drop));
    assert!(matches!(appended, Err(NpyError::Io { action: "write", .. })), "{appended:?}");
}

#[test]
fn full_disk_is_an_error_and_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    assert!(run_child(directory.path(), "trap '' XFSZ;").success());
    assert_eq!(names(directory.path()), Vec::<String>::new());
}

#[test]
fn killed_program_leaves_no_file_of_that_name() {
    let directory = tempfile::tempdir().unwrap();
    // Here the system kills the process in the middle of writing.
    assert_eq!(run_child(directory.path(), "").code(), None);
    let left = names(directory.path());
    assert!(left.len() == 1 && left[0].starts_with("hits.npy.") && left[0].ends_with(".partial"), "{left:?}");
}
