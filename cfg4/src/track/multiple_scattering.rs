//! Multiple Coulomb scattering.
//!
//! Highland's formula with Lynch and Dahl's constants (Nucl. Instr. Meth. B 58 (1991) 6; Particle Data Group eq. 34.16): the
//! projected angle behind `x` is Gaussian of width `theta0 = 13.6 MeV/(p beta c) z sqrt(x/X0) (1 + 0.038 ln(x z^2/(X0 beta^2)))`.
//! The logarithm does not add up over small steps, so the thickness passed so far is kept and each step adds the difference
//! of the squares: a track cut into any steps scatters as the formula says for the whole.
//!
//! Left out: single scattering through large angles, the displacement within a step, and the path's own curvature.

use super::kinematics::Kinematics;
use super::random::TrackRng;
use super::sampling::normal;
use super::vector::{Vector, perpendicular_frame};

/// The thickness that a track has passed, in the formula's units.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScatteringDepth {
    /// `sum(x z^2 / (X0 beta^2))`.
    reduced: f64,
}

impl ScatteringDepth {
    /// Adds a step and gives the variance of the projected angle that it causes, rad^2.
    pub fn variance_of_step(
        &mut self,
        charge: f64,
        state: &Kinematics,
        length_mm: f64,
        radiation_length_mm: f64,
    ) -> f64 {
        let thickness = length_mm / radiation_length_mm;
        if thickness.is_nan() || thickness <= 0.0 {
            return 0.0;
        }
        let to_reduced = charge * charge / state.beta2;
        let before = self.reduced;
        self.reduced += thickness * to_reduced;
        // In the reduced thickness t the square is (13.6/p)^2 t (1 + 0.038 ln t)^2.
        let scale = (13.6 / state.momentum_mev()).powi(2);
        scale * (highland(self.reduced) - highland(before)).max(0.0)
    }
}

/// `t (1 + 0.038 ln t)^2`, the bracket kept positive for the thinnest layers.
fn highland(reduced: f64) -> f64 {
    if reduced <= 0.0 {
        return 0.0;
    }
    let bracket = (1.0 + 0.038 * reduced.ln()).max(0.1);
    reduced * bracket * bracket
}

/// `direction` (unit) turned by Gaussian angles of `variance` in two perpendicular planes.
pub fn scatter(direction: Vector, variance: f64, rng: &mut TrackRng) -> Vector {
    if variance <= 0.0 {
        return direction;
    }
    let width = variance.sqrt();
    let (x, y) = (width * normal(rng), width * normal(rng));
    let polar = x.hypot(y);
    if polar == 0.0 {
        return direction;
    }
    let (sin, cos) = polar.sin_cos();
    perpendicular_frame(direction).rotate(direction, cos, [sin * x / polar, sin * y / polar])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_to_highland_s_formula() {
        let state = Kinematics::new(105.658, 1000.0);
        let x0 = 360.8;
        let x = 500.0_f64 / x0;
        let theta0 =
            13.6 / (state.momentum_mev() * state.beta()) * x.sqrt() * (1.0 + 0.038 * (x / state.beta2).ln());
        for steps in [1, 10, 1250] {
            let mut depth = ScatteringDepth::default();
            let one = |_| depth.variance_of_step(1.0, &state, 500.0 / f64::from(steps), x0);
            let variance: f64 = (0..steps).map(one).sum();
            assert!((variance.sqrt() / theta0 - 1.0).abs() < 1e-9, "{steps} steps");
        }
    }

    #[test]
    fn sampled_width_within_5_sigma() {
        let mut rng = TrackRng::new(9, 0, 0);
        let n = 100_000;
        let direction = [0.6, 0.0, 0.8];
        let mut squares = 0.0;
        for _ in 0..n {
            let d = scatter(direction, 1e-4, &mut rng);
            assert!((d.iter().map(|x| x * x).sum::<f64>() - 1.0).abs() < 1e-12);
            squares += d[1] * d[1];
        }
        let ratio = squares / f64::from(n) / 1e-4;
        assert!((ratio - 1.0).abs() < 5.0 * (2.0 / f64::from(n)).sqrt() + 1e-4, "{ratio}");
    }
}
