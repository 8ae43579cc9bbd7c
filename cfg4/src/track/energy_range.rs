//! The kinetic energies that charged tracks may have.

/// The highest kinetic energy, MeV: 100 TeV, where the tables of energy loss end.
pub const MAX_KINETIC_MEV: f64 = 1e8;

/// A kinetic energy that no track can start with.
#[derive(Debug, Clone, Copy, PartialEq, thiserror::Error)]
#[error(
    "a kinetic energy of {kinetic_mev} MeV is not from 0 to {MAX_KINETIC_MEV:e} MeV (100 TeV), where the tables of \
     energy loss end; choose one within"
)]
pub struct EnergyOutOfRange {
    /// The energy, MeV.
    pub kinetic_mev: f64,
}

/// The energy itself if tracks can start with it.
///
/// # Errors
/// A negative energy, one above [`MAX_KINETIC_MEV`], NaN.
///
/// ```
/// use cfg4::track::check_kinetic_mev;
/// assert_eq!(check_kinetic_mev(1000.0), Ok(1000.0));
/// assert!(check_kinetic_mev(1e9).is_err());
/// ```
pub fn check_kinetic_mev(kinetic_mev: f64) -> Result<f64, EnergyOutOfRange> {
    if (0.0..=MAX_KINETIC_MEV).contains(&kinetic_mev) {
        Ok(kinetic_mev)
    } else {
        Err(EnergyOutOfRange { kinetic_mev })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ends_belong_to_the_range() {
        for inside in [0.0, 1e-12, 1e8] {
            assert_eq!(check_kinetic_mev(inside), Ok(inside));
        }
        for outside in [-1e-300, 1.000_000_1e8, f64::INFINITY, f64::NAN] {
            assert!(check_kinetic_mev(outside).is_err(), "{outside}");
        }
        let message = EnergyOutOfRange { kinetic_mev: 1e9 }.to_string();
        assert!(message.contains("1000000000 MeV is not from 0 to 1e8 MeV"), "{message}");
    }
}
