//! Property tables against the interpolation of the detector's own points, and what is refused.

use super::support::{material, material_tables, properties, surface_detector, table};
use cfg4::detector::{
    Detector, OpticalSurface, Property, PropertyVector, SurfaceFinish, SurfaceModel as Geant4Model,
    SurfaceType,
};
use optixrap::physics::photon::{C_LIGHT_MM_PER_NS, HC_EV_NM};
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::scene::SceneError;
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use optixrap::scene::surfaces::SurfaceModel;
use proptest::prelude::*;

fn vector(property: Property) -> PropertyVector {
    match property {
        Property::Vector(v) => v,
        _ => unreachable!("table() makes vectors"),
    }
}

fn ascending(points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let (mut e, v): (Vec<f64>, Vec<f64>) = points.into_iter().unzip();
    e.sort_by(f64::total_cmp);
    e.into_iter().zip(v).collect()
}

fn points(most: f64) -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((1.0..16.0, 0.1..most), 1..60).prop_map(ascending)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// 1e-4 relative, where the steepness of the table does not blow up the rounding of the energy itself.
    #[test]
    fn a_medium_is_its_tables(rindex in points(3.0), absorption in points(1e5), rayleigh in points(1e6)) {
        let tables = material_tables(&[("RINDEX", &rindex), ("ABSLENGTH", &absorption), ("RAYLEIGH", &rayleigh)]);
        let view = tables.view();
        let mut rng = PhotonRng::new(41, 0, 0);
        let vectors = [&rindex, &absorption, &rayleigh].map(|p| vector(table(p)));
        for _ in 0..300 {
            let energy = 0.5 + 17.0 * rng.uniform();
            let medium = view.medium(0, HC_EV_NM / energy);
            let got = [medium.rindex, medium.absorption_length_mm, medium.scattering_length_mm];
            for (got, vector) in got.into_iter().zip(&vectors) {
                let at = |e: f64| vector.value(e * 1e-6);
                let e = f64::from(energy);
                let (want, near) = (at(e), [at(e * (1.0 - 1e-6)), at(e * (1.0 + 1e-6))]);
                let slack = 1e-4 * want + near.iter().map(|n| (n - want).abs()).fold(0.0, f64::max);
                let within_step = near[0].min(near[1]) - slack <= f64::from(got)
                    && f64::from(got) <= near[0].max(near[1]) + slack;
                prop_assert!(within_step, "{energy} eV: {got} is not {want} (neighbours {near:?})");
            }
            prop_assert!((view.rindex(0, energy) - medium.rindex).abs() < 1e-3);
        }
    }
}

#[test]
fn points_are_exact_and_the_ends_are_constant() {
    let rindex = [(2.0, 1.3), (2.5, 1.5), (2.5, 1.2), (4.0, 1.6)];
    let tables = material_tables(&[("RINDEX", &rindex)]);
    let at = |energy| tables.view().rindex(0, energy);
    assert_eq!([at(0.1), at(2.0), at(2.5), at(4.0), at(99.0)], [1.3, 1.3, 1.2, 1.6, 1.6]);
    assert!((at(2.25) - 1.4).abs() < 1e-6 && (at(2.499_999) - 1.5).abs() < 1e-5);
    assert!(at(f32::NAN).is_finite());
}

/// A thousand points within a thousandth of the range of the others are found as well.
#[test]
fn crowded_points() {
    let mut rindex = vec![(1.0, 1.3)];
    rindex.extend((0..1000).map(|i| (3.0 + 1e-5 * f64::from(i), 1.4 + 1e-4 * f64::from(i))));
    rindex.push((15.0, 1.3));
    let tables = material_tables(&[("RINDEX", &rindex)]);
    for i in 0..999 {
        let energy = 3.0 + 1e-5 * (i as f32 + 0.5);
        let want = 1.4 + 1e-4 * (i as f32 + 0.5);
        assert!((tables.view().rindex(0, energy) - want).abs() < 1e-5, "{i}");
    }
}

