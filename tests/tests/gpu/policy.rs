//! How the lanes of a GPU may get their photons.

/// How lanes get their photons.
#[derive(Clone, Copy)]
pub(super) struct Policy {
    pub(super) lanes: usize,
    /// A warp looks for photons where at most so many of its lanes have one.
    pub(super) refill_at: usize,
    pub(super) choice: Lanes,
}

/// Which photons a warp has.
#[derive(Clone, Copy)]
pub(super) enum Lanes {
    /// Those that it began with, until all have ended.
    Each,
    /// Lanes that have lost their photon make the next one.
    Next,
    /// The same, and photons of a block change lanes.
    Sorted(Sort),
    /// A warp that has few photons left puts them onto a shelf of its own, for so many instructions, and begins with 32
    /// others: from the shelf, for as many, where there are 32, else new ones.
    Shelf(u64),
}

/// Photons of a block change lanes.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    /// Lanes of a block.
    pub(super) block: usize,
    /// Turns between.
    pub(super) every: usize,
    pub(super) by: By,
    /// Instructions of each warp.
    pub(super) cost: u64,
}

/// What photons are sorted by; lanes without a photon come last, and photons that are equal keep their order, so that the
/// oldest come first.
#[derive(Clone, Copy, Debug)]
pub(super) enum By {
    /// Nothing: only lanes without a photon are gathered.
    Nothing,
    /// The volume that the photon is in.
    Volume,
    /// What happened at its last point.
    Last,
    /// The volume, and what will happen at the next point, which a GPU cannot know.
    Future,
}
