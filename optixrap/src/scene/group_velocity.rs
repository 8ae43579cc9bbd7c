//! The group velocity of a material without GROUPVEL, by Geant4's recipe.
//!
//! v = c / (n + dn/d(ln E)), from the finite difference of each two neighbouring points of RINDEX. The table starts
//! at the first energy and ends at the last, with the means of neighbouring energies between, except that of the
//! last pair; n is taken at those places. Where the result is negative or above c/n (anomalous dispersion) it is
//! c/n.

use super::property_tables::Curve;
use crate::physics::photon::C_LIGHT_MM_PER_NS;

/// GROUPVEL in mm/ns over photon energy in eV, from RINDEX over photon energy in eV.
pub fn group_velocity(rindex: &Curve) -> Curve {
    let (e, n) = (rindex.x(), rindex.y());
    let last = e.len() - 1;
    if last == 0 {
        return Curve::new(vec![e[0]], vec![velocity(n[0], 0.0)]);
    }
    let dispersion = |i: usize| (n[i + 1] - n[i]) / (e[i + 1] / e[i]).ln();
    let mut energies = vec![e[0]];
    let mut velocities = vec![velocity(n[0], dispersion(0))];
    for i in 0..last - 1 {
        energies.push(0.5 * (e[i] + e[i + 1]));
        velocities.push(velocity(0.5 * (n[i] + n[i + 1]), dispersion(i)));
    }
    energies.push(e[last]);
    velocities.push(velocity(n[last], dispersion(last - 1)));
    Curve::new(energies, velocities)
}

/// `dispersion` is dn/d(ln E).
fn velocity(n: f64, dispersion: f64) -> f64 {
    let c = f64::from(C_LIGHT_MM_PER_NS);
    let v = c / (n + dispersion);
    if v >= 0.0 && v <= c / n { v } else { c / n }
}
