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
}

impl PlotPaths {
    /// The plots of `input`, with the value of `--out` where the user gave one.
    pub fn new(input: &Path, out: Option<&Path>) -> Self {
        let stem_of =
            |p: &Path| p.file_stem().map_or_else(|| "plot".to_string(), |s| s.to_string_lossy().into_owned());
        let folder_of = |p: &Path| p.parent().map(Path::to_path_buf).unwrap_or_default();
        match out {
            None => Self { folder: folder_of(input), stem: stem_of(input) },
            Some(picture) if picture.extension().is_some_and(|e| e.eq_ignore_ascii_case("png")) => {
                Self { folder: folder_of(picture), stem: stem_of(picture) }
            }
            Some(folder) => Self { folder: folder.to_path_buf(), stem: stem_of(input) },
        }
    }

    /// The only plot: `STEM.png`.
    pub fn only(&self) -> PathBuf {
        self.folder.join(format!("{}.png", self.stem))
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
    }
}
