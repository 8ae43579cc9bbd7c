//! Why a picture of a geometry cannot be made.

/// Error of the pictures of a geometry.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// A picture of no or of enormous size.
    #[error("--size {width}x{height}: give 200 to 4096 pixels each way, as 1200x900")]
    Size {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A name that no volume or placement has.
    #[error("--hide {name}: no volume or placement has that name{hint}")]
    UnknownName {
        /// The name.
        name: String,
        /// What may be meant.
        hint: String,
    },
    /// A plane in which there is nothing.
    #[error(
        "--cut {cut}: the plane misses everything in the world, which lies from {held} mm along {axis} (the world itself \
         from {world})"
    )]
    Misses {
        /// The cut.
        cut: String,
        /// Its axis.
        axis: &'static str,
        /// Where what is in the world begins and ends, mm: `-5 to 5`.
        held: String,
        /// Where the world itself does.
        world: String,
    },
    /// A camera that looks nowhere.
    #[error("--view: {0}")]
    View(String),
    /// Drawing failed.
    #[error("cannot draw the picture: {0}")]
    Draw(String),
    /// The picture cannot be written.
    #[error(transparent)]
    Write(#[from] npy::NpyError),
}

impl RenderError {
    /// What the drawing or encoding library says.
    pub(super) fn draw(reason: impl std::fmt::Display) -> Self {
        Self::Draw(reason.to_string())
    }
}
