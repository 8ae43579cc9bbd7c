//! Surfaces with measured data, on tables made for the purpose.

use super::support::{assert_transverse, photon, properties, surface_detector};
use cfg4::detector::{MeasuredData, OpticalSurface, SurfaceFinish, SurfaceModel as Geant4Model, SurfaceType};
use optixrap::physics::photon::Photon;
use optixrap::physics::random::PhotonRng;
use optixrap::physics::surface::{SurfaceOutcome, interact};
use optixrap::physics::surface_detail::Visit;
use optixrap::physics::vec3::vec3;
use optixrap::scene::SurfaceModel;
use optixrap::scene::property_tables::{PropertyTables, TableOptions};

fn surface(kind: SurfaceType, measured: MeasuredData, list: &[(&str, &[(f64, f64)])]) -> PropertyTables {
    let surface = OpticalSurface {
        name: "s".into(),
        model: Geant4Model::Lut,
        kind,
        finish: SurfaceFinish::Polished,
        value: 0.0,
        properties: properties(list),
        measured: Some(measured),
    };
    let options = TableOptions { surface_model: SurfaceModel::Geant4, reemission: true };
    PropertyTables::new(&surface_detector(surface), &options).unwrap()
}

/// What becomes of `n` photons that come at an angle in the xz plane, polarized along y.
fn shine(tables: &PropertyTables, angle_deg: f32, n: usize) -> Vec<(SurfaceOutcome, Photon)> {
    let (sin, cos) = angle_deg.to_radians().sin_cos();
    let mut rng = PhotonRng::new(8, 0, 0);
    let visit = Visit { indices: (1.8, 1.0), material: 0, volume: 0, normal: vec3(0.0, 0.0, -1.0) };
    let one = |_| {
        let mut photon = photon(vec3(sin, 0.0, cos), vec3(0.0, 1.0, 0.0));
        let outcome = interact(&tables.view(), 0, visit, &mut photon, &mut rng);
        assert_transverse(&photon, 1e-4);
        (outcome, photon)
    };
    (0..n).map(one).collect()
}

fn share(seen: &[(SurfaceOutcome, Photon)], outcome: SurfaceOutcome) -> f64 {
    seen.iter().filter(|(seen, _)| *seen == outcome).count() as f64 / seen.len() as f64
}

/// All light goes to theta = 30 degrees, phi = 0 (index 30 and 18), from any incidence: 30 degrees from the normal on the
/// side that the light came from.
#[test]
fn an_angular_distribution_sends_light_where_it_says() {
    let mut numbers = vec![0.0_f32; 91 * 45 * 37];
    for incident in 0..91 {
        numbers[incident + 91 * (30 + 45 * 18)] = 1.0;
    }
    let data = || MeasuredData::AngularDistribution(numbers.clone().into());
    let tables = surface(SurfaceType::DielectricLut, data(), &[]);
    for angle in [0.0, 20.0, 70.0] {
        for (outcome, photon) in shine(&tables, angle, 20) {
            assert_eq!(outcome, SurfaceOutcome::ReflectDiffuse);
            let (sin, cos) = 30_f32.to_radians().sin_cos();
            assert!((photon.direction.z + cos).abs() < 1e-4, "{angle}: {photon:?}");
            if angle > 0.0 {
                assert!((photon.direction.x + sin).abs() < 1e-4, "{angle}: {photon:?}");
            }
        }
    }
    let list: &[(&str, &[(f64, f64)])] =
        &[("REFLECTIVITY", &[(2.0, 0.5)]), ("TRANSMITTANCE", &[(2.0, 0.3)]), ("EFFICIENCY", &[(2.0, 0.25)])];
    let seen = shine(&surface(SurfaceType::DielectricLut, data(), list), 20.0, 20_000);
    for (outcome, want) in [
        (SurfaceOutcome::ReflectDiffuse, 0.5),
        (SurfaceOutcome::Transmit, 0.3),
        (SurfaceOutcome::Absorb, 0.15),
        (SurfaceOutcome::Detect, 0.05),
    ] {
        let got = share(&seen, outcome);
        assert!((got - want).abs() < 5.0 * (want * (1.0 - want) / 20_000.0).sqrt(), "{outcome:?}: {got}");
    }
}

