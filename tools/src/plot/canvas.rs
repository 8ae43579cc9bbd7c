//! An image that is drawn, then saved as PNG in one step.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::register_font;

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlotError {
    /// The folder or the file cannot be written.
    #[error("cannot write the plot {path}: {source}; name another place with --out", path = path.display())]
    Write {
        /// Where the picture was to go.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Drawing failed.
    #[error("cannot draw the plot {path}: {reason}", path = path.display())]
    Draw {
        /// Where the picture was to go.
        path: PathBuf,
        /// What the drawing library said.
        reason: String,
    },
    /// There is nothing to draw.
    #[error("no plot {path}: {reason}", path = path.display())]
    Empty {
        /// Where the picture was to go.
        path: PathBuf,
        /// What is missing.
        reason: &'static str,
    },
}

/// The drawing area of a picture.
pub(crate) type Canvas<'a> = DrawingArea<BitMapBackend<'a>, Shift>;

/// What drawing code returns: the drawing library's errors, as they come.
pub(crate) type Drawn = Result<(), Box<dyn Error>>;

/// The name that the embedded font is registered under.
pub(crate) const FONT: &str = "plot";

/// Draws a picture of `size` pixels on white and saves it as `path`, replacing what was there.
pub(crate) fn draw_png(
    path: &Path,
    size: (u32, u32),
    draw: impl FnOnce(&Canvas) -> Drawn,
) -> Result<(), PlotError> {
    let write_error = |source| PlotError::Write { path: path.to_path_buf(), source };
    let draw_error = |reason: String| PlotError::Draw { path: path.to_path_buf(), reason };
    register_fonts().map_err(|reason| draw_error(reason.to_string()))?;

    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let file =
        tempfile::Builder::new().prefix(".plot").suffix(".png").tempfile_in(folder).map_err(write_error)?;
    {
        let root = BitMapBackend::new(file.path(), size).into_drawing_area();
        root.fill(&WHITE).map_err(|e| draw_error(e.to_string()))?;
        draw(&root).map_err(|e| draw_error(e.to_string()))?;
        root.present().map_err(|e| draw_error(e.to_string()))?;
    }
    make_readable(file.path()).map_err(write_error)?;
    file.persist(path).map_err(|e| write_error(e.error))?;
    Ok(())
}

/// Draws into an image in memory: `rgb` holds `size` pixels of three bytes, row by row.
pub(crate) fn draw_on(
    rgb: &mut [u8],
    size: (u32, u32),
    draw: impl FnOnce(&Canvas) -> Drawn,
) -> Result<(), Box<dyn Error>> {
    register_fonts()?;
    let root = BitMapBackend::with_buffer(rgb, size).into_drawing_area();
    draw(&root)?;
    Ok(root.present()?)
}

/// Temporary files are the owner's alone; a plot is readable like any other new file.
fn make_readable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

fn register_fonts() -> Result<(), &'static str> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let registered =
        *REGISTERED.get_or_init(|| register_font(FONT, FontStyle::Normal, ttf_noto_sans::REGULAR).is_ok());
    if registered { Ok(()) } else { Err("the embedded font is damaged; build the program again") }
}
