//! Every `unsafe` says why it is sound, and is where it may be.

use crate::workspace::assert_none;
use crate::workspace::source::{Source, has_word, sources};

/// How far above an `unsafe` its reason may stand: attributes and the head of the statement come between.
const REACH: usize = 6;

/// Crates whose libraries need no `unsafe` at all.
const SAFE: [&str; 3] = ["cfg4/src/", "g4ok/src/", "tools/src/"];

/// The files of the CUDA engine that call the driver.
const DRIVER_CALLS: [&str; 4] = ["driver.rs", "kernel.rs", "memory.rs", "slot.rs"];

#[test]
fn every_unsafe_has_its_reason() {
    let found: Vec<String> = sources().iter().flat_map(unexplained).collect();
    assert_none("unsafe without a SAFETY comment", &found);
}

fn unexplained(source: &Source) -> Vec<String> {
    let code: Vec<&str> = source.split.code.lines().collect();
    let comments: Vec<&str> = source.split.comments.lines().collect();
    let needs_reason = |line: &str| has_word(line, "unsafe {") || has_word(line, "unsafe impl");
    let explained = |i: usize| {
        let above = i.saturating_sub(REACH)..=i;
        comments[above].iter().any(|c| c.contains("SAFETY:") || c.contains("# Safety"))
    };
    let lines = (0..code.len()).filter(|&i| needs_reason(code[i]) && !explained(i));
    lines.map(|i| format!("{}:{}: {}", source.path, i + 1, code[i].trim())).collect()
}

#[test]
fn the_upper_layers_are_safe_rust() {
    let upper = |s: &Source| SAFE.iter().any(|folder| s.path.starts_with(folder));
    let found: Vec<String> = sources().into_iter().filter(upper).flat_map(|s| s.find(&["unsafe"])).collect();
    assert_none("unsafe above optixrap", &found);
}

#[test]
fn the_driver_of_gpus_is_called_in_few_files() {
    const FOLDER: &str = "optixrap/src/cuda/";
    let may = |path: &str| path.strip_prefix(FOLDER).is_some_and(|file| DRIVER_CALLS.contains(&file));
    let in_cuda = sources().into_iter().filter(|s| s.path.starts_with(FOLDER) && !may(&s.path));
    let found: Vec<String> = in_cuda.flat_map(|s| s.find(&["unsafe"])).collect();
    assert_none("unsafe beside the files that call the driver", &found);
    let elsewhere = sources().into_iter().filter(|s| !s.path.starts_with(FOLDER));
    let found: Vec<String> = elsewhere.flat_map(|s| s.find(&["use cudarc", "cudarc::"])).collect();
    assert_none("cudarc outside optixrap/src/cuda", &found);
}

#[test]
fn a_missing_reason_is_seen() {
    let good = "// SAFETY: p is valid\nlet x = unsafe { *p };\n";
    let bad = "fn f() { unsafe { *p } }\n";
    assert!(unexplained(&Source::new("x/src/y.rs".into(), good.into())).is_empty());
    assert_eq!(unexplained(&Source::new("x/src/y.rs".into(), bad.into())).len(), 1);
}
