//! Velocity, momentum and the hardest collision with an electron.

use super::constants::ELECTRON_MASS_MEV;

/// The state of motion of a particle of one mass and energy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kinematics {
    /// Rest mass, MeV.
    pub mass_mev: f64,
    /// Kinetic energy, MeV.
    pub kinetic_mev: f64,
    /// Lorentz factor.
    pub gamma: f64,
    /// Velocity squared, in units of c squared.
    pub beta2: f64,
}

impl Kinematics {
    /// A particle of `mass_mev` > 0 with `kinetic_mev` >= 0.
    pub fn new(mass_mev: f64, kinetic_mev: f64) -> Self {
        let tau = kinetic_mev / mass_mev;
        let gamma = 1.0 + tau;
        Self { mass_mev, kinetic_mev, gamma, beta2: tau * (tau + 2.0) / (gamma * gamma) }
    }

    /// Velocity in units of c.
    pub fn beta(&self) -> f64 {
        self.beta2.sqrt()
    }

    /// `(beta gamma)^2`.
    pub fn beta_gamma2(&self) -> f64 {
        self.beta2 * self.gamma * self.gamma
    }

    /// Momentum, MeV/c.
    pub fn momentum_mev(&self) -> f64 {
        self.mass_mev * self.beta_gamma2().sqrt()
    }

    /// Total energy, MeV.
    pub fn total_mev(&self) -> f64 {
        self.mass_mev + self.kinetic_mev
    }

    /// The most kinetic energy that a particle other than an electron can give to a free electron, MeV:
    /// `2 m_e b^2 g^2 / (1 + 2 g m_e/M + (m_e/M)^2)` (Particle Data Group, eq. 34.4).
    pub fn max_transfer_mev(&self) -> f64 {
        let ratio = ELECTRON_MASS_MEV / self.mass_mev;
        2.0 * ELECTRON_MASS_MEV * self.beta_gamma2() / (1.0 + 2.0 * self.gamma * ratio + ratio * ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn muon_of_1_gev() {
        let k = Kinematics::new(105.6583745, 1000.0);
        assert!((k.momentum_mev() - (1000.0_f64 * (1000.0 + 2.0 * 105.6583745)).sqrt()).abs() < 1e-9);
        assert!((k.beta() - 0.995423528).abs() < 1e-8, "as Geant4 prints it: {}", k.beta());
        let (m, p) = (ELECTRON_MASS_MEV, k.momentum_mev());
        let invariant = 2.0 * m * p * p / (m * m + k.mass_mev * k.mass_mev + 2.0 * m * k.total_mev());
        assert!((k.max_transfer_mev() / invariant - 1.0).abs() < 1e-12, "{}", k.max_transfer_mev());
    }
}
