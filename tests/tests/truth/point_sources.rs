//! Point sources in whole detectors against Geant4 10.6.3.

use cfg4::gdml::DEFAULT_GEOMETRY;
use cfg4::genstep::{ChargedStep, Genstep, ScintillationStep};
use optixrap::engine::{End, PropagateConfig};
use optixrap::scene::{SceneData, SurfaceModel};
use optixrap::transport::TransportOptions;

use super::chi2::{AssertSame, together};
use super::reference::{references, sensor_names};
use super::run::{Source, config, detector, point_source, run, shared};

/// Photons of each run, above the 200 000 to 400 000 of the references.
const PHOTONS: u32 = 1_000_000;

/// Runs a source and compares with the references of a case: every part within chance, chi-square per degree of
/// freedom below 1.2 for the histories and for all together.
#[track_caller]
fn check(case: &str, gdml: &str, model: SurfaceModel, source: &Source, bounce_max: u32) {
    let detector = detector(gdml);
    let scene = SceneData::build(&detector, model).unwrap();
    let names = sensor_names(&detector, &scene);
    let transport = TransportOptions { bounce_max, ..config().transport };
    let ours = run(&scene, source, &PropagateConfig { transport, ..config() });
    for reference in references(case) {
        let parts = reference.compare(&ours, &names).unwrap();
        parts.iter().for_each(AssertSame::assert_same);
        let all = together(case, &parts);
        all.assert_same();
        assert!(all.per_ndf() < 1.2, "{all}");
        for table in parts.iter().filter(|part| part.name == "histories") {
            assert!(table.per_ndf() < 1.2, "{case}: {table}");
        }
    }
}

#[test]
fn cube_at_430_nm() {
    let source = point_source(PHOTONS, [0.0, 0.0, 250.0], 430.0);
    check("feb2021_430nm", DEFAULT_GEOMETRY, SurfaceModel::Opticks, &source, 10_000);
}

#[test]
fn cube_with_surfaces_as_given() {
    let source = point_source(PHOTONS, [100.0, -200.0, -300.0], 430.0);
    check("feb2021_430nm_as_given", DEFAULT_GEOMETRY, SurfaceModel::Geant4, &source, 10_000);
}

#[test]
fn cube_with_scintillation_spectrum() {
    let step = ChargedStep {
        num_photons: PHOTONS,
        material: Genstep::MATERIAL_AT_STEP,
        position_mm: [0.0, 0.0, 250.0],
        weight: 1.0,
        ..ChargedStep::default()
    };
    let step = ScintillationStep { step, component: 1, ..ScintillationStep::default() };
    let source = Source::Gensteps(vec![step.to_genstep()]);
    check("feb2021_scintillation", DEFAULT_GEOMETRY, SurfaceModel::Opticks, &source, 10_000);
}

#[test]
fn water_tank_at_430_nm() {
    let source = point_source(PHOTONS, [0.0; 3], 430.0);
    let own = include_str!("../../../tools/data/water_tank.gdml");
    check("CerenkovMinimal_430nm", own, SurfaceModel::Opticks, &source, 1_000);
    if let Some(file) = shared("gdml/CerenkovMinimal.gdml") {
        let text = std::fs::read_to_string(file).unwrap();
        check("CerenkovMinimal_430nm", &text, SurfaceModel::Opticks, &source, 1_000);
    }
}

#[test]
fn cube_that_touches_the_world() {
    let Some(file) = shared("gdml/G4Opticks_50000.gdml") else { return };
    let source = point_source(PHOTONS, [10.0, 20.0, -30.0], 430.0);
    let text = std::fs::read_to_string(file).unwrap();
    check("head2m_430nm", &text, SurfaceModel::Opticks, &source, 10_000);
}

/// In the original's surface model a surface with EFFICIENCY detects with it and otherwise absorbs, whatever its
/// REFLECTIVITY; Geant4 does the same where that is 0.
#[test]
fn surfaces_that_reflect_nothing_are_the_same_in_both_models() {
    let black = DEFAULT_GEOMETRY.replace(
        r#"<property name="REFLECTIVITY" ref="always"/>"#,
        r#"<property name="REFLECTIVITY" ref="never"/>"#,
    );
    let never = r#"<define><matrix name="never" coldim="2" values="1*eV 0 10*eV 0"/>"#;
    let black = black.replacen("<define>", never, 1);
    assert!(black.contains(r#"ref="never""#), "the default detector gives its surface a REFLECTIVITY");
    let source = point_source(PHOTONS, [0.0, 0.0, 250.0], 430.0);
    check("feb2021_430nm", &black, SurfaceModel::Geant4, &source, 10_000);
}

/// A limit of 9 points cuts every history after its ninth point and changes nothing before.
#[test]
fn bounce_limit_only_cuts() {
    let scene = super::run::scene(DEFAULT_GEOMETRY, SurfaceModel::Opticks);
    let source = point_source(100_000, [0.0, 0.0, 250.0], 430.0);
    let whole = run(&scene, &source, &config());
    for limit in [9, 10, 31] {
        let transport = TransportOptions { bounce_max: limit, ..config().transport };
        let cut = run(&scene, &source, &PropagateConfig { transport, ..config() });
        let beyond = whole.ends_by_points("", |p| p > limit as usize);
        assert_eq!(cut.summary.ends.get(End::BounceLimit) as f64, beyond);
        for (end, n) in cut.summary.ends.iter().filter(|(end, _)| *end != End::BounceLimit) {
            assert_eq!(
                n as f64,
                whole.ends_by_points(end.code(), |p| p <= limit as usize),
                "{end:?} at {limit}"
            );
        }
    }
}
