//! Libraries take their inputs as arguments: neither environment variables nor global state.

use crate::workspace::assert_none;
use crate::workspace::source::{Source, sources};

/// The one library file that reads variables, the facade's `from_env` for the few that users of 2021 know; and those of
/// the stand-in driver, which tests describe a machine to, and which puts itself into the search path of libraries.
const READS_ENVIRONMENT: [&str; 4] = [
    "g4ok/src/from_env.rs",
    "tools/ptxdriver/src/settings.rs",
    "tools/ptxdriver/src/library.rs",
    "tools/ptxdriver/src/machine.rs",
];

/// Process-wide state that no result depends on, with the reason that it may stay.
const GLOBAL_STATE: [(&str, &str); 5] = [
    ("sysrap/src/clock.rs", "the moment that time stamps count from"),
    ("sysrap/src/leak.rs", "what is still owed of the memory that is lost on purpose"),
    ("npy/src/atomic_file.rs", "numbers the temporary files of this process"),
    ("tools/ptxdriver/src/c/shell.rs", "the state of the stand-in driver, which a process has one of"),
    ("tools/src/plot/canvas.rs", "the plotting library registers a font once per process"),
];

fn library() -> Vec<Source> {
    sources().into_iter().filter(Source::is_library).collect()
}

#[test]
fn only_binaries_and_from_env_read_the_environment() {
    let words = ["env::var", "env::var_os", "env::vars", "env::vars_os", "env::set_var", "env::remove_var"];
    let files = library().into_iter().filter(|s| !READS_ENVIRONMENT.contains(&s.path.as_str()));
    let found: Vec<String> = files.flat_map(|s| s.find(&words)).collect();
    assert_none("environment variable in a library", &found);
}

#[test]
fn no_file_imports_the_environment_under_another_name() {
    let words = ["use std::env::var", "use std::env::{", "use std::env as", "use std::env::*"];
    let found: Vec<String> = library().iter().flat_map(|s| s.find(&words)).collect();
    assert_none("import that hides a read of the environment", &found);
}

#[test]
fn there_is_no_global_state() {
    let mut found = Vec::new();
    for source in library() {
        let allowed = GLOBAL_STATE.iter().any(|(path, reason)| *path == source.path && !reason.is_empty());
        found.extend(source.find(&["static mut", "lazy_static!", "thread_local!", "LazyLock", "LazyCell"]));
        if !allowed {
            found.extend(statics(&source));
        }
    }
    assert_none("process-wide state", &found);
}

/// Statics that can change.
fn statics(source: &Source) -> Vec<String> {
    let cells = ["Atomic", "Mutex", "RwLock", "OnceLock", "OnceCell", "RefCell"];
    let lines = source.library.lines().enumerate();
    let changing = lines.filter(|(_, line)| {
        let code = line.trim_start().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        code.starts_with("static ") && cells.iter().any(|cell| code.contains(cell))
    });
    changing.map(|(i, line)| format!("{}:{}: {}", source.path, i + 1, line.trim())).collect()
}
