//! Files that are complete or absent.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::NpyError;

/// A file that appears under its name only when it is finished.
///
/// Data goes to `NAME.PROCESS-COUNT.partial` in the same directory; [`AtomicFile::finish`] renames it. Dropped
/// without that, it is removed; a killed program leaves only the partial file. Missing directories are made.
#[derive(Debug)]
pub struct AtomicFile {
    file: File,
    partial: PathBuf,
    target: PathBuf,
    finished: bool,
}

impl AtomicFile {
    /// Starts a file that will be called `path`.
    ///
    /// # Errors
    /// [`NpyError::Io`] where the directory or the file cannot be made, or `path` is there and no regular file.
    pub fn create(path: impl AsRef<Path>) -> Result<Self, NpyError> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let target = resolve(path.as_ref())?;
        if let Some(directory) = target.parent().filter(|directory| !directory.as_os_str().is_empty()) {
            fs::create_dir_all(directory).map_err(NpyError::io("make the directory", directory))?;
        }
        let mut name = target.file_name().map(ToOwned::to_owned).unwrap_or_default();
        name.push(format!(".{}-{}.partial", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed)));
        let partial = target.with_file_name(name);
        let file = File::create(&partial).map_err(NpyError::io("create", &partial))?;
        Ok(AtomicFile { file, partial, target, finished: false })
    }

    /// The name that the file will have.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Gives the file its name, replacing one that is there.
    ///
    /// # Errors
    /// [`NpyError::Io`] where that fails; no file is left then.
    pub fn finish(mut self) -> Result<(), NpyError> {
        self.file.flush().map_err(NpyError::io("write", &self.target))?;
        fs::rename(&self.partial, &self.target).map_err(NpyError::io("rename to", &self.target))?;
        self.finished = true;
        Ok(())
    }
}

/// The file behind symbolic links; an error where that is a directory or a device.
fn resolve(path: &Path) -> Result<PathBuf, NpyError> {
    let refuse = |problem: &str| NpyError::io("write", path)(io::Error::other(problem.to_owned()));
    if path.file_name().is_none() {
        return Err(refuse("it is not a file name"));
    }
    match fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => fs::canonicalize(path).map_err(NpyError::io("write", path)),
        Ok(_) => Err(refuse("it exists and is not a regular file")),
        Err(_) => Ok(path.to_owned()),
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for AtomicFile {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing more can be done where even removing fails.
            let _ = fs::remove_file(&self.partial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn file_appears_when_finished_and_not_before() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a/b/run.json");
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"{}").unwrap();
        assert!(!path.exists());
        file.finish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"{}");
        assert_eq!(names(path.parent().unwrap()), ["run.json"]);
    }

    #[test]
    fn dropped_file_leaves_the_old_one() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x.npy");
        fs::write(&path, "old").unwrap();
        AtomicFile::create(&path).unwrap().write_all(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(root.path()), ["x.npy"]);
    }

    #[test]
    #[cfg(unix)]
    fn killed_program_leaves_no_file_of_that_name() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("x.npy");
        let mut file = AtomicFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        std::mem::forget(file);
        assert!(!path.exists());
        assert!(names(root.path()).iter().all(|name| name.ends_with(".partial")));
    }

    #[test]
    fn directories_and_devices_are_refused() {
        let root = tempfile::tempdir().unwrap();
        for bad in [root.path(), Path::new(""), Path::new("/"), Path::new("..")] {
            assert!(matches!(AtomicFile::create(bad), Err(NpyError::Io { .. })), "{bad:?}");
        }
        if cfg!(unix) {
            assert!(AtomicFile::create("/dev/null").is_err());
            assert!(AtomicFile::create("/proc/no/such.npy").is_err());
        }
    }
}
