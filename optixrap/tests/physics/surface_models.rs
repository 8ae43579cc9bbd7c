//! Both surface models side by side.

use cfg4::detector::{Detector, SurfaceId};
use cfg4::gdml::{self, DEFAULT_GEOMETRY, NoFiles};
use optixrap::scene::surface_models::{
    ANGLES_DEG, CLOSE_PHOTONS, ModelComparison, PHOTONS, compare_all_models, compare_models,
};

/// One binomial share of the photons of a case, 5 sigma at most.
const TOLERANCE: f64 = 0.025;

fn detector(model: &str, kind: &str, finish: &str, properties: &str) -> Detector {
    let text = format!(
        r#"<gdml><define>
          <matrix name="n" coldim="2" values="2*eV 1.5 4*eV 1.5"/><matrix name="one" coldim="2" values="2*eV 1 4*eV 1"/>
          <matrix name="half" coldim="2" values="2*eV 0.5 4*eV 0.5"/></define>
        <materials>
          <material name="Glass" Z="14"><property name="RINDEX" ref="n"/><D value="2"/><atom value="28.09"/></material>
          <material name="Air" Z="7"><property name="RINDEX" ref="one"/><D value="0.001"/><atom value="14"/></material>
        </materials>
        <solids><box name="big" x="100" y="100" z="100"/><box name="small" x="10" y="10" z="10"/>
          <opticalsurface name="s" model="{model}" finish="{finish}" type="{kind}" value="0.2">{properties}</opticalsurface>
          <opticalsurface name="nowhere" model="unified" finish="polished" type="x_ray" value="1"/>
        </solids>
        <structure>
          <volume name="Inner"><materialref ref="Air"/><solidref ref="small"/></volume>
          <volume name="World"><materialref ref="Glass"/><solidref ref="big"/>
            <physvol name="inner"><volumeref ref="Inner"/></physvol></volume>
          <skinsurface name="skin" surfaceproperty="s"><volumeref ref="Inner"/></skinsurface>
        </structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    );
    gdml::read_str(&text, "two boxes", &NoFiles).unwrap()
}

fn compare(model: &str, kind: &str, finish: &str, properties: &str) -> ModelComparison {
    compare_models(&detector(model, kind, finish, properties), SurfaceId(0)).unwrap()
}

const HALF: &str = r#"<property name="REFLECTIVITY" ref="half"/>"#;

#[test]
fn a_mirror_is_the_same_in_both_models() {
    let both = compare("unified", "dielectric_metal", "polished", HALF);
    assert_eq!(both.cases.len(), 2 * ANGLES_DEG.len());
    assert_eq!(both.photons, CLOSE_PHOTONS, "the models are close: more photons tell");
    assert!(both.largest_difference().unwrap() < both.noise() && both.noise() < 0.01);
    for case in &both.cases {
        let geant4 = case.geant4.unwrap();
        assert!((geant4.specular - 0.5).abs() < TOLERANCE && (geant4.absorbed - 0.5).abs() < TOLERANCE);
        assert!((geant4.array().iter().sum::<f64>() - 1.0).abs() < 1e-9);
    }
}

/// Opticks: a mirror of 0.5. Geant4: half of the light goes on to Fresnel's rule, which at 45 degrees from 1.5 to 1
/// reflects all, and at 0 degrees 4 per cent.
#[test]
fn a_dielectric_lets_light_pass_in_geant4_alone() {
    let both = compare("unified", "dielectric_dielectric", "polished", HALF);
    assert!((both.largest_difference().unwrap() - 0.48).abs() < TOLERANCE);
    let straight = both.cases[0].geant4.unwrap();
    assert!((straight.transmitted - 0.48).abs() < TOLERANCE && (straight.specular - 0.02).abs() < TOLERANCE);
    let tilted = both.cases[1].geant4.unwrap();
    assert_eq!(tilted.transmitted, 0.0);
    let opticks = both.cases[0].opticks.unwrap();
    assert!(opticks.transmitted == 0.0 && (opticks.specular - 0.5).abs() < TOLERANCE);
}

/// EFFICIENCY without REFLECTIVITY: all is detected in opticks, nothing in geant4.
#[test]
fn a_sensor_without_reflectivity_detects_in_opticks_alone() {
    let efficiency = r#"<property name="EFFICIENCY" ref="one"/>"#;
    let both = compare("glisur", "dielectric_metal", "polished", efficiency);
    for case in &both.cases {
        assert_eq!((case.opticks.unwrap().detected, case.geant4.unwrap().detected), (1.0, 0.0));
    }
    assert_eq!(both.largest_difference(), Some(1.0));
}

#[test]
fn what_a_model_refuses_is_said() {
    let both = compare("unified", "dielectric_dielectric", "groundbackpainted", HALF);
    assert!(both.opticks_error.is_some() && both.geant4_error.is_none());
    assert_eq!(both.largest_difference(), None);
    assert_eq!(both.cases[0].geant4.unwrap().stopped, 1.0, "the gap has no RINDEX");
    let detector = detector("unified", "dielectric_metal", "polished", HALF);
    assert!(compare_models(&detector, SurfaceId(1)).is_none(), "it sits nowhere");
}

/// Light from glass stops at the border to what has no index: it can come from inside alone.
#[test]
fn a_skin_in_a_dark_mother_is_met_from_inside() {
    let mut dark = detector("unified", "dielectric_metal", "polished", HALF);
    let glass = dark.materials.iter_mut().find(|m| m.name == "Glass").unwrap();
    glass.properties.0.remove("RINDEX");
    let both = compare_models(&dark, SurfaceId(0)).unwrap();
    for case in &both.cases {
        let geant4 = case.geant4.unwrap();
        assert!((geant4.specular - 0.5).abs() < TOLERANCE && geant4.stopped == 0.0, "{case:?}");
    }
}

#[test]
fn all_surfaces_together_give_what_each_gives_alone() {
    let mut two = detector("unified", "dielectric_dielectric", "groundbackpainted", HALF);
    let skin = two.skins[0].clone();
    two.surfaces.push(cfg4::detector::OpticalSurface { name: "twin".into(), ..two.surfaces[0].clone() });
    two.skins.push(cfg4::detector::SkinSurface { surface: SurfaceId(2), ..skin });
    let all = compare_all_models(&two);
    assert_eq!((all[0].clone(), all[1].clone()), (compare_models(&two, SurfaceId(0)), None));
    let [first, twin] = [0, 2].map(|i| all[i].clone().unwrap());
    assert_eq!(first.cases, twin.cases);
    let refused = twin.opticks_error.unwrap().to_string();
    assert!(refused.contains("twin"), "a fault names its own surface: {refused}");
}

#[test]
fn the_surfaces_of_the_built_in_cube_can_be_compared() {
    let detector = gdml::read_str(DEFAULT_GEOMETRY, "cube", &NoFiles).unwrap();
    let placed = (0..detector.surfaces.len()).filter_map(|i| compare_models(&detector, SurfaceId(i as u32)));
    let differences: Vec<f64> = placed.map(|both| both.largest_difference().unwrap()).collect();
    assert!(differences.iter().any(|d| *d > 0.9), "REFLECTIVITY 1 on sensors: {differences:?} of {PHOTONS}");
}
