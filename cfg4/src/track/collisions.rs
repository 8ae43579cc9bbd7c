//! Hard collisions with electrons: their spectrum, mean and sampling.
//!
//! Per path, `dN/dT = xi w(T)/T^2` with Rutherford's `xi` (see [`Absorber::xi_mev`](super::Absorber::xi_mev)) and the
//! factor `w` of each projectile: `1 - b^2 T/Tmax` (spin 0), `+ T^2/(2 E^2)` (spin 1/2; both in Rossi, High-Energy Particles),
//! Moller's for electrons with `T` up to half of their energy, Bhabha's for positrons.

use super::kinematics::Kinematics;
use super::random::TrackRng;
use super::sampling::poisson;
use crate::particle::Particle;

/// The spectrum of energies given to electrons by one particle at one energy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CollisionSpectrum {
    max_transfer_mev: f64,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// `1 - slope T + quadratic T^2`.
    Heavy { slope: f64, quadratic: f64 },
    /// `a e^2 + 1 - b e + e^2/(1-e)^2 - b e^2/(1-e)`, `e = T/energy`.
    Moller { energy_mev: f64, a: f64, b: f64 },
    /// `1 - e c1 + e^2 c2 - e^3 c3 + e^4 c4`, `e = T/energy`.
    Bhabha { energy_mev: f64, c: [f64; 4] },
}

impl CollisionSpectrum {
    /// The spectrum of `particle` in `state`, moving.
    pub fn new(particle: Particle, state: &Kinematics) -> Self {
        match particle {
            Particle::Electron => Self { max_transfer_mev: 0.5 * state.kinetic_mev, form: moller(state) },
            Particle::Positron => Self { max_transfer_mev: state.kinetic_mev, form: bhabha(state) },
            _ => {
                let max_transfer_mev = state.max_transfer_mev();
                let spin = if has_spin_half(particle) { 0.5 / state.total_mev().powi(2) } else { 0.0 };
                let form = Form::Heavy { slope: state.beta2 / max_transfer_mev, quadratic: spin };
                Self { max_transfer_mev, form }
            }
        }
    }

    /// The largest transfer, MeV.
    pub fn max_transfer_mev(&self) -> f64 {
        self.max_transfer_mev
    }

    /// `w(T)`.
    pub fn factor(&self, transfer_mev: f64) -> f64 {
        match self.form {
            Form::Heavy { slope, quadratic } => {
                1.0 - slope * transfer_mev + quadratic * transfer_mev * transfer_mev
            }
            Form::Moller { energy_mev, a, b } => {
                let e = transfer_mev / energy_mev;
                let ratio = e / (1.0 - e);
                a * e * e + 1.0 - b * e + ratio * ratio - b * e * ratio
            }
            Form::Bhabha { energy_mev, c } => {
                let e = transfer_mev / energy_mev;
                1.0 - e * (c[0] - e * (c[1] - e * (c[2] - e * c[3])))
            }
        }
    }

    /// The largest `w`: at an end of the range, as `w` is convex or falls from 1.
    fn largest_factor(&self) -> f64 {
        self.factor(self.max_transfer_mev).max(1.0)
    }

    /// Mean energy given in collisions above `from_mev`, in units of `xi`.
    pub fn mean_above(&self, from_mev: f64) -> f64 {
        if from_mev >= self.max_transfer_mev {
            return 0.0;
        }
        self.primitive(self.max_transfer_mev) - self.primitive(from_mev)
    }

    /// An antiderivative of `w(T)/T`.
    fn primitive(&self, t: f64) -> f64 {
        match self.form {
            Form::Heavy { slope, quadratic } => t.ln() - slope * t + 0.5 * quadratic * t * t,
            Form::Moller { energy_mev, a, b } => {
                let e = t / energy_mev;
                0.5 * a * e * e + e.ln() + 1.0 / (1.0 - e) + (1.0 + b) * (1.0 - e).ln()
            }
            Form::Bhabha { energy_mev, c } => {
                let e = t / energy_mev;
                e.ln() - e * (c[0] - e * (c[1] / 2.0 - e * (c[2] / 3.0 - e * c[3] / 4.0)))
            }
        }
    }

