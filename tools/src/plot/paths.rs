//! Where the plots of an input file go.

use std::path::{Path, PathBuf};

/// The folder and the beginning of the names of an input's plots.
///
/// Without `--out` they lie beside the input: `out/hits.npy` gives `out/hits.png`, `out/hits_time.png`. `--out` names a
/// picture (`plots/a.png` gives `plots/a.png`, `plots/a_time.png`) or a folder (`plots` gives `plots/hits_time.png`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlotPaths {
    folder: PathBuf,
    stem: String,
    /// Whether `--out` names a picture.
    named: bool,
}

/// The value of `--out`: a .png file or a folder.
///
/// # Errors
/// A path with another extension, unless such a folder exists: it was meant as a file of a kind that is not written.
pub fn picture_or_folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    match path.extension() {
        Some(other) if !other.eq_ignore_ascii_case("png") && !path.is_dir() => Err(format!(
            "pictures are PNG files, not .{}; name a file that ends in .png, or a folder (one with a dot in its name \
             has to exist)",
            other.to_string_lossy()
        )),
        _ => Ok(path),
    }
}

impl PlotPaths {
    /// The plots of `input`, with the value of `--out` where the user gave one.
    pub fn new(input: &Path, out: Option<&Path>) -> Self {
        let stem_of =
            |p: &Path| p.file_stem().map_or_else(|| "plot".to_string(), |s| s.to_string_lossy().into_owned());
        let folder_of = |p: &Path| p.parent().map(Path::to_path_buf).unwrap_or_default();
        match out {
            None => Self { folder: folder_of(input), stem: stem_of(input), named: false },
            Some(picture) if picture.extension().is_some_and(|e| e.eq_ignore_ascii_case("png")) => {
                Self { folder: folder_of(picture), stem: stem_of(picture), named: true }
            }
            Some(folder) => Self { folder: folder.to_path_buf(), stem: stem_of(input), named: false },
        }
    }

    /// The only plot: `STEM.png`.
    pub fn only(&self) -> PathBuf {
        self.folder.join(format!("{}.png", self.stem))
    }

    /// The only picture of a command: as `--out` names it, else with what it shows, `STEM_what.png`.
    pub fn showing(&self, what: &str) -> PathBuf {
        if self.named { self.only() } else { self.of(what) }
    }

    /// One of several plots: `STEM_what.png`.
    pub fn of(&self, what: &str) -> PathBuf {
        self.folder.join(format!("{}_{what}.png", self.stem))
    }

    /// Makes the folder if it is missing.
    ///
    /// # Errors
    /// [`PlotError::Write`](super::PlotError::Write) where the folder cannot be made.
    pub fn make_folder(&self) -> Result<(), super::PlotError> {
        if self.folder.as_os_str().is_empty() {
            return Ok(());
        }
        std::fs::create_dir_all(&self.folder)
            .map_err(|source| super::PlotError::Write { path: self.folder.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plots_lie_beside_the_input() {
        let paths = PlotPaths::new(Path::new("out/e0/hits.npy"), None);
        assert_eq!(paths.only(), Path::new("out/e0/hits.png"));
        assert_eq!(paths.of("time"), Path::new("out/e0/hits_time.png"));
        assert_eq!(PlotPaths::new(Path::new("hits.npy"), None).only(), Path::new("hits.png"));
    }

    #[test]
    fn out_is_a_picture_or_a_folder() {
        let picture = PlotPaths::new(Path::new("hits.npy"), Some(Path::new("p/a.PNG")));
        assert_eq!(picture.of("time"), Path::new("p/a_time.png"));
        let folder = PlotPaths::new(Path::new("hits.npy"), Some(Path::new("p")));
        assert_eq!(folder.only(), Path::new("p/hits.png"));
        assert_eq!(picture.showing("iso"), Path::new("p/a.png"));
        assert_eq!(folder.showing("iso"), Path::new("p/hits_iso.png"));
    }

    #[test]
    fn pictures_of_other_kinds_are_refused() {
        for good in ["a.png", "a.PNG", "a", "p/q", "p/"] {
            assert_eq!(picture_or_folder(good), Ok(PathBuf::from(good)));
        }
        for bad in ["a.jpg", "p/a.pdf"] {
            assert!(picture_or_folder(bad).is_err_and(|e| e.contains("PNG")), "{bad}");
        }
        let folder = tempfile::tempdir().unwrap();
        let dotted = folder.path().join("run.1");
        assert!(picture_or_folder(&dotted.to_string_lossy()).is_err());
        std::fs::create_dir(&dotted).unwrap();
        assert_eq!(picture_or_folder(&dotted.to_string_lossy()), Ok(dotted));
    }
}
