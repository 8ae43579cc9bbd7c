//! Energy lost on a path: its mean, and one sample of it.
//!
//! Straggling is that of the collisions themselves: those above `T1 = max(xi/10, I)` are drawn one by one from their spectrum
//! ([`CollisionSpectrum`]), some ten a step; the many softer ones together are a gamma number with the rest of the mean and
//! the variance `xi T1`. The mean is exact for any step, the distribution that of Landau and Vavilov, and adding steps gives
//! the same as one long step. Below `xi ~ I` (a gas layer of mm) atomic shells would widen it further; that is left out.
//!
//! Radiative loss has its mean only.

use super::absorber::Absorber;
use super::collisions::{CollisionSpectrum, has_spin_half};
use super::kinematics::Kinematics;
use super::random::TrackRng;
use super::sampling::gamma;
use super::{berger_seltzer, bethe};
use crate::particle::Particle;

/// Mean losses per path.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct MeanLoss {
    /// To electrons of the medium, MeV/mm.
    pub collision_mev_per_mm: f64,
    /// To photons (and, by muons, pairs and nuclei), MeV/mm.
    pub radiative_mev_per_mm: f64,
}

/// The mean loss of `particle` with kinetic energy `kinetic_mev` > 0.
pub fn mean_loss(absorber: &Absorber, particle: Particle, kinetic_mev: f64) -> MeanLoss {
    let state = Kinematics::new(particle.mass_mev(), kinetic_mev);
    let (collision, radiative) = match particle {
        Particle::Electron | Particle::Positron => {
            let positron = particle == Particle::Positron;
            let collision = berger_seltzer::collision_loss_mev_cm2_g(absorber, positron, &state);
            (collision, absorber.electron_radiation.value(kinetic_mev))
        }
        _ => {
            let spin_half = has_spin_half(particle);
            let collision = bethe::collision_loss_mev_cm2_g(absorber, particle.charge(), spin_half, &state);
            let muon = matches!(particle, Particle::MuonPlus | Particle::MuonMinus);
            (collision, if muon { absorber.muon_radiation.value(kinetic_mev) } else { 0.0 })
        }
    };
    let per_mm = 0.1 * absorber.density_g_cm3;
    MeanLoss { collision_mev_per_mm: collision * per_mm, radiative_mev_per_mm: radiative * per_mm }
}

/// One sample of the loss on a path.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LossSample {
    /// Lost to electrons that stay at the track, MeV.
    pub local_mev: f64,
    /// Kinetic energies of the electrons above the cut, MeV.
    pub delta_rays_mev: Vec<f64>,
    /// Radiated, MeV.
    pub radiated_mev: f64,
}

