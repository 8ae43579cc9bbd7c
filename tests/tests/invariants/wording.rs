//! The repository speaks of the project alone: of no machine, no registry and no tracker.

use std::path::Path;

use crate::workspace::{assert_none, files, relative, text};

/// This file, which has to name what it looks for.
const THIS: &str = "tests/tests/invariants/wording.rs";

/// Folders of some machine.
const MACHINE_PATHS: [&str; 5] = ["/work/", "/root/", "/home/", "/Users/", "/mnt/"];

/// Places that are not part of the project.
const ELSEWHERE: [&str; 6] =
    ["localhost:", "127.0.0.1", "artifactory", "pypi.internal", "index.crates.io-", "r-seed-"];

/// Talk about how the project was made.
const TALK: [&str; 5] = ["this session", "previous session", "the brief", "worktree", "as an ai"];

fn documents() -> impl Iterator<Item = (String, String)> {
    let readable =
        |path: &Path| path.extension().is_none_or(|e| !["npy", "png", "lock"].iter().any(|k| e == *k));
    let paths = files().into_iter().filter(move |path| readable(path));
    paths.filter_map(|path| Some((relative(&path), text(&path)?))).filter(|(path, _)| path != THIS)
}

fn find(wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in documents() {
        let lines = text.lines().enumerate().filter(|(_, line)| wrong(line));
        found.extend(lines.map(|(i, line)| format!("{path}:{}: {}", i + 1, line.trim())));
    }
    found
}

#[test]
fn no_path_of_a_machine() {
    let starts_path =
        |line: &str, at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-/".contains(c));
    let wrong =
        |line: &str| MACHINE_PATHS.iter().any(|p| line.match_indices(p).any(|(at, _)| starts_path(line, at)));
    assert_none("path of one machine", &find(wrong));
}

#[test]
fn no_host_of_a_registry() {
    assert_none("place outside the project", &find(|line| ELSEWHERE.iter().any(|word| line.contains(word))));
}

#[test]
fn no_number_of_a_tracker() {
    assert_none("number of an issue", &find(names_an_issue));
}

fn names_an_issue(line: &str) -> bool {
    let lower = line.to_lowercase();
    let digit_after = |word: &str| {
        lower.match_indices(word).any(|(at, _)| {
            lower[at + word.len()..].trim_start_matches([' ', '#']).starts_with(|c: char| c.is_ascii_digit())
        })
    };
    digit_after("issue ") || digit_after("issue#") || digit_after("closes #") || digit_after("fixes #")
}

#[test]
fn no_talk_of_how_it_was_made() {
    let wrong = |line: &str| {
        let lower = line.to_lowercase();
        TALK.iter().any(|word| lower.contains(word))
    };
    assert_none("talk about the making", &find(wrong));
}

#[test]
fn issue_numbers_are_told_from_prose() {
    assert!(names_an_issue("see issue 12") && names_an_issue("Closes #3") && names_an_issue("issue #7"));
    assert!(!names_an_issue("at issue here") && !names_an_issue("colour #123456"));
}
