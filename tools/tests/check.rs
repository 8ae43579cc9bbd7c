//! `g4opticks check`

use crate::command::g4opticks;

#[test]
fn this_machine_passes() {
    let folder = tempfile::tempdir().unwrap();
    let answer = g4opticks(["check", "--out", folder.path().to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stdout);
    assert!(answer.stdout.ends_with("=== check : environment check PASSED : rc 0\n"), "{}", answer.stdout);
    for topic in ["cpu", "memory", "gpu", "arithmetic", "random", "rustc"] {
        assert!(answer.stdout.contains(topic), "{topic} in {}", answer.stdout);
    }
}

#[test]
fn a_folder_that_cannot_be_written_fails() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let answer = g4opticks(["check", "--out", file.path().to_str().unwrap()]);
    assert_eq!(answer.code, Some(1));
    assert!(
        answer.stdout.ends_with("=== check : environment check FAILED: output : rc 1\n"),
        "{}",
        answer.stdout
    );
    assert!(answer.stdout.contains("--out"), "it says what to do");
}
