//! What every manifest says: lints on, licence given, versions in one place.

use std::fs;

use crate::workspace::manifest::Manifest;
use crate::workspace::source::{Source, sources};
use crate::workspace::{assert_none, crates, root};

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let without = crates().map(Manifest::of);
    let without: Vec<String> =
        without.filter(|m| m.value("lints", "workspace") != Some("true")).map(|m| m.path).collect();
    assert_none("manifest without `[lints] workspace = true`", &without);
}

#[test]
fn the_lints_deny_undocumented_items_and_unexplained_unsafe() {
    let workspace = Manifest::of(".");
    for (section, lint) in [
        ("workspace.lints.rust", "missing_docs"),
        ("workspace.lints.rust", "unsafe_op_in_unsafe_fn"),
        ("workspace.lints.clippy", "undocumented_unsafe_blocks"),
        ("workspace.lints.clippy", "todo"),
        ("workspace.lints.clippy", "dbg_macro"),
    ] {
        assert_eq!(workspace.value(section, lint), Some("\"deny\""), "{lint}");
    }
}

#[test]
fn no_library_switches_documentation_or_dead_code_off() {
    let words = ["allow(missing_docs", "expect(missing_docs", "allow(dead_code", "expect(dead_code"];
    let libraries = sources().into_iter().filter(Source::is_library);
    assert_none("lint switched off", &libraries.flat_map(|s| s.find(&words)).collect::<Vec<_>>());
}

#[test]
fn every_crate_says_licence_edition_and_what_it_is() {
    let mut wrong = Vec::new();
    for manifest in crates().map(Manifest::of) {
        for key in ["license.workspace", "edition.workspace", "rust-version.workspace", "version.workspace"] {
            if manifest.value("package", key) != Some("true") {
                wrong.push(format!("{}: {key} = true is missing", manifest.path));
            }
        }
        if manifest.value("package", "description").is_none_or(|d| d.len() < 20) {
            wrong.push(format!("{}: description is missing", manifest.path));
        }
    }
    assert_none("manifest field", &wrong);
    assert_eq!(Manifest::of(".").value("workspace.package", "license"), Some("\"Apache-2.0 OR MIT\""));
}

#[test]
fn both_licences_and_a_readme_per_crate_are_there() {
    let readmes = crates().map(|name| format!("{name}/README.md"));
    let wanted = ["LICENSE-APACHE", "LICENSE-MIT"].into_iter().map(str::to_owned).chain(readmes);
    let empty = |path: &String| fs::metadata(root().join(path)).map_or(0, |m| m.len()) < 200;
    assert_none("document missing", &wanted.filter(empty).collect::<Vec<_>>());
}

#[test]
fn versions_are_set_once_and_never_open() {
    let mut wrong = Vec::new();
    for (_, key, value) in &Manifest::of(".").entries {
        if value.contains('*') {
            wrong.push(format!("Cargo.toml: {key} = {value} is open"));
        }
    }
    for manifest in crates().map(Manifest::of) {
        for (section, key, value) in &manifest.entries {
            let inherits = key.ends_with(".workspace") || value.contains("workspace = true");
            if section.ends_with("dependencies") && !inherits {
                wrong.push(format!(
                    "{}: {key} = {value}: name the version in the root manifest",
                    manifest.path
                ));
            }
        }
    }
    assert_none("version", &wrong);
}
