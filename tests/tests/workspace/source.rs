//! The Rust files of the crates.

use std::collections::HashSet;
use std::path::Path;

use super::functions::matching_brace;
use super::lexer::{Split, split};
use super::{files, relative, text};

/// A Rust file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root.
    pub(crate) path: String,
    /// The whole text.
    pub(crate) text: String,
    /// Code and comments.
    pub(crate) split: Split,
    /// Code without `#[cfg(test)]` items; empty for a file that only tests compile.
    pub(crate) library: String,
}

impl Source {
    /// Reads a text as the file `path`.
    pub(crate) fn new(path: String, text: String) -> Self {
        let split = split(&text);
        let library = if only_for_tests(&path) { String::new() } else { without_tests(&split.code) };
        Self { path, text, split, library }
    }

    /// Whether this is code that others link: neither binary nor test nor bench nor example nor build script.
    pub(crate) fn is_library(&self) -> bool {
        self.path.contains("/src/") && !self.path.contains("/src/bin/") && !self.library.is_empty()
    }

    /// `path:line: the line` of each place where the library code has one of these words.
    pub(crate) fn find(&self, words: &[&str]) -> Vec<String> {
        self.find_in(&self.library, words)
    }

    /// The same in a text with the lines of this file.
    pub(crate) fn find_in(&self, part: &str, words: &[&str]) -> Vec<String> {
        let lines = part.lines().zip(self.text.lines()).enumerate();
        let hits = lines.filter(|(_, (masked, _))| words.iter().any(|word| has_word(masked, word)));
        hits.map(|(i, (_, line))| format!("{}:{}: {}", self.path, i + 1, line.trim())).collect()
    }
}

/// Whether `line` has `word` with no letter, digit or underscore around it.
pub(crate) fn has_word(line: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = word.starts_with(is_word) && line[..at].ends_with(is_word);
        let after = word.ends_with(is_word) && line[at + word.len()..].starts_with(is_word);
        !before && !after
    })
}

/// Every Rust file of the repository.
pub(crate) fn sources() -> Vec<Source> {
    let rust = files().into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    let mut sources: Vec<Source> =
        rust.filter_map(|path| Some(Source::new(relative(&path), text(&path)?))).collect();
    assert!(sources.len() > 50, "only {} Rust files found", sources.len());
    let test_modules: HashSet<String> = sources.iter().flat_map(test_module_files).collect();
    for source in &mut sources {
        if test_modules.iter().any(|stem| is_module(&source.path, stem)) {
            source.library.clear();
        }
    }
    sources
}

fn only_for_tests(path: &str) -> bool {
    path.contains("/tests/") || path.contains("/benches/") || path.ends_with("/tests.rs")
}

/// The files of the modules that a file declares for tests alone, without `.rs`.
fn test_module_files(source: &Source) -> Vec<String> {
    let path = Path::new(&source.path);
    let stem = path.file_stem().map_or(String::new(), |s| s.to_string_lossy().into_owned());
    let parent = path.parent().map_or(String::new(), |p| p.to_string_lossy().into_owned());
    let folder =
        if ["mod", "lib", "main"].contains(&stem.as_str()) { parent } else { format!("{parent}/{stem}") };
    let after = source.split.code.split("#[cfg(test)]").skip(1);
    let declared = after.filter_map(|rest| {
        let name = rest.trim_start().trim_start_matches("pub(crate) ").strip_prefix("mod ")?;
        let (name, _) = name.split_once([';', '{']).filter(|(n, _)| rest.contains(&format!("{n};")))?;
        Some(format!("{folder}/{}", name.trim()))
    });
    declared.collect()
}

fn is_module(path: &str, stem: &str) -> bool {
    path.strip_prefix(stem).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Blanks the items under `#[cfg(test)]`, keeping the lines.
fn without_tests(code: &str) -> String {
    let mut library = code.to_owned();
    while let Some(start) = library.find("#[cfg(test)]") {
        let rest = &library[start..];
        let end = match (rest.find('{'), rest.find(';')) {
            (Some(open), semicolon) if semicolon.is_none_or(|s| open < s) => {
                matching_brace(&library, start + open).unwrap_or(library.len() - 1)
            }
            (_, Some(semicolon)) => start + semicolon,
            _ => library.len() - 1,
        };
        let blank: String =
            library[start..=end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
        library.replace_range(start..=end, &blank);
    }
    library
}

#[test]
fn test_modules_are_not_library_code() {
    let text = "fn a() { b() }\n#[cfg(test)]\nmod tests {\n    fn c() { panic!() }\n}\nfn d() { dbg!(1) }\n";
    let source = Source::new("x/src/y.rs".into(), text.into());
    assert_eq!(source.find(&["panic!", "dbg!"]), ["x/src/y.rs:6: fn d() { dbg!(1) }"]);
    assert!(Source::new("x/src/y/tests.rs".into(), text.into()).find(&["dbg!"]).is_empty());
}

#[test]
fn a_module_declared_for_tests_names_its_files() {
    let source = Source::new("x/src/y/mod.rs".into(), "mod a;\n#[cfg(test)]\nmod b;\nmod c;\n".into());
    assert_eq!(test_module_files(&source), ["x/src/y/b"]);
    assert!(is_module("x/src/y/b.rs", "x/src/y/b") && is_module("x/src/y/b/c.rs", "x/src/y/b"));
    assert!(!is_module("x/src/y/bc.rs", "x/src/y/b"));
}

#[test]
fn words_have_borders() {
    assert!(
        has_word("let v: Vec<u8>", "Vec<") && has_word("a.max(b)", ".max(") && has_word("alloc::x", "alloc")
    );
    assert!(
        !has_word("SmallVec<u8>", "Vec<")
            && !has_word("allocated", "alloc")
            && !has_word("println!", "print!")
    );
}
