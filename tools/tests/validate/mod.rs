//! `g4opticks validate`: what is the same agrees, what is not does not, and where two photons part is found.

mod against;
mod folders;
mod references;

use serde_json::Value;

use crate::command::g4opticks;

/// The answer in JSON, and the exit code.
fn validate<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> (Value, Option<i32>) {
    let words = ["validate", "--json"].map(std::ffi::OsString::from);
    let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
    let answer = g4opticks(words.into_iter().chain(args));
    let json = serde_json::from_str(&answer.stdout).unwrap_or(Value::Null);
    assert!(json.is_object() || answer.code == Some(2), "{} {}", answer.stdout, answer.stderr);
    (json, answer.code)
}

/// The test of that name of the first comparison.
fn test<'a>(json: &'a Value, name: &str) -> &'a Value {
    let tests = json["comparisons"][0]["tests"].as_array().unwrap();
    tests.iter().find(|test| test["name"] == name).unwrap_or_else(|| panic!("{name}: {json:#}"))
}

#[test]
fn what_cannot_be_compared_ends_with_2() {
    for args in [
        &["nonsense"][..],
        &["fresnel", "nonsense"],
        &["--against", "engine", "--engine", "steam"],
        &["fresnel", "--surface-data", "."],
    ] {
        assert_eq!(validate(args).1, Some(2), "{args:?}");
    }
}