    /// Calls `collision` with the energy in MeV of each collision above `from_mev` on a path of scale `xi_mev`.
    pub fn sample_above(
        &self,
        from_mev: f64,
        xi_mev: f64,
        rng: &mut TrackRng,
        mut collision: impl FnMut(f64),
    ) {
        if from_mev >= self.max_transfer_mev {
            return;
        }
        let bound = self.largest_factor();
        let range = 1.0 / from_mev - 1.0 / self.max_transfer_mev;
        for _ in 0..poisson(xi_mev * bound * range, rng) {
            let transfer = 1.0 / (1.0 / from_mev - rng.uniform() * range);
            if rng.uniform() * bound <= self.factor(transfer) {
                collision(transfer.min(self.max_transfer_mev));
            }
        }
    }
}

/// Whether a particle has spin 1/2 (muons, electrons, protons) rather than 0 (pions, kaons, alphas).
pub(super) fn has_spin_half(particle: Particle) -> bool {
    !matches!(
        particle,
        Particle::PionPlus | Particle::PionMinus | Particle::KaonPlus | Particle::KaonMinus | Particle::Alpha
    )
}

fn moller(state: &Kinematics) -> Form {
    let g2 = state.gamma * state.gamma;
    let a = (state.gamma - 1.0) * (state.gamma - 1.0) / g2;
    Form::Moller { energy_mev: state.kinetic_mev, a, b: (2.0 * state.gamma - 1.0) / g2 }
}

fn bhabha(state: &Kinematics) -> Form {
    let y = 1.0 / (state.gamma + 1.0);
    let u = 1.0 - 2.0 * y;
    let b = [2.0 - y * y, u * (3.0 + y * y), u * u + u * u * u, u * u * u];
    Form::Bhabha { energy_mev: state.kinetic_mev, c: b.map(|x| state.beta2 * x) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spectra() -> Vec<CollisionSpectrum> {
        let all = [
            (Particle::MuonPlus, 1000.0),
            (Particle::PionMinus, 300.0),
            (Particle::Electron, 5.0),
            (Particle::Electron, 0.3),
            (Particle::Positron, 5.0),
            (Particle::Positron, 0.3),
        ];
        all.map(|(p, t)| CollisionSpectrum::new(p, &Kinematics::new(p.mass_mev(), t))).to_vec()
    }

    #[test]
    fn mean_is_the_integral_of_the_spectrum() {
        for spectrum in spectra() {
            let from = 0.01;
            let n = 20_000;
            let step = (spectrum.max_transfer_mev() / from).ln() / f64::from(n);
            let cell = |i: i32| spectrum.factor(from * ((f64::from(i) + 0.5) * step).exp()) * step;
            let integral: f64 = (0..n).map(cell).sum();
            assert!((spectrum.mean_above(from) / integral - 1.0).abs() < 1e-6, "{spectrum:?}");
        }
    }

    #[test]
    fn factor_stays_within_its_bound() {
        for spectrum in spectra() {
            for i in 0..=1000 {
                let factor = spectrum.factor(spectrum.max_transfer_mev() * f64::from(i) / 1000.0);
                assert!(
                    (0.0..=spectrum.largest_factor() + 1e-12).contains(&factor),
                    "{spectrum:?} {i}: {factor}"
                );
            }
        }
    }

    #[test]
    fn sampled_energy_has_its_mean_within_5_sigma() {
        let mut rng = TrackRng::new(5, 0, 0);
        for spectrum in spectra() {
            let (from, xi, n) = (0.01, 0.05, 40_000);
            let (mut sum, mut squares) = (0.0, 0.0);
            for _ in 0..n {
                spectrum.sample_above(from, xi, &mut rng, |t| {
                    assert!(t >= from && t <= spectrum.max_transfer_mev());
                    sum += t;
                    squares += t * t;
                });
            }
            let expected = f64::from(n) * xi * spectrum.mean_above(from);
            assert!((sum - expected).abs() < 5.0 * squares.sqrt(), "{spectrum:?}: {sum} {expected}");
        }
    }
}
