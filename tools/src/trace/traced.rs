//! What is kept of a ray.

/// Boundaries that the files have room for.
pub const COLUMNS: usize = 24;

/// Where a stretch of a ray lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Place {
    /// Behind the boundaries that there are, or that are kept.
    #[default]
    Nothing,
    /// Outside the world.
    Outside,
    /// In the touchable of this node, or, for one solid, outside (0) or inside (1) of it.
    Node(u32),
}

/// A ray with its first [`COLUMNS`] boundaries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TracedRay {
    /// Distances of the boundaries from the ray's start, mm, rounded to f32 once; NaN where there are no more.
    pub distances_mm: [f32; COLUMNS],
    /// The place at the start and after each boundary.
    pub places: [Place; COLUMNS + 1],
    /// Unit normal at the first boundary; NaN where there is none.
    pub normal: [f32; 3],
    /// All boundaries, those beyond [`COLUMNS`] too.
    pub boundaries: u32,
    /// Boundaries at which the ray was not where it was thought to be.
    pub lost: u32,
    /// Whether the ray did not get ahead and was given up.
    pub stuck: bool,
}

impl TracedRay {
    /// A ray that starts at a place.
    pub(super) fn starting(at: Place) -> Self {
        let mut places = [Place::Nothing; COLUMNS + 1];
        places[0] = at;
        Self {
            distances_mm: [f32::NAN; COLUMNS],
            places,
            normal: [f32::NAN; 3],
            boundaries: 0,
            lost: 0,
            stuck: false,
        }
    }

    /// Adds the next boundary.
    pub(super) fn add(&mut self, distance_mm: f64, behind: Place, normal: [f64; 3], lost: bool) {
        let at = self.boundaries as usize;
        if at == 0 {
            self.normal = normal.map(|x| x as f32);
        }
        if at < COLUMNS {
            self.distances_mm[at] = distance_mm as f32;
            self.places[at + 1] = behind;
        }
        self.boundaries = self.boundaries.saturating_add(1);
        self.lost += u32::from(lost);
    }

    /// Whether there are more boundaries than the files have room for.
    pub fn is_cut(&self) -> bool {
        self.boundaries as usize > COLUMNS
    }
}