#[test]
fn what_a_material_lacks() {
    let tables = material_tables(&[]);
    let medium = tables.view().medium(0, 430.0);
    assert_eq!(tables.materials[0].has_rindex, 0);
    assert_eq!((medium.rindex, medium.group_velocity_mm_per_ns), (1.0, C_LIGHT_MM_PER_NS));
    assert_eq!(medium.absorption_length_mm, f32::INFINITY);
    assert_eq!(medium.scattering_length_mm, f32::INFINITY);
    let tables = material_tables(&[("RINDEX", &[(2.0, 1.5)]), ("GROUPVEL", &[(2.0, 200.0), (4.0, 190.0)])]);
    let velocity = tables.view().medium(0, HC_EV_NM / 3.0).group_velocity_mm_per_ns;
    assert!((velocity - 195.0).abs() < 1e-3);
}

fn material_error(list: &[(&str, &[(f64, f64)])]) -> SceneError {
    let detector = Detector { materials: vec![material(list)], ..Detector::default() };
    PropertyTables::new(&detector, &TableOptions::default()).unwrap_err()
}

#[test]
fn senseless_properties_are_refused_by_name() {
    for (name, value) in [("RINDEX", 0.0), ("ABSLENGTH", -1.0), ("RAYLEIGH", -1.0), ("REEMISSIONPROB", 1.5)] {
        let message = material_error(&[(name, &[(2.0, value)])]).to_string();
        assert!(message.contains("material Test") && message.contains(name), "{message}");
    }
    assert!(matches!(material_error(&[("FASTCOMPONENT", &[(2.0, -1.0)])]), SceneError::BadProperty { .. }));
    assert!(matches!(material_error(&[("RINDEX", &[(0.0, 1.5)])]), SceneError::BadEnergy { .. }));
}

fn surface(finish: SurfaceFinish, list: &[(&str, &[(f64, f64)])]) -> OpticalSurface {
    OpticalSurface {
        name: "Wrap".into(),
        model: Geant4Model::Unified,
        kind: SurfaceType::DielectricMetal,
        finish,
        value: 0.2,
        properties: properties(list),
        measured: None,
    }
}

fn opticks_values(surface: OpticalSurface) -> [f32; 4] {
    let tables = PropertyTables::new(&surface_detector(surface), &TableOptions::default()).unwrap();
    tables.view().surface_values(&tables.surfaces[0].table, HC_EV_NM / 3.0)
}

#[test]
fn opticks_surfaces() {
    let efficiency: &[(f64, f64)] = &[(2.0, 0.0), (4.0, 0.5)];
    let reflectivity: &[(f64, f64)] = &[(2.0, 0.8), (4.0, 0.9)];
    let close = |got: [f32; 4], want: [f32; 4]| got.iter().zip(want).all(|(g, w)| (g - w).abs() < 1e-6);
    let both = [("EFFICIENCY", efficiency), ("REFLECTIVITY", reflectivity)];
    assert!(close(opticks_values(surface(SurfaceFinish::Polished, &both)), [0.25, 0.75, 0.0, 0.0]));
    let one = [("REFLECTIVITY", reflectivity)];
    for finish in [SurfaceFinish::Polished, SurfaceFinish::PolishedFrontPainted] {
        assert!(close(opticks_values(surface(finish, &one)), [0.0, 0.15, 0.85, 0.0]));
    }
    for finish in [SurfaceFinish::Ground, SurfaceFinish::GroundFrontPainted] {
        assert!(close(opticks_values(surface(finish, &one)), [0.0, 0.15, 0.0, 0.85]));
    }
}

#[test]
fn unknown_surfaces_are_refused_by_name_unless_unused() {
    let geant4 = TableOptions { surface_model: SurfaceModel::Geant4, reemission: true };
    let cases = [
        (
            surface(SurfaceFinish::GroundBackPainted, &[("REFLECTIVITY", &[(2.0, 0.5)])]),
            TableOptions::default(),
        ),
        (surface(SurfaceFinish::Polished, &[]), TableOptions::default()),
        (OpticalSurface { kind: SurfaceType::XRay, ..surface(SurfaceFinish::Polished, &[]) }, geant4),
        (
            OpticalSurface {
                kind: SurfaceType::DielectricLut,
                ..surface(SurfaceFinish::LookUpTable(11), &[])
            },
            geant4,
        ),
        (OpticalSurface { kind: SurfaceType::Coated, ..surface(SurfaceFinish::Polished, &[]) }, geant4),
    ];
    for (surface, options) in cases {
        let mut detector = surface_detector(surface);
        let message = PropertyTables::new(&detector, &options).unwrap_err().to_string();
        assert!(message.contains("Wrap"), "{message}");
        detector.borders.clear();
        assert!(PropertyTables::new(&detector, &options).is_ok());
    }
}
