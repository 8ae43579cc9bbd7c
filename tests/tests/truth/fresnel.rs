//! Plane faces through the whole engine: Fresnel's and Snell's laws, the table of a box, competing bulk processes.

use cfg4::detector::{Material, Shape, Transform, VolumeId};
use optixrap::engine::PropagateConfig;
use optixrap::scene::{SceneData, SurfaceModel};

use super::chi2::{AssertSame, against_law, two_samples};
use super::run::{Source, config, item, run};
use super::scenes::{Builder, material};

/// The part of the intensity that is reflected where light goes from index 1 to `1 / ratio`: Fresnel's formulas.
pub(crate) fn reflectance(ratio: f64, cos_i: f64, s_polarized: bool) -> f64 {
    let sin2_t = ratio * ratio * (1.0 - cos_i * cos_i);
    if sin2_t >= 1.0 {
        return 1.0;
    }
    let cos_t = (1.0 - sin2_t).sqrt();
    let amplitude = if s_polarized {
        (ratio * cos_i - cos_t) / (ratio * cos_i + cos_t)
    } else {
        (cos_i - ratio * cos_t) / (cos_i + ratio * cos_t)
    };
    amplitude * amplitude
}

/// A box of `inner` in `outer`, whose own box has absorbing faces.
fn boxes(outer: Material, half_outer: f64, inner: Material, half_mm: [f64; 3], at: Transform) -> SceneData {
    let mut b = Builder::world(material("Outside", 1.0, None, None), [2.0 * half_outer; 3]);
    b.skin(VolumeId(0), &[("REFLECTIVITY", 0.0)]);
    let container = Shape::Box { half_mm: [half_outer; 3] };
    let container = b.add(Some(VolumeId(0)), "Container", outer, container, Transform::IDENTITY);
    b.add(Some(container), "Inner", inner, Shape::Box { half_mm }, at);
    SceneData::build(&b.0, SurfaceModel::Opticks).unwrap()
}

fn vacuum() -> Material {
    material("Vacuum", 1.0, None, None)
}

/// `n` photons that reach the origin under this angle to the x axis, in the xy plane.
fn beam(n: usize, degrees: f64, s_polarized: bool) -> Source {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let polarization = if s_polarized { [0.0, 0.0, 1.0] } else { [-sin, cos, 0.0] };
    Source::Photons(vec![item([-10.0 * cos, -10.0 * sin, 0.0], [cos, sin, 0.0], polarization, 430.0); n])
}

#[test]
fn reflectance_follows_fresnel_at_every_angle() {
    let half_mm = [500.0; 3];
    let at = Transform::translation([500.0, 0.0, 0.0]);
    let glass = || material("Glass", 1.5, None, None);
    let into = boxes(vacuum(), 2000.0, glass(), half_mm, at);
    let out_of = boxes(glass(), 2000.0, vacuum(), half_mm, at);
    let n = 40_000;
    for (name, scene, ratio) in [("into glass", &into, 1.0 / 1.5), ("out of glass", &out_of, 1.5)] {
        for s_polarized in [true, false] {
            for degrees in [0.0, 10.0, 20.0, 30.0, 38.0, 41.0, 42.5, 50.0, 56.3099, 70.0, 85.0] {
                let ours = run(scene, &beam(n, degrees, s_polarized), &config());
                let reflected = ours.count("TO BR SA");
                let law = reflectance(ratio, degrees.to_radians().cos(), s_polarized);
                let sigma = (n as f64 * law * (1.0 - law)).sqrt();
                let off = reflected - n as f64 * law;
                assert!(
                    off.abs() <= 5.0 * sigma + 0.5,
                    "{name}, S {s_polarized}, {degrees}: {off} of {sigma}"
                );
            }
        }
    }
}

