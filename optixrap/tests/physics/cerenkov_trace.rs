//! The recorded generation of one Cerenkov photon by the original: photon 0 of CerenkovMinimal.

use super::support::{assert_transverse, genstep, material_tables};
use super::xorwow::Xorwow;
use optixrap::physics::generate::generate;
use optixrap::physics::vec3::{Vec3, vec3};

#[track_caller]
fn assert_close(got: f32, want: f64, what: &str) {
    let error = (f64::from(got) - want).abs();
    assert!(error <= 1e-5 * want.abs().max(1.0), "{what}: {got} is not {want}");
}

#[track_caller]
fn assert_vector(got: Vec3, want: [f64; 3], what: &str) {
    for (got, want) in [got.x, got.y, got.z].into_iter().zip(want) {
        assert_close(got, want, what);
    }
}

#[test]
fn the_recorded_photon() {
    // The original samples 60..820 nm uniformly in energy whatever Pmin and Pmax; here they are its limits.
    let tables = material_tables(&[("RINDEX", &[(1.0, 1.3608), (25.0, 1.3608)])]);
    let hc_mev_nm = 1.239_841_875e-3;
    // What the trace prints: sin^2 and the place, from which 1/beta, the step and the mean numbers follow.
    let (fraction, place) = (0.156_988_62_f64, [0.053_994_2, -0.010_820_2, -0.002_176_39]);
    let beta_inverse = 1.3608 * (1.0_f64 - 0.35665).sqrt();
    let step = place.map(|x| x / fraction);
    let largest = 46.97818 / 0.071_367_51;
    let mean_1 = largest - (largest - 658.0943) / fraction;
    let velocity = 0.05618 / 0.000_204_547;
    let genstep = genstep(
        1,
        &[
            (8, step[0] as f32),
            (9, step[1] as f32),
            (10, step[2] as f32),
            (11, (0.05618 / fraction) as f32),
            (13, -1.0),
            (14, 1.0),
            (15, velocity as f32),
            (16, beta_inverse as f32),
            (17, (hc_mev_nm / 820.0) as f32),
            (18, (hc_mev_nm / 60.0) as f32),
            (20, (0.15637 / 0.438_451_14) as f32),
            (21, largest as f32),
            (22, mean_1 as f32),
            (23, velocity as f32),
        ],
    );
    let photon = generate(&tables.view(), &genstep, 0, &mut Xorwow::new(0, 0));
    assert_close(photon.wavelength_nm, 79.02767, "wavelength");
    assert_vector(photon.direction, [0.79632, -0.22456, 0.56165], "direction");
    assert_vector(photon.polarization, [-0.57103, 0.02716, 0.82048], "polarization");
    assert_vector(photon.position, place, "position");
    assert!((f64::from(photon.time_ns) - 0.000_204_547).abs() < 1e-5 * 0.000_204_547);
    assert!((photon.position + -vec3(0.0, 0.0, 0.0)).length() > 0.05);
    assert_transverse(&photon, 1e-6);
}
