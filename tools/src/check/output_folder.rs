//! Whether results can be written.

use std::io::Write;
use std::path::Path;

use super::Finding;

/// Writes and removes a small file in `folder`, or in the nearest folder above it that exists.
pub(super) fn finding(folder: &Path) -> Finding {
    let existing = folder.ancestors().find(|f| f.exists()).unwrap_or(Path::new("."));
    let existing = if existing.as_os_str().is_empty() { Path::new(".") } else { existing };
    let trial = tempfile::Builder::new().prefix(".g4opticks-check").tempfile_in(existing);
    match trial.and_then(|mut file| file.write_all(b"check")) {
        Ok(()) => Finding::good("output", format!("files can be written in {}", existing.display())),
        Err(e) => {
            let words =
                format!("cannot write in {}: {e}; name another folder with --out", existing.display());
            Finding::bad("output", words)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Verdict;

    #[test]
    fn a_folder_to_be_made_is_judged_by_its_parent() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(finding(&folder.path().join("a/b")).verdict, Verdict::Good);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "the trial file is gone");
    }

    #[test]
    fn a_file_is_no_folder() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert_eq!(finding(file.path()).verdict, Verdict::Bad);
    }
}