/// Light through the edge of a cube, a prism of 90 degrees: the deviation is i + e - 90 degrees, where
/// sin e = n sin(90 degrees - r), and least, 2 asin(n sin 45) - 90 degrees, where it passes evenly.
#[test]
fn a_prism_deviates_by_snell() {
    let n = 1.25_f64;
    let least = 2.0 * (n * 45.0_f64.to_radians().sin()).asin().to_degrees() - 90.0;
    let mut found = f64::INFINITY;
    let even = (n * 45.0_f64.to_radians().sin()).asin().to_degrees();
    for degrees in [even, 52.0, 58.0, 66.0, 74.0, 82.0] {
        let at = Transform::translation([500.0, 400.0, 0.0]);
        let glass = material("Glass", n, None, None);
        let scene = boxes(vacuum(), 2000.0, glass, [500.0; 3], at);
        // The face x = 0 reaches from y = -100 to 900: light that enters at the origin leaves through y = -100.
        let mut source = beam(400, -degrees, true);
        if let Source::Photons(items) = &mut source {
            items.iter_mut().for_each(|i| i[1] -= 90.0);
        }
        let ours = run(&scene, &source, &config());
        let (sin, cos) = degrees.to_radians().sin_cos();
        let exit = n * (1.0 - (sin / n).powi(2)).sqrt();
        let law = degrees + exit.asin().to_degrees() - 90.0;
        let mut through = 0;
        for photon in &ours.photons {
            let [dx, dy] = [f64::from(photon.0[4]), f64::from(photon.0[5])];
            let turned = (cos * dy + sin * dx).atan2(cos * dx - sin * dy).to_degrees().abs();
            if (turned - law).abs() < 1e-3 {
                through += 1;
                found = found.min(turned);
            }
        }
        assert!(through as f64 > 0.9 * ours.count("TO BT BT SA"), "{degrees}: {through} by {law}");
        assert!(through > 100, "{degrees}: {through} of 400 photons go through");
    }
    assert!((found - least).abs() < 1e-3, "{found} for {least} degrees");
}

/// Normal incidence on a box with the reflectance of the recorded one: R, then (1-R)^2 R^k, and the 100 000
/// photons that the original's documentation records of its flint glass, bulk processes aside.
#[test]
fn a_box_reflects_between_its_faces() {
    let r = 0.0631_f64;
    let n = (1.0 + r.sqrt()) / (1.0 - r.sqrt());
    let scene = boxes(vacuum(), 450.0, material("Glass", n, None, None), [100.0; 3], Transform::IDENTITY);
    let photons = 1_000_000;
    let start = item([-449.0, 7.0, -11.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], 380.0);
    let source = Source::Photons(vec![start; photons]);
    let ours = run(&scene, &source, &PropagateConfig { photons: false, ..config() });
    let name = |k: i32| format!("TO BT{} BT SA", " BR".repeat(k as usize));
    let inside = |k: i32| (name(k), (1.0 - r).powi(2) * r.powi(k), ours.count(&name(k)));
    let bins = std::iter::once(("TO BR SA".to_owned(), r, ours.count("TO BR SA"))).chain((0..4).map(inside));
    against_law("box", photons as f64, bins).assert_same();
    let recorded = [
        ("TO BR SA".to_owned(), 6312.0),
        (name(0), 87777.0),
        (name(1), 5420.0),
        (name(2), 349.0),
        (name(3), 26.0),
    ];
    let bins = recorded.map(|(name, a)| {
        let b = ours.count(&name);
        (name, a, b)
    });
    two_samples("box, recorded", bins).assert_same();
}

/// A pencil beam through 598 mm of an absorbing and scattering medium: what passes, is absorbed first, or
/// scattered first.
#[test]
fn absorption_and_scattering_compete() {
    let (path, absorption, scattering) = (598.0_f64, 4_950.0, 23_900.0);
    let oil = material("Oil", 1.47, Some(absorption), Some(scattering));
    let mut b = Builder::world(material("Outside", 1.0, None, None), [700.0; 3]);
    b.skin(VolumeId(0), &[("REFLECTIVITY", 0.0)]);
    let shape = Shape::Box { half_mm: [path; 3] };
    b.add(Some(VolumeId(0)), "Oil", oil, shape, Transform::IDENTITY);
    let scene = SceneData::build(&b.0, SurfaceModel::Opticks).unwrap();
    let n = 500_000;
    let source = Source::Photons(vec![item([0.0; 3], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0], 480.0); n]);
    let ours = run(&scene, &source, &PropagateConfig { photons: false, ..config() });
    let mean = 1.0 / (1.0 / absorption + 1.0 / scattering);
    let interacts = 1.0 - (-path / mean).exp();
    let scattered: u64 = ours.histories.iter().filter(|(h, _)| h.starts_with("TO SC")).map(|(_, n)| n).sum();
    let bins = [
        ("TO SA".to_owned(), 1.0 - interacts, ours.count("TO SA")),
        ("TO AB".to_owned(), interacts * mean / absorption, ours.count("TO AB")),
        ("TO SC ..".to_owned(), interacts * mean / scattering, scattered as f64),
    ];
    against_law("bulk", n as f64, bins).assert_same();
}
