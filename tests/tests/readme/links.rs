//! Links and paths.

use std::path::Path;

use super::{documents, fenced};
use crate::workspace::{LAYERS, assert_none, files, relative, root};

#[test]
fn every_relative_link_leads_somewhere() {
    let mut broken = Vec::new();
    for (path, text) in documents() {
        let folder = root().join(&path).parent().map(Path::to_path_buf).unwrap();
        for target in targets(&text).filter(|t| !t.contains("://") && !t.starts_with('#')) {
            let file = target.split('#').next().unwrap_or(target);
            if !folder.join(file).exists() {
                broken.push(format!("{path}: ({target})"));
            }
        }
    }
    assert_none("link to nothing", &broken);
}

/// What stands between `](` and `)`.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("](").filter_map(|(at, _)| text[at + 2..].split_once(')').map(|(target, _)| target))
}

#[test]
fn every_path_in_backquotes_exists() {
    let mut missing = Vec::new();
    for (path, text) in documents() {
        let blocks: Vec<&str> = fenced(&text).collect();
        for line in text.lines().filter(|line| !blocks.contains(line)) {
            let quoted = line.split('`').skip(1).step_by(2).filter(|word| is_path(word));
            let gone = quoted.filter(|word| !exists(word));
            missing.extend(gone.map(|word| format!("{path}: `{word}`")));
        }
    }
    assert_none("path to nothing", &missing);
}

/// At the root, or in a crate: `tests/main.rs`.
fn exists(path: &str) -> bool {
    root().join(path).exists() || LAYERS.iter().any(|layer| root().join(layer).join(path).exists())
}

/// `crate/...` or `docs/...`, without blanks and patterns.
fn is_path(word: &str) -> bool {
    let first = word.split('/').next().unwrap_or("");
    let known = LAYERS.contains(&first) || ["docs", ".ci", "fuzz"].contains(&first);
    known && word.contains('/') && !word.contains([' ', '*', '{', '<', '$'])
}

#[test]
fn the_documents_name_every_crate() {
    for (path, text) in
        documents().iter().filter(|(path, _)| path == "README.md" || path == "ARCHITECTURE.md")
    {
        for name in LAYERS {
            assert!(text.contains(&format!("`{name}`")), "{path} does not name `{name}`");
        }
    }
}

#[test]
fn the_architecture_lists_every_decision() {
    let text = &documents()[1].1;
    let decisions =
        files().into_iter().map(|path| relative(&path)).filter(|p| p.starts_with("docs/decisions/"));
    let unlisted: Vec<String> =
        decisions.filter(|path| !targets(text).any(|target| target == path)).collect();
    assert_none("decision that ARCHITECTURE.md does not list", &unlisted);
}
