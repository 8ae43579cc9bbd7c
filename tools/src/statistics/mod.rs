//! Whether two samples are of one distribution, and whether a sample follows a law.

mod chi2;
mod ks;

pub use chi2::{Bin, Chi2, against_law, together, two_samples};
pub use ks::{Ks, kolmogorov_smirnov};
