//! Commands in fenced blocks.

use std::collections::BTreeSet;
use std::path::Path;

use super::program::{g4opticks, run};
use super::{documents, fenced};
use crate::workspace::{assert_none, crates, files, relative};

/// The words of every command line in the documents that begins with `cargo` or `g4opticks`.
fn command_lines() -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (path, text) in documents() {
        for line in fenced(&text).map(str::trim) {
            let command = line.split(" # ").next().unwrap_or(line).trim();
            let words: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
            if words.iter().any(|w| w == "cargo" || w == "g4opticks") {
                found.push((path.clone(), words));
            }
        }
    }
    assert!(found.len() >= 5, "only {} commands found", found.len());
    found
}

/// The word after `flag`.
fn after<'a>(words: &'a [String], flag: &str) -> Option<&'a str> {
    let at = words.iter().position(|w| w == flag)?;
    words.get(at + 1).map(String::as_str)
}

#[test]
fn the_readme_has_the_two_commands() {
    let readme = &documents()[0].1;
    for command in ["cargo run --release --bin g4opticks -- run", "cargo test --workspace"] {
        assert!(fenced(readme).any(|line| line.trim() == command), "{command}");
    }
}

#[test]
fn every_crate_binary_and_example_that_is_named_exists() {
    let mut missing = Vec::new();
    let all: BTreeSet<String> = files().iter().map(|path| relative(path)).collect();
    let source_of = |folder: &str, name: &str| {
        crates().any(|l| {
            all.contains(&format!("{l}/{folder}/{name}.rs"))
                || all.contains(&format!("{l}/{folder}/{name}/main.rs"))
        })
    };
    for (path, words) in command_lines() {
        let line = words.join(" ");
        if after(&words, "-p").is_some_and(|name| {
            name != "CRATE" && !crates().any(|c| c == name || c.ends_with(&format!("/{name}")))
        }) {
            missing.push(format!("{path}: {line}: no such crate"));
        }
        if after(&words, "--bin").is_some_and(|name| !source_of("src/bin", name)) {
            missing.push(format!("{path}: {line}: no such binary"));
        }
        if after(&words, "--example").is_some_and(|name| !source_of("examples", name)) {
            missing.push(format!("{path}: {line}: no such example"));
        }
        if after(&words, "--bench").is_some_and(|name| !source_of("benches", name)) {
            missing.push(format!("{path}: {line}: no such bench"));
        }
    }
    assert_none("command that cannot run", &missing);
}

fn help(program: &Path, arguments: &[&str]) -> String {
    run(program, &[arguments, &["--help"]].concat())
}

#[test]
fn g4opticks_understands_the_commands_of_the_documents() {
    let Some(program) = g4opticks("commands of the documents") else { return };
    let overview = help(&program, &[]);
    let mut wrong = Vec::new();
    for (path, words) in command_lines() {
        let Some(at) = words.iter().position(|w| w == "g4opticks") else { continue };
        let arguments: Vec<&str> =
            words[at + 1..].iter().map(String::as_str).filter(|w| *w != "--").collect();
        let Some(subcommand) = arguments.first().filter(|a| a.chars().all(char::is_alphanumeric)) else {
            continue;
        };
        if !overview.lines().any(|l| l.trim_start().starts_with(subcommand)) {
            wrong.push(format!("{path}: g4opticks {subcommand}"));
            continue;
        }
        let text = help(&program, &[subcommand]);
        let unknown = arguments.iter().filter(|a| a.starts_with("--")).filter(|a| !text.contains(**a));
        wrong.extend(unknown.map(|option| format!("{path}: g4opticks {subcommand} {option}")));
    }
    assert_none("command that g4opticks does not know", &wrong);
}

#[test]
fn every_option_in_the_readme_table_is_understood() {
    let Some(program) = g4opticks("options of the README") else { return };
    let text = help(&program, &["run"]);
    let readme = &documents()[0].1;
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `--"));
    let options: Vec<String> =
        rows.map(|row| format!("--{}", row.split([' ', '`', '=']).next().unwrap_or(""))).collect();
    assert!(options.len() >= 15, "the table of options has {} rows", options.len());
    let unknown: Vec<String> = options.into_iter().filter(|option| !text.contains(option)).collect();
    assert_none("option that `g4opticks run` does not know", &unknown);
}
