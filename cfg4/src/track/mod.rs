//! Charged tracks where no Geant4 is at hand.

mod absorber;
mod berger_seltzer;
mod bethe;
mod bremsstrahlung;
mod constants;
mod density_effect;
mod error;
mod kinematics;
mod log_table;
mod mean_excitation;
mod random;
mod sampling;
#[cfg(test)]
mod testing;

pub use absorber::{Absorber, AbsorberElement};
pub use error::TrackError;
