//! Runs the command and looks at a picture's pixels.

use std::process::{Command, Output};

/// What the command said and how it ended.
pub(crate) struct Answer {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `g4opticks ARGS`.
pub(crate) fn g4opticks<S: AsRef<std::ffi::OsStr>>(args: impl IntoIterator<Item = S>) -> Answer {
    Answer::of(Command::new(env!("CARGO_BIN_EXE_g4opticks")).args(args))
}

impl Answer {
    /// Runs a command to its end.
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: status.code(), stdout: text(stdout), stderr: text(stderr) }
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    for args in [&["--nonsense"][..], &["fly"], &[]] {
        let answer = g4opticks(args);
        assert_eq!(answer.code, Some(2), "{args:?} {}", answer.stderr);
    }
}

#[test]
fn help_and_version_end_with_0() {
    let version = g4opticks(["--version"]);
    assert_eq!(
        (version.code, version.stdout.as_str()),
        (Some(0), concat!("g4opticks ", env!("CARGO_PKG_VERSION"), "\n"))
    );
    assert_eq!(g4opticks(["--help"]).code, Some(0));
}
