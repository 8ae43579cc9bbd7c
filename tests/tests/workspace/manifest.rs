//! The manifests, as far as the tests need them: sections of `key = value` lines.

use std::fs;

use super::root;

/// A Cargo.toml.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Path from the root.
    pub(crate) path: String,
    /// (section, key, value) in the order of the file; `a.workspace = true` has the key `a.workspace`.
    pub(crate) entries: Vec<(String, String, String)>,
}

impl Manifest {
    /// The manifest of a crate, or of the workspace for `.`.
    pub(crate) fn of(folder: &str) -> Self {
        let path = if folder == "." { "Cargo.toml".to_owned() } else { format!("{folder}/Cargo.toml") };
        let text =
            fs::read_to_string(root().join(&path)).unwrap_or_else(|e| panic!("cannot read {path}: {e}"));
        Self { entries: parse(&text), path }
    }

    /// The value of a key.
    pub(crate) fn value(&self, section: &str, key: &str) -> Option<&str> {
        self.entries.iter().find(|(s, k, _)| s == section && k == key).map(|(_, _, v)| v.as_str())
    }

    /// Every dependency, of any kind and platform, with the section that names it.
    pub(crate) fn dependencies(&self) -> impl Iterator<Item = (&str, &str)> {
        let in_section = self.entries.iter().filter(|(s, _, _)| s.ends_with("dependencies"));
        in_section.map(|(s, k, _)| (s.as_str(), k.split('.').next().unwrap_or(k)))
    }
}

fn parse(text: &str) -> Vec<(String, String, String)> {
    let mut section = String::new();
    let mut entries = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.trim_matches(['[', ']']).to_owned();
            if let Some((table, dependency)) = dependency_table(&section) {
                entries.push((table, dependency, String::new()));
            }
        } else if let Some((key, value)) = line.split_once('=') {
            entries.push((section.clone(), key.trim().to_owned(), value.trim().to_owned()));
        }
    }
    entries
}

/// `[dependencies.name]` names a dependency by itself.
fn dependency_table(section: &str) -> Option<(String, String)> {
    let (table, name) = section.rsplit_once('.')?;
    table.ends_with("dependencies").then(|| (table.to_owned(), name.to_owned()))
}

#[test]
fn every_way_of_naming_a_dependency_is_seen() {
    let text = "[dependencies]\na.workspace = true\nb = \"1\"\n[target.\"cfg(unix)\".dependencies]\nc = { path = \"c\" }\n\
                [dev-dependencies.d]\nversion = \"1\"\n[features]\ne = []\n";
    let manifest = Manifest { path: String::new(), entries: parse(text) };
    let names: Vec<&str> = manifest.dependencies().map(|(_, name)| name).collect();
    assert_eq!(names, ["a", "b", "c", "d"]);
}
