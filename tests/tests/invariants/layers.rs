//! Who may depend on whom, and who may know XML, CUDA, threads and the command line.

use crate::workspace::manifest::Manifest;
use crate::workspace::{BESIDE, LAYERS, assert_none, crates};

/// External crates and the only crates that may name them.
const CONFINED: [(&str, &[&str]); 17] = [
    ("roxmltree", &["cfg4"]),
    ("quick-xml", &["cfg4"]),
    ("flate2", &["cfg4"]),
    ("cudarc", &["optixrap", "tools/ptxdriver"]),
    ("rayon", &["optixrap", "g4ok", "tools", "tests"]),
    ("npyz", &["npy"]),
    ("procfs", &["sysrap"]),
    ("mach2", &["sysrap"]),
    ("env_logger", &["sysrap"]),
    ("clap", &["tools"]),
    ("plotters", &["tools"]),
    ("png", &["tools"]),
    ("indicatif", &["tools"]),
    ("maud", &["tools"]),
    ("base64", &["tools"]),
    ("statrs", &["tools"]),
    ("anyhow", &[]),
];

#[test]
fn each_crate_depends_only_on_lower_layers() {
    let mut wrong = Vec::new();
    for (height, name) in LAYERS.iter().enumerate() {
        let manifest = Manifest::of(name);
        for (section, dependency) in manifest.dependencies() {
            let depth = LAYERS.iter().position(|layer| *layer == dependency);
            if depth.is_some_and(|depth| depth >= height) {
                wrong.push(format!("{}: [{section}] {dependency} is not below {name}", manifest.path));
            }
        }
    }
    assert_none("dependency against the order of the layers", &wrong);
}

#[test]
fn crates_beside_the_layers_need_none_of_them_and_only_tests_use_them() {
    let mut wrong = Vec::new();
    for manifest in crates().map(Manifest::of) {
        let beside = BESIDE.iter().any(|name| manifest.path.starts_with(name));
        for (section, dependency) in manifest.dependencies() {
            let uses = BESIDE.iter().any(|name| name.ends_with(&format!("/{dependency}")));
            let of_tests = section == "dev-dependencies";
            if beside && LAYERS.contains(&dependency) || uses && !beside && !of_tests {
                wrong.push(format!("{}: [{section}] {dependency}", manifest.path));
            }
        }
    }
    assert_none("dependency of a crate beside the layers", &wrong);
}

#[test]
fn nothing_depends_on_the_tests() {
    let users =
        LAYERS.iter().map(|name| Manifest::of(name)).filter(|m| m.dependencies().any(|(_, d)| d == "tests"));
    assert_eq!(users.map(|m| m.path).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn external_crates_stay_in_the_layer_that_owns_them() {
    let mut wrong = Vec::new();
    for name in crates() {
        let manifest = Manifest::of(name);
        for (section, dependency) in manifest.dependencies() {
            let owners =
                CONFINED.iter().find(|(confined, _)| *confined == dependency).map(|(_, owners)| *owners);
            if owners.is_some_and(|owners| !owners.contains(&name)) {
                wrong
                    .push(format!("{}: [{section}] {dependency} belongs to {owners:?} alone", manifest.path));
            }
        }
    }
    assert_none("external crate outside its layer", &wrong);
}

#[test]
fn the_workspace_has_these_layers_and_no_others() {
    let workspace = Manifest::of(".");
    let members = workspace.value("workspace", "members").unwrap();
    let names: Vec<&str> = members.split('"').skip(1).step_by(2).collect();
    assert_eq!(names.len(), crates().count(), "{names:?}");
    assert!(crates().all(|name| names.contains(&name)), "{names:?}");
}
