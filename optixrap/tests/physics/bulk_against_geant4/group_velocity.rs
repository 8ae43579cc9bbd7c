//! Group velocities that follow from RINDEX.

use super::super::support::{floats, material_tables, pairs, reference};
use optixrap::physics::photon::HC_EV_NM;
use optixrap::scene::group_velocity::group_velocity;
use optixrap::scene::property_tables::Curve;

/// 2e-7 relative: the tables' printed digits and the speed of light in f32.
#[test]
fn group_velocity_tables() {
    let Some(file) = reference("bulk/groupvel.json") else { return };
    for (name, case) in file["cases"].as_object().unwrap() {
        let rindex = pairs(&case["RINDEX"]);
        let (e, n): (Vec<f64>, Vec<f64>) = rindex.iter().copied().unzip();
        let curve = group_velocity(&Curve::new(e, n));
        let (energies, values) = (floats(&case["GROUPVEL"]["energy_eV"]), floats(&case["GROUPVEL"]["value"]));
        assert_eq!(curve.x().len(), energies.len(), "{name}");
        for i in 0..energies.len() {
            assert!((curve.x()[i] - energies[i]).abs() < 1e-6 * energies[i], "{name}");
            assert!(
                (curve.y()[i] - values[i]).abs() < 2e-7 * values[i],
                "{name}: {} {}",
                curve.y()[i],
                values[i]
            );
        }
        let tables = material_tables(&[("RINDEX", &rindex)]);
        let at = |e: f64| f64::from(tables.view().medium(0, HC_EV_NM / e as f32).group_velocity_mm_per_ns);
        let (at_ev, at_value) = (&case["GROUPVEL"]["at_eV"], &case["GROUPVEL"]["at_value"]);
        for (e, want) in floats(at_ev).into_iter().zip(floats(at_value)) {
            assert!((at(e) - want).abs() < 1e-4 * want, "{name} at {e} eV: {} {want}", at(e));
        }
        let tracked = case["tracked_velocity_mm_per_ns_at_430nm"].as_f64().unwrap();
        let velocity = f64::from(tables.view().medium(0, 430.0).group_velocity_mm_per_ns);
        assert!((velocity - tracked).abs() < 1e-4 * tracked, "{name}: {velocity} {tracked}");
    }
}

/// A reduced copy of Geant4's tables that is always there: normal dispersion, none and anomalous.
#[test]
fn group_velocity_of_small_tables() {
    type Points = &'static [(f64, f64)];
    const CASES: [(Points, Points); 4] = [
        (
            &[(1.5, 1.33), (2.5, 1.34), (3.5, 1.36), (5.0, 1.4), (7.0, 1.48)],
            &[
                (1.5, 222.1382303),
                (2.0, 221.3182755),
                (3.0, 212.7032019),
                (4.25, 200.9134972),
                (7.0, 174.5251204),
            ],
        ),
        (
            &[(1.5, 1.4), (2.0, 1.4), (3.0, 1.5), (4.0, 1.5)],
            &[(1.5, 214.13747), (1.75, 214.13747), (2.5, 176.698748), (4.0, 199.8616387)],
        ),
        (&[(2.0, 1.5), (4.0, 1.6)], &[(2.0, 182.3256207), (4.0, 171.8727853)]),
        (
            &[(1.5, 1.5), (2.5, 1.45), (3.5, 1.52), (4.5, 1.47)],
            &[(1.5, 199.8616387), (2.0, 203.2491241), (3.0, 177.0733661), (4.5, 203.9404476)],
        ),
    ];
    for (rindex, want) in CASES {
        let (e, n) = rindex.iter().copied().unzip();
        let curve = group_velocity(&Curve::new(e, n));
        assert_eq!(curve.x().len(), want.len());
        for (i, &(energy, velocity)) in want.iter().enumerate() {
            assert!((curve.x()[i] - energy).abs() < 1e-12);
            assert!((curve.y()[i] - velocity).abs() < 2e-7 * velocity);
        }
    }
}