/// Draws the loss of `particle` at `kinetic_mev` (the energy at the middle of the path, > 0) on `length_mm` >= 0.
///
/// Electrons that receive more than `delta_cut_mev` are listed, the others count as local.
pub fn sample_loss(
    absorber: &Absorber,
    particle: Particle,
    kinetic_mev: f64,
    length_mm: f64,
    delta_cut_mev: f64,
    rng: &mut TrackRng,
) -> LossSample {
    let mean = mean_loss(absorber, particle, kinetic_mev);
    let state = Kinematics::new(particle.mass_mev(), kinetic_mev);
    let spectrum = CollisionSpectrum::new(particle, &state);
    let xi = absorber.xi_mev(particle.charge(), state.beta2, length_mm);
    let total = mean.collision_mev_per_mm * length_mm;
    let mut from = (0.1 * xi).max(1e-6 * absorber.mean_excitation_ev);
    if xi * spectrum.mean_above(from) > 0.8 * total {
        // Slow particles, whose loss is not free collisions' any more: all of it is soft.
        from = spectrum.max_transfer_mev();
    }
    let soft_mean = total - xi * spectrum.mean_above(from);
    let mut sample = LossSample {
        local_mev: gamma(soft_mean, xi * from.min(spectrum.max_transfer_mev()), rng),
        radiated_mev: mean.radiative_mev_per_mm * length_mm,
        ..LossSample::default()
    };
    spectrum.sample_above(from, xi, rng, |transfer| {
        if transfer > delta_cut_mev {
            sample.delta_rays_mev.push(transfer);
        } else {
            sample.local_mev += transfer;
        }
    });
    sample
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::track::testing::water;

    /// Sorted losses in a layer, in MeV; delta rays and radiation included.
    fn losses(particle: Particle, kinetic: f64, layers: usize, length_mm: f64, n: usize) -> Vec<f64> {
        let absorber = Absorber::new(&water()).unwrap();
        let mut rng = TrackRng::new(20, 0, 0);
        let mut one = || {
            let s = sample_loss(&absorber, particle, kinetic, length_mm, 0.2, &mut rng);
            s.local_mev + s.radiated_mev + s.delta_rays_mev.iter().sum::<f64>()
        };
        let mut all: Vec<f64> = (0..n).map(|_| (0..layers).map(|_| one()).sum()).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    #[test]
    fn mean_is_conserved_within_5_sigma() {
        let absorber = Absorber::new(&water()).unwrap();
        for (particle, kinetic, length) in [
            (Particle::Proton, 20.0, 0.1),
            (Particle::Proton, 0.3, 1e-4),
            (Particle::Electron, 1.0, 0.2),
            (Particle::Positron, 1.0, 0.2),
            (Particle::Alpha, 5.0, 1e-3),
            (Particle::MuonMinus, 50.0, 1.0),
        ] {
            let mean = mean_loss(&absorber, particle, kinetic);
            let expected = (mean.collision_mev_per_mm + mean.radiative_mev_per_mm) * length;
            let all = losses(particle, kinetic, 1, length, 50_000);
            let n = all.len() as f64;
            let average = all.iter().sum::<f64>() / n;
            let variance = all.iter().map(|x| (x - average).powi(2)).sum::<f64>() / n;
            assert!(
                (average - expected).abs() < 5.0 * (variance / n).sqrt(),
                "{particle}: {average} {expected}"
            );
        }
    }

    #[test]
    fn thin_layers_follow_landau() {
        // Most probable loss of a 10 GeV muon in 1 cm of water: xi (ln(2 m c2 b2 g2/I) + ln(xi/I) + 0.200 - b2 - delta)
        // (Particle Data Group eq. 34.12); Landau's median lies 1.58 xi above it, his quartiles 0.03 and 4.68 xi.
        let absorber = Absorber::new(&water()).unwrap();
        let state = Kinematics::new(105.658, 10_000.0);
        let xi = absorber.xi_mev(1.0, state.beta2, 10.0);
        let x = state.beta_gamma2();
        let logs = (2.0 * 0.510999 * x / 75e-6).ln() + (xi / 75e-6).ln();
        let most_probable = xi * (logs + 0.2 - state.beta2 - absorber.density_effect.delta(x));
        for (layers, length) in [(1, 10.0), (25, 0.4)] {
            let all = losses(Particle::MuonPlus, 10_000.0, layers, length, 20_000);
            let n = all.len();
            for (quantile, above) in [(n / 4, 0.03), (n / 2, 1.58), (3 * n / 4, 4.68)] {
                let shift = (all[quantile] - most_probable) / xi;
                assert!((shift - above).abs() < 0.25, "{layers} layers: {shift} instead of {above}");
            }
        }
    }

    #[test]
    fn thick_layers_have_bohr_s_width() {
        // Variance of Bohr with the relativistic factor: xi Tmax (1 - b2/2).
        let absorber = Absorber::new(&water()).unwrap();
        let state = Kinematics::new(938.272, 20.0);
        let variance =
            absorber.xi_mev(1.0, state.beta2, 0.2) * state.max_transfer_mev() * (1.0 - 0.5 * state.beta2);
        let all = losses(Particle::Proton, 20.0, 1, 0.2, 40_000);
        let average = all.iter().sum::<f64>() / all.len() as f64;
        let spread = all.iter().map(|x| (x - average).powi(2)).sum::<f64>() / all.len() as f64;
        assert!((spread / variance - 1.0).abs() < 0.05, "{}", spread / variance);
    }
}
