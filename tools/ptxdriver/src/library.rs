//! The library as a file: finding what cargo has built, and a folder in which it has the driver's name.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The variable with the folders that the system loads libraries from.
const SEARCH_PATH: &str = if cfg!(target_os = "macos") {
    "DYLD_LIBRARY_PATH"
} else if cfg!(windows) {
    "PATH"
} else {
    "LD_LIBRARY_PATH"
};

/// Makes `folder` hold the stand-in under the names of NVIDIA's driver library, and gives it back. It is taken from
/// where cargo puts what a test depends on: beside the executable of this process.
///
/// # Errors
/// If the library was not built (the crate whose test this is must have `ptxdriver` in its dev-dependencies), or the
/// folder cannot be written.
pub fn library_folder(folder: &Path) -> io::Result<PathBuf> {
    let library = built_library()?;
    fs::create_dir_all(folder)?;
    for name in [format!("{DLL_PREFIX}cuda{DLL_SUFFIX}"), format!("{DLL_PREFIX}cuda{DLL_SUFFIX}.1")] {
        place(&library, &folder.join(name))?;
    }
    Ok(folder.to_path_buf())
}

/// Name and value of the variable with which a process finds the libraries in `folder` first.
///
/// # Errors
/// If the folder's name cannot be in a list of folders.
pub fn search_path(folder: &Path) -> io::Result<(&'static str, OsString)> {
    let before = env::var_os(SEARCH_PATH).unwrap_or_default();
    let folders = std::iter::once(folder.to_path_buf()).chain(env::split_paths(&before));
    let value = env::join_paths(folders).map_err(|e| io::Error::new(io::ErrorKind::InvalidInput, e))?;
    Ok((SEARCH_PATH, value))
}

/// Where cargo has put the library: beside a test's executable, or in `deps` beside a binary.
fn built_library() -> io::Result<PathBuf> {
    let executable = env::current_exe()?;
    let name = format!("{DLL_PREFIX}ptxdriver{DLL_SUFFIX}");
    let beside = executable.parent().unwrap_or(Path::new("."));
    let places =
        [beside.join(&name), beside.join("deps").join(&name), beside.join("..").join("deps").join(&name)];
    places.into_iter().find(|place| place.is_file()).ok_or_else(|| {
        let place = beside.display();
        let why = format!(
            "{name} is not in {place}: add ptxdriver to the dev-dependencies of the crate under test"
        );
        io::Error::new(io::ErrorKind::NotFound, why)
    })
}

/// A link (or copy) at `to`, made under another name first so that nobody meets half of it.
fn place(library: &Path, to: &Path) -> io::Result<()> {
    let library = fs::canonicalize(library)?;
    if fs::canonicalize(to).is_ok_and(|there| there == library) {
        return Ok(());
    }
    let made = to.with_extension(format!("{}-{:?}", std::process::id(), std::thread::current().id()));
    link(&library, &made)?;
    fs::rename(&made, to)
}

#[cfg(unix)]
fn link(library: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(library, to)
}

#[cfg(not(unix))]
fn link(library: &Path, to: &Path) -> io::Result<()> {
    fs::copy(library, to).map(|_| ())
}
