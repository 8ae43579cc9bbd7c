//! Output that cannot be written.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use super::{files_below, message_of, text, write};

const TORCH: [&str; 2] = ["--torch", "photons=100000"];

#[test]
fn a_file_where_the_folder_should_be_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), "results", "");
    for out in [file.clone(), file.join("deeper")] {
        let message = message_of(&["--torch", "photons=10", "--out", text(&out)]);
        assert!(message.contains(text(&out)) && message.contains("--out"), "{message}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_nobody_may_write_is_named() {
    let message = message_of(&["--torch", "photons=10", "--out", "/proc/results"]);
    assert!(message.contains("/proc/results"), "{message}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_standard_output_is_an_error() {
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    let output = command.args(["run", "--torch", "photons=10", "--json"]).stdout(Stdio::from(full)).output();
    let output = output.unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("cannot write to standard output"), "{message}");
}

#[test]
fn a_reader_who_leaves_ends_the_run_quietly() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_g4opticks"));
    let child = command.args(["run", "--torch", "photons=10", "--json"]).stdout(Stdio::piped());
    let mut child = child.stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && message.is_empty(), "{message}");
}

/// Runs under `sh -c SCRIPT`, with `$0` the command and `$1` the folder for its results.
#[cfg(unix)]
fn under_shell(script: &str, folder: &Path) -> Option<(Option<i32>, String)> {
    let program = env!("CARGO_BIN_EXE_g4opticks");
    let output = Command::new("sh").args(["-c", script, program, text(folder)]).args(TORCH).output().ok()?;
    Some((output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned()))
}

/// The limit on the size of a file stands in for a full disk: the write in the middle of the event fails.
#[test]
#[cfg(unix)]
fn a_write_that_fails_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let script =
        "trap '' XFSZ; ulimit -f 64; out=$1; shift; exec \"$0\" run --out \"$out\" --save photons \"$@\"";
    let Some((code, message)) = under_shell(script, folder.path()) else {
        println!("skipped: a_write_that_fails_leaves_no_half_file: there is no shell");
        return;
    };
    assert_eq!(code, Some(1), "{message}");
    assert!(message.contains("photons.npy") && !message.contains("panicked"), "{message}");
    assert_eq!(files_below(folder.path()), [""; 0]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let script = "mount -t tmpfs -o size=256k none \"$1\" || exit 77; out=$1; shift; \
                  \"$0\" run --out \"$out\" --save photons \"$@\"; code=$?; \
                  find \"$out\" -type f | sed 's/^/left: /' >&2; exit $code";
    let program = env!("CARGO_BIN_EXE_g4opticks");
    let mut command = Command::new("unshare");
    let output = command.args(["-rm", "sh", "-c", script, program, text(folder.path())]).args(TORCH).output();
    let output = match output {
        Ok(output) if output.status.code() != Some(77) && output.status.code() != Some(127) => output,
        _ => {
            println!("skipped: a_full_disk_leaves_no_half_file: no small file system can be mounted here");
            return;
        }
    };
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    if message.starts_with("unshare:") {
        println!("skipped: a_full_disk_leaves_no_half_file: {message}");
        return;
    }
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("photons.npy") && message.contains("No space left"), "{message}");
    assert!(!message.contains("left: "), "{message}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
