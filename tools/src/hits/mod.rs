//! Hits as `g4opticks hits` reads and summarises them.

mod flags;
mod history;
mod hit;
mod plots;
mod summary;

pub use flags::flag_names;
pub use history::{HistoryCount, history_table};
pub use hit::Hit;
pub use plots::plot_hits;
pub use summary::{HitSummary, SensorHits, hits_by_sensor};