/// Reflected light at an elevation of 0.5 and an azimuth of 0 or pi/2, transmitted light at an elevation of 2.5.
#[test]
fn recorded_directions() {
    let mut directions = vec![0.0_f32; 7_280_001];
    for (at, pair) in directions[..7_280_000].chunks_exact_mut(2).enumerate() {
        let reflected = at < 1_820_000;
        pair[0] = if at % 2 == 0 { 0.0 } else { std::f32::consts::FRAC_PI_2 };
        pair[1] = if reflected { 0.5 } else { 2.5 };
    }
    let data = || MeasuredData::Recorded {
        directions: directions.clone().into(),
        reflectivity: (0..90).map(|i| 0.9 - 0.01 * i as f32).collect(),
    };
    let tables = surface(SurfaceType::DielectricLutDavis, data(), &[]);
    let seen = shine(&tables, 40.5, 20_000);
    let (reflected, passed) =
        (share(&seen, SurfaceOutcome::ReflectDiffuse), share(&seen, SurfaceOutcome::Transmit));
    assert!((reflected - 0.5).abs() < 0.018 && reflected + passed == 1.0, "{reflected} {passed}");
    for (outcome, photon) in &seen {
        let elevation: f32 = if *outcome == SurfaceOutcome::Transmit { 2.5 } else { 0.5 };
        assert!((photon.direction.z + elevation.cos()).abs() < 1e-4, "{photon:?}");
        // Azimuth 0 is forwards along the surface, pi/2 across.
        let (along, across) = (photon.direction.x, photon.direction.y);
        assert!((along - elevation.sin()).abs() < 1e-4 || (across.abs() - elevation.sin()).abs() < 1e-4);
    }
    let straight = shine(&tables, 0.0, 2000);
    for (outcome, photon) in &straight {
        let back = *outcome == SurfaceOutcome::ReflectDiffuse;
        assert_eq!(photon.direction.z, if back { -1.0 } else { 1.0 });
    }
    assert!((share(&straight, SurfaceOutcome::ReflectDiffuse) - 0.9).abs() < 0.034);
    let detector = surface(SurfaceType::DielectricLutDavis, data(), &[("EFFICIENCY", &[(2.0, 1.0)])]);
    assert_eq!(share(&shine(&detector, 40.5, 200), SurfaceOutcome::Transmit), 0.0);
}

/// 430 nm lies between 400 nm (0 per cent) and 500 nm (100): 30 per cent at 0 degrees, half of it at 60.
#[test]
fn a_filter_transmits_by_wavelength_and_angle() {
    let data = MeasuredData::Dichroic {
        wavelengths_nm: vec![400.0, 500.0],
        angles_deg: vec![0.0, 60.0],
        transmittance_percent: vec![0.0, 100.0, 0.0, 50.0],
    };
    let tables = surface(SurfaceType::DielectricDichroic, data, &[]);
    for (angle, want) in [(0.0, 0.3), (30.3, 0.225), (60.0, 0.15), (80.0, 0.15)] {
        let seen = shine(&tables, angle, 20_000);
        let (passed, reflected) =
            (share(&seen, SurfaceOutcome::Transmit), share(&seen, SurfaceOutcome::ReflectSpecular));
        let sigma = (want * (1.0_f64 - want) / 20_000.0).sqrt();
        assert!(
            (passed - want).abs() < 5.0 * sigma && (passed + reflected - 1.0).abs() < 1e-9,
            "{angle}: {passed}"
        );
        let cos = angle.to_radians().cos();
        assert!(seen.iter().all(|(_, photon)| (photon.direction.z.abs() - cos).abs() < 1e-5));
    }
}
