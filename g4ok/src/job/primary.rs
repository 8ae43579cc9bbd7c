//! Where the particles of a gun really start.

use cfg4::macros::Gun;
use cfg4::track::Primary;

/// How far aside a gun shoots, mm, beside a few roundings of its position.
const ASIDE_MM: f64 = 1e-3;
/// Half a dozen roundings to f32.
const ROUNDINGS: f64 = 4e-7;
/// A direction along no face that detectors usually have.
const SKEW: [f64; 3] = [0.815, 0.494, 0.304];

/// A particle of the gun, moved by a micrometre or a few: forward, and to a side.
///
/// Guns stand at the middle of detectors, where crystals share faces and edges: a track exactly along these would be in
/// none of the crystals, and with its rounding to now one, now another. A gun on the face of the world that shoots
/// inward stands inside.
pub(super) fn primary(gun: &Gun) -> Primary {
    let [u, v, w] = gun.direction;
    let along = SKEW[0] * u + SKEW[1] * v + SKEW[2] * w;
    let reach = gun.position_mm.iter().fold(0.0_f64, |reach, x| reach.max(x.abs()));
    let shift = ASIDE_MM + ROUNDINGS * reach;
    let moved = |i: usize| {
        let aside = SKEW[i] - along * gun.direction[i];
        gun.position_mm[i] + shift * (gun.direction[i] + aside)
    };
    Primary {
        particle: gun.particle,
        kinetic_mev: gun.kinetic_energy_mev,
        position_mm: [0, 1, 2].map(moved),
        direction: gun.direction,
        time_ns: gun.time_ns,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gun_moves_forward_and_aside_by_micrometres() {
        for direction in [[0.0, 0.0, 1.0], [0.0, -1.0, 0.0], [0.6, 0.8, 0.0]] {
            let gun = Gun { position_mm: [1000.0, 0.0, -500.0], direction, ..Gun::default() };
            let moved = primary(&gun).position_mm;
            let shift = [0, 1, 2].map(|i| moved[i] - gun.position_mm[i]);
            let length = shift.iter().map(|x| x * x).sum::<f64>().sqrt();
            let forward: f64 = (0..3).map(|i| shift[i] * direction[i]).sum();
            assert!((1e-3..3e-3).contains(&length), "{length}");
            assert!(forward > 1e-3 && length > 1.1 * forward, "{direction:?}: {shift:?}");
        }
    }
}
