//! A simulated machine for a test: a child process of the test's executable that finds the stand-in.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs, io};

use crate::library::{library_folder, search_path};
use crate::settings::PREFIX;

/// Tells a child which test it runs.
const CHILD: &str = "PTXDRIVER_CHILD";
/// Tells a child the file that it makes when the body has ended.
const CHILD_DONE: &str = "PTXDRIVER_CHILD_DONE";

/// Why the body of a test did not end well in its child process.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MachineError {
    /// The library is not there, or the process could not be started.
    #[error("cannot start a process with the stand-in driver: {0}")]
    Start(#[from] io::Error),
    /// The process failed.
    #[error("{test} failed with the stand-in driver ({status}):\n{output}")]
    Failed {
        /// The test.
        test: String,
        /// How the process ended.
        status: String,
        /// What it printed.
        output: String,
    },
    /// The process ended well without running the body.
    #[error(
        "no test of this executable is named {test}: give the whole path, such as module::name\n{output}"
    )]
    NoSuchTest {
        /// The name.
        test: String,
        /// What the process printed.
        output: String,
    },
}

/// A simulated machine, described by the variables of the crate's documentation.
#[derive(Clone, Debug, Default)]
pub struct Machine {
    variables: Vec<(String, String)>,
}

impl Machine {
    /// The usual machine: one device.
    pub fn new() -> Self {
        Machine::default()
    }

    /// Sets a variable, named with or without `PTXDRIVER_`.
    #[must_use]
    pub fn set(mut self, name: &str, value: &str) -> Self {
        let name = format!("{PREFIX}{}", name.trim_start_matches(PREFIX));
        self.variables.push((name, value.to_owned()));
        self
    }

    /// Has the calls written to a file, for [`crate::CallLog::read`].
    #[must_use]
    pub fn log(self, path: &Path) -> Self {
        self.set("LOG", &path.to_string_lossy())
    }

    /// Makes a command find the stand-in and this machine, and no other.
    ///
    /// # Errors
    /// If the library was not built or cannot be put into a folder.
    pub fn prepare(&self, command: &mut Command) -> io::Result<()> {
        let (name, folders) = search_path(&library_folder(&scratch_folder()?)?)?;
        command.env(name, folders);
        for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with(PREFIX)) {
            command.env_remove(name);
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        Ok(())
    }

    /// Runs `body` on this machine: the test called `test` (its whole path, as `cargo test` prints it) is run once more
    /// in a child process, where this function calls `body`.
    ///
    /// # Errors
    /// What the child printed, if it failed.
    pub fn try_run(&self, test: &str, body: impl FnOnce()) -> Result<(), MachineError> {
        if env::var_os(CHILD).is_some_and(|name| name.to_str() == Some(test)) {
            body();
            if let Some(done) = env::var_os(CHILD_DONE) {
                fs::write(done, "done")?;
            }
            return Ok(());
        }
        let plain: String = test.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let done = scratch_folder()?.join(format!("{plain}-{}", std::process::id()));
        let mut command = Command::new(env::current_exe()?);
        self.prepare(&mut command)?;
        command.args([test, "--exact", "--nocapture", "--include-ignored", "--test-threads=1"]);
        let output = command.env(CHILD, test).env(CHILD_DONE, &done).output()?;
        let ran = fs::remove_file(&done).is_ok();
        judge(test, &output, ran)
    }

    /// [`Self::try_run`] for a test.
    ///
    /// # Panics
    /// If the body failed.
    #[track_caller]
    pub fn run(&self, test: &str, body: impl FnOnce()) {
        if let Err(error) = self.try_run(test, body) {
            panic!("{error}");
        }
    }
}

fn judge(test: &str, output: &Output, ran: bool) -> Result<(), MachineError> {
    let test = test.to_owned();
    let printed = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat();
    if !output.status.success() {
        let status = output.status.to_string();
        return Err(MachineError::Failed { test, status, output: printed });
    }
    if ran { Ok(()) } else { Err(MachineError::NoSuchTest { test, output: printed }) }
}

/// A folder beside the executable, where cargo's own files are.
fn scratch_folder() -> io::Result<PathBuf> {
    let executable = env::current_exe()?;
    let folder = executable.parent().unwrap_or(Path::new(".")).join("stand-in-driver");
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
