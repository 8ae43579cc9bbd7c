//! The files and keys that the README lists, against those of a small run.

use std::path::Path;

use serde_json::Value;

use super::documents;
use super::program::{g4opticks, run};
use crate::workspace::assert_none;

/// A run that writes everything, and what it prints.
fn small_run(program: &Path, out: &Path) -> Value {
    let out = out.to_string_lossy();
    let arguments = ["run", "--torch", "photons=500", "--events", "2", "--way", "--json", "--out", &out];
    let save = ["--save", "hits,photons,records,gensteps"];
    let text = run(program, &[&arguments[..], &save[..]].concat());
    serde_json::from_str(&text)
        .unwrap_or_else(|e| panic!("--json printed more or less than JSON: {e}: {text}"))
}

/// The cells of the README's table whose first heading is `heading`.
fn table(heading: &str) -> Vec<Vec<String>> {
    let readme = &documents()[0].1;
    let cells =
        |line: &str| line.trim_matches('|').split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    let from_heading = readme.lines().skip_while(|line| !line.starts_with(&format!("| {heading} |")));
    let rows: Vec<Vec<String>> =
        from_heading.skip(2).take_while(|line| line.starts_with('|')).map(cells).collect();
    assert!(!rows.is_empty(), "the README has no table of `{heading}`");
    rows
}

/// The words in backquotes.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn run_json_has_the_keys_of_the_readme() {
    let Some(program) = g4opticks("keys of run.json") else { return };
    let out = tempfile::tempdir().unwrap();
    let report = small_run(&program, out.path());
    let mut missing = Vec::new();
    for row in table("key") {
        for name in quoted(&row[0]) {
            // A key may be null: of a run that did not fail, `failure` is.
            let Some(value) = report.get(name.trim_end_matches("[]")) else {
                missing.push(name);
                continue;
            };
            let value = if name.ends_with("[]") { &value[0] } else { value };
            let inner = row.get(1).map_or(Vec::new(), |cell| quoted(cell));
            let absent = inner.iter().filter(|key| value.get(key.as_str()).is_none());
            missing.extend(absent.map(|key| format!("{name}.{key}")));
        }
    }
    assert_none("key that the README promises", &missing);
}

#[test]
fn the_named_end_states_add_up_to_the_photons() {
    let Some(program) = g4opticks("end states") else { return };
    let out = tempfile::tempdir().unwrap();
    let report = small_run(&program, out.path());
    let named: Vec<String> = table("end")
        .iter()
        .flat_map(|row| [row[0].clone(), row.get(3).cloned().unwrap_or_default()])
        .collect();
    let ends = report["ends"].as_object().unwrap();
    assert!(ends.keys().all(|code| named.contains(code)), "{ends:?} against {named:?}");
    assert_eq!(ends.values().filter_map(Value::as_u64).sum::<u64>(), 1000);
    assert_eq!(report["photons"], 1000);
}

#[test]
fn a_run_writes_the_files_of_the_readme() {
    let Some(program) = g4opticks("files of a run") else { return };
    let out = tempfile::tempdir().unwrap();
    small_run(&program, out.path());
    let mut missing = Vec::new();
    for row in table("file in `--out DIR`") {
        for file in quoted(&row[0]).into_iter().filter(|file| !out.path().join(file).is_file()) {
            missing.push(file);
        }
    }
    assert_none("file that the README promises", &missing);
}
