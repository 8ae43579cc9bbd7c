//! `g4opticks run`: the main job from the command line.

mod bad_gensteps;
mod bad_geometry;
mod bad_output;
mod engines;
mod failure;
mod inputs;
mod interruption;
mod memory;
mod options;
mod results;
mod surfaces;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{Answer, g4opticks};

/// Runs `g4opticks run ARGS`; an unexpected failure shows what it said.
fn run_ok(args: &[&str]) -> Answer {
    let answer = run(args);
    assert_eq!(answer.code, Some(0), "{args:?}: {}", answer.stderr);
    answer
}

fn run(args: &[&str]) -> Answer {
    g4opticks(["run"].iter().chain(args))
}

/// Runs with `--json` and reads what it prints.
fn report_of(args: &[&str]) -> Value {
    let answer = run_ok(&[args, &["--json"]].concat());
    serde_json::from_str(&answer.stdout).unwrap()
}

/// The `run.json` of a folder.
fn report_in(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("run.json")).unwrap()).unwrap()
}

/// The message of a run that must fail with exit code 1: one line, no panic, nothing on stdout but event lines.
fn message_of(args: &[&str]) -> String {
    let answer = run(args);
    assert_eq!(answer.code, Some(1), "{args:?} {} {}", answer.stdout, answer.stderr);
    assert!(answer.stderr.starts_with("error: "), "{}", answer.stderr);
    assert!(!answer.stderr.contains("panicked"), "{}", answer.stderr);
    answer.stderr
}

/// A file in a folder.
fn write(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, content).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// All files below a folder, by their paths in it.
fn files_below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            found.extend(files_below(&entry.path()).into_iter().map(|f| format!("{name}/{f}")));
        } else {
            found.push(name);
        }
    }
    found.sort();
    found
}
