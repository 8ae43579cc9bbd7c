//! The physics is written in the part of Rust that a GPU runs, and every number comes from our own operations.

use crate::workspace::assert_none;
use crate::workspace::source::{Source, sources};

/// Folders that are compiled for the GPU too, and what each may import from this crate.
const CORE_ONLY: [(&str, &[&str]); 4] = [
    ("optixrap/src/physics/", &["physics", "intrinsics", "repertoire"]),
    ("optixrap/src/trace/", &["physics", "trace", "intrinsics", "repertoire"]),
    ("optixrap/src/transport/", &["physics", "trace", "transport", "intrinsics", "repertoire"]),
    ("optixrap/src/launch/", &["physics", "trace", "transport", "launch", "intrinsics"]),
];

/// Needs an operating system, an allocator or a logger.
const NOT_CORE: [&str; 16] = [
    "std",
    "alloc",
    "Vec<",
    "Vec::",
    "vec!",
    "String",
    "Box<",
    "Box::",
    "format!",
    "to_string",
    "to_owned",
    "to_vec",
    "println!",
    "print!",
    "eprintln!",
    "log",
];

/// Differs between platforms or between host and GPU.
const PLATFORM_MATHS: [&str; 23] = [
    ".sin()",
    ".cos()",
    ".tan()",
    ".sin_cos()",
    ".asin()",
    ".acos()",
    ".atan()",
    ".atan2(",
    ".ln()",
    ".log10()",
    ".log2()",
    ".exp()",
    ".exp2()",
    ".powf(",
    ".powi(",
    ".cbrt()",
    ".hypot(",
    ".sqrt()",
    ".mul_add(",
    ".max(",
    ".min(",
    ".rem_euclid(",
    ".round()",
];

/// Stops the process.
const PANICS: [&str; 8] =
    [".unwrap()", ".expect(", "panic!", "unreachable!", "unimplemented!", "todo!", "assert!", "assert_eq!"];

fn shared_with_gpu() -> Vec<Source> {
    let in_folders = |s: &Source| CORE_ONLY.iter().any(|(folder, _)| s.path.starts_with(folder));
    let found: Vec<Source> = sources().into_iter().filter(in_folders).collect();
    assert!(found.len() > 10, "only {} files: have the folders moved?", found.len());
    found
}

fn find(words: &[&str]) -> Vec<String> {
    shared_with_gpu().iter().flat_map(|s| s.find(words)).collect()
}

#[test]
fn physics_needs_neither_system_nor_allocator() {
    assert_none("use of more than core", &find(&NOT_CORE));
}

#[test]
fn physics_uses_its_own_maths() {
    assert_none("operation whose result depends on the platform", &find(&PLATFORM_MATHS));
}

#[test]
fn physics_does_not_panic() {
    assert_none("panic on the hot path", &find(&PANICS));
}

#[test]
fn physics_imports_nothing_but_itself() {
    let mut wrong = Vec::new();
    for source in shared_with_gpu() {
        let (_, allowed) = CORE_ONLY.iter().find(|(folder, _)| source.path.starts_with(folder)).unwrap();
        for (i, line) in source.library.lines().enumerate() {
            for (at, _) in line.match_indices("crate::") {
                let module: String =
                    line[at + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if !module.is_empty() && !allowed.contains(&module.as_str()) {
                    wrong.push(format!("{}:{}: crate::{module}", source.path, i + 1));
                }
            }
        }
    }
    assert_none("import from outside the shared code", &wrong);
}

#[test]
fn the_operations_that_differ_on_a_gpu_are_few() {
    let all = sources();
    let intrinsics = all.iter().find(|s| s.path == "optixrap/src/intrinsics.rs").unwrap();
    let lines = intrinsics.library.lines().filter(|l| !l.trim().is_empty()).count();
    assert!(lines <= 75, "{lines} lines: what both sides can share belongs in physics/fmath.rs");
}
