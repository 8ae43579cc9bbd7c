//! Thin films against closed forms.

use super::support::{assert_transverse, photon, properties, surface_detector};
use cfg4::detector::{
    OpticalSurface, Property, PropertyGrid, SurfaceFinish, SurfaceModel as Geant4Model, SurfaceType,
};
use optixrap::physics::complex::{Complex, complex};
use optixrap::physics::complex_reflectivity::squared_amplitudes;
use optixrap::physics::photon::HC_EV_NM;
use optixrap::physics::random::PhotonRng;
use optixrap::physics::surface::{SurfaceOutcome, interact};
use optixrap::physics::surface_detail::Visit;
use optixrap::physics::thin_film::{FilmResult, FilmWave, Polarization};
use optixrap::physics::vec3::{Vec3, vec3};
use optixrap::scene::SurfaceModel;
use optixrap::scene::property_tables::{PropertyTables, TableOptions};

const BOTH: [Polarization; 2] = [Polarization::Perpendicular, Polarization::Parallel];
const NORMAL: Vec3 = vec3(0.0, 0.0, -1.0);

fn film(polarization: Polarization, media: (f32, f32), cos_i: f32, layers: &[(Complex, f32)]) -> FilmResult {
    let mut wave = FilmWave::behind(polarization, media, cos_i);
    for (at, (n, thickness)) in layers.iter().enumerate().rev() {
        wave.layer(*n, *thickness, at == 0);
    }
    wave.result()
}

fn cosines() -> impl Iterator<Item = f32> {
    (0..18).map(|i| (5.0 * i as f32).to_radians().cos())
}

/// Amplitudes of a bare boundary, as in `boundary_fresnel`.
fn fresnel(polarization: Polarization, (n1, n2): (f64, f64), cos_i: f64) -> Option<(f64, f64)> {
    let cos2_t = 1.0 - (n1 / n2).powi(2) * (1.0 - cos_i * cos_i);
    let cos_t = (cos2_t > 0.0).then(|| cos2_t.sqrt())?;
    Some(match polarization {
        Polarization::Perpendicular => {
            let sum = n1 * cos_i + n2 * cos_t;
            ((n1 * cos_i - n2 * cos_t) / sum, 2.0 * n1 * cos_i / sum)
        }
        Polarization::Parallel => {
            let sum = n2 * cos_i + n1 * cos_t;
            ((n2 * cos_i - n1 * cos_t) / sum, 2.0 * n1 * cos_i / sum)
        }
    })
}

#[test]
fn without_layers_or_with_layers_like_a_medium_it_is_fresnel_s_rule() {
    for media in [(1.0, 1.5), (1.5, 1.0), (1.33, 1.6)] {
        for polarization in BOTH {
            for cos_i in cosines() {
                let want = fresnel(polarization, (media.0.into(), media.1.into()), cos_i.into());
                let like = |n: f32| [(complex(n, 0.0), 0.3_f32), (complex(n, 0.0), 1.7)];
                for layers in [&[][..], &like(media.0), &like(media.1)] {
                    let got = film(polarization, media, cos_i, layers);
                    let Some((r, t)) = want else {
                        assert!((got.reflectance - 1.0).abs() < 1e-4 && got.transmittance.abs() < 1e-6);
                        continue;
                    };
                    assert!(
                        (f64::from(got.reflectance) - r * r).abs() < 2e-5,
                        "{media:?} {cos_i}: {got:?} {r}"
                    );
                    assert!((got.reflectance + got.transmittance - 1.0).abs() < 2e-5);
                    if layers.is_empty() {
                        let close =
                            |z: Complex, x: f64| (f64::from(z.re) - x).abs() < 2e-5 && z.im.abs() < 1e-5;
                        assert!(close(got.reflected, r) && close(got.transmitted, t), "{got:?} {r} {t}");
                    }
                }
            }
        }
    }
}

/// R = ((n1 n2 - n^2) / (n1 n2 + n^2))^2 at normal incidence: nothing for n = sqrt(n1 n2).
#[test]
fn a_quarter_wave_coating() {
    for (n1, n2, n) in [(1.0, 1.5, 1.38), (1.0, 1.5, 1.5_f32.sqrt()), (1.5, 3.0, 2.0)] {
        let want = ((n1 * n2 - n * n) / (n1 * n2 + n * n)).powi(2);
        for polarization in BOTH {
            let got = film(polarization, (n1, n2), 1.0, &[(complex(n, 0.0), 0.25 / n)]);
            assert!((got.reflectance - want).abs() < 1e-5, "{n}: {got:?}, not {want}");
            let half = film(polarization, (n1, n2), 1.0, &[(complex(n, 0.0), 0.5 / n)]);
            assert!(
                (half.reflectance - ((n1 - n2) / (n1 + n2)).powi(2)).abs() < 1e-5,
                "half a wave: {half:?}"
            );
        }
    }
}

/// Airy's sum over the reflections within one layer, in f64: (r1 + r2 p) / (1 + r1 r2 p), p = exp(2 i delta).
fn airy(polarization: Polarization, [n1, n, n2]: [f64; 3], thickness: f64, cos_i: f64) -> f64 {
    let sin_n = (1.0 - cos_i * cos_i).sqrt() * n1 / n;
    let cos_n = (1.0 - sin_n * sin_n).sqrt();
    let (r1, _) = fresnel(polarization, (n1, n), cos_i).unwrap();
    let (r2, _) = fresnel(polarization, (n, n2), cos_n).unwrap();
    let (sin, cos) = (4.0 * std::f64::consts::PI * n * thickness * cos_n).sin_cos();
    let squared = |a: f64, b: f64| a * a + b * b;
    squared(r1 + r2 * cos, r2 * sin) / squared(1.0 + r1 * r2 * cos, r1 * r2 * sin)
}

#[test]
fn one_layer_is_airy_s_sum() {
    for (n, thickness) in [(1.3, 0.1), (2.4, 0.37), (1.05, 2.6)] {
        for polarization in BOTH {
            for cos_i in cosines() {
                let got = film(polarization, (1.0, 1.5), cos_i, &[(complex(n, 0.0), thickness)]);
                let want = airy(polarization, [1.0, n.into(), 1.5], thickness.into(), cos_i.into());
                assert!((f64::from(got.reflectance) - want).abs() < 5e-5, "{n} {cos_i}: {got:?}, not {want}");
            }
        }
    }
}

/// Through a gap of 1.0 between 1.8 and 1.33 at 40 degrees (critical: 33.7): the closed form with hyperbolic functions
/// for S, (Born and Wolf 1.6).
#[test]
fn light_tunnels_through_a_gap() {
    let (n1, n2, cos_i) = (1.8_f64, 1.33_f64, 40_f64.to_radians().cos());
    let sin = n1 * (1.0 - cos_i * cos_i).sqrt();
    let (a, g, b) = (n1 * cos_i, (sin * sin - 1.0).sqrt(), (n2 * n2 - sin * sin).sqrt());
    for thickness in [0.02, 0.14, 0.6] {
        let x = 2.0 * std::f64::consts::PI * g * thickness;
        let (sinh, cosh) = (x.sinh(), x.cosh());
        let t = 4.0 * a * b / (((a + b) * cosh).powi(2) + ((g - a * b / g) * sinh).powi(2));
        let layer = [(complex(1.0, 0.0), thickness as f32)];
        let got = film(Polarization::Perpendicular, (1.8, 1.33), cos_i as f32, &layer);
        assert!((f64::from(got.transmittance) - t).abs() < 1e-5, "{thickness}: {got:?}, not {t}");
        assert!((got.reflectance + got.transmittance - 1.0).abs() < 1e-5);
    }
}

#[test]
fn energy_is_conserved_in_absorbing_stacks() {
    let stack = [(complex(1.9, 0.01), 0.08), (complex(2.7, 1.6), 0.05), (complex(1.5, 0.3), 0.2)];
    for media in [(1.48, 1.0), (1.0, 1.48)] {
        for polarization in BOTH {
            for cos_i in cosines() {
                let mut absorbed = 0.0;
                for marked in 0..3 {
                    let mut wave = FilmWave::behind(polarization, media, cos_i);
                    for at in (0..3).rev() {
                        wave.layer(stack[at].0, stack[at].1, at == marked);
                    }
                    let got = wave.result();
                    assert!(got.kept >= -1e-6, "{got:?}");
                    absorbed += got.kept;
                    if marked == 2 {
                        let sum = got.reflectance + got.transmittance + absorbed;
                        assert!((sum - 1.0).abs() < 3e-5, "{media:?} {cos_i}: {sum}");
                    }
                }
            }
        }
    }
}

/// A layer that nothing passes reflects as a half-space of its index, however thick it is.
#[test]
fn an_opaque_layer_is_a_half_space() {
    let n = complex(0.6, 5.0);
    for thickness in [1.0, 100.0] {
        for cos_i in cosines() {
            let want = squared_amplitudes(cos_i, complex(1.5, 0.0), n);
            for (polarization, want) in BOTH.into_iter().zip(want) {
                let got = film(polarization, (1.5, 1.0), cos_i, &[(n, thickness)]);
                assert!((got.reflectance - want).abs() < 3e-5, "{cos_i}: {got:?}, not {want}");
                assert!((got.kept - (1.0 - want)).abs() < 3e-5 && got.transmittance < 1e-6, "{got:?}");
            }
        }
    }
}

/// Fowles' example of silver-like metal at normal incidence: ((n - 1)^2 + k^2) / ((n + 1)^2 + k^2).
#[test]
fn the_reflectivity_of_a_metal_at_normal_incidence() {
    let (n, k) = (0.6_f32, 5.0_f32);
    let want = ((n - 1.0).powi(2) + k * k) / ((n + 1.0).powi(2) + k * k);
    for got in squared_amplitudes(1.0, Complex::ONE, complex(n, k)) {
        assert!((got - want).abs() < 1e-6);
    }
}

/// Two layers on the inside of a glass window: 40 nm of 1.95 and a bialkali of 2.7 + 1.5 i, 20 nm.
fn window() -> OpticalSurface {
    let flat = |value| [(1.5, value), (6.0, value)];
    let mut map = properties(&[
        ("ARC_RINDEX", &flat(1.95)),
        ("PHC_RINDEX", &flat(2.7)),
        ("PHC_KINDEX", &flat(1.5)),
        ("EFFICIENCY", &flat(0.4)),
    ]);
    map.0.insert("ARC_THICKNESS".into(), Property::Constant(40e-6));
    map.0.insert("PHC_THICKNESS".into(), Property::Constant(20e-6));
    OpticalSurface {
        name: "window".into(),
        model: Geant4Model::Unified,
        kind: SurfaceType::DielectricDielectric,
        finish: SurfaceFinish::Polished,
        value: 0.0,
        properties: map,
        measured: None,
    }
}

fn tables(surface: OpticalSurface, model: SurfaceModel) -> PropertyTables {
    let mut detector = surface_detector(surface);
    // Two volumes, for the order of the layers.
    let volume = |name: &str| cfg4::detector::Volume {
        name: name.into(),
        solid: cfg4::detector::SolidId(0),
        material: cfg4::detector::MaterialId(0),
        daughters: vec![],
        auxiliaries: vec![],
        step_limit_mm: None,
        sensitive_detector: None,
    };
    let placement = |volume| cfg4::detector::Placement {
        name: "p".into(),
        copy_number: 0,
        copies: cfg4::detector::Copies::Once,
        volume: cfg4::detector::VolumeId(volume),
        mother: None,
        transform: cfg4::detector::Transform::IDENTITY,
    };
    detector.volumes = vec![volume("glass"), volume("vacuum")];
    detector.placements = vec![placement(0), placement(1)];
    PropertyTables::new(&detector, &TableOptions { surface_model: model, reemission: true }).unwrap()
}

const N: usize = 40_000;

/// Shares of reflected, transmitted, absorbed and detected light at 40 degrees, for S and for P.
fn shares(surface: OpticalSurface, model: SurfaceModel, visit: Visit) -> [[f64; 4]; 2] {
    let tables = tables(surface, model);
    let mut rng = PhotonRng::new(5, 0, 0);
    let (sin, cos) = 40_f32.to_radians().sin_cos();
    [vec3(0.0, 1.0, 0.0), vec3(cos, 0.0, -sin)].map(|polarization| {
        let mut counts = [0.0; 4];
        for _ in 0..N {
            let mut photon = photon(vec3(sin, 0.0, cos), polarization);
            let outcome = interact(&tables.view(), 0, visit, &mut photon, &mut rng);
            assert_transverse(&photon, 1e-4);
            // Both polarizations are waves of their own.
            assert!((photon.polarization.y.abs() - polarization.y).abs() < 1e-5, "{photon:?}");
            let at = match outcome {
                SurfaceOutcome::ReflectFresnel => 0,
                SurfaceOutcome::Transmit => 1,
                SurfaceOutcome::Absorb => 2,
                SurfaceOutcome::Detect => 3,
                other => panic!("{other:?}"),
            };
            counts[at] += 1.0 / N as f64;
        }
        counts
    })
}

/// Photons from the glass, and from the vacuum through the same layers in the other order; both surface models.
/// Binomial fluctuations, 5 sigma.
#[test]
fn a_window_with_a_photocathode_reflects_transmits_absorbs_and_detects_its_shares() {
    let (arc, phc) = ((complex(1.95, 0.0), 40.0 / 430.0), (complex(2.7, 1.5), 20.0 / 430.0));
    let cos_i = 40_f32.to_radians().cos();
    for (volume, media, order) in [(0, (1.2, 1.0), [arc, phc]), (1, (1.0, 1.2), [phc, arc])] {
        for model in [SurfaceModel::Opticks, SurfaceModel::Geant4] {
            let visit = Visit { indices: media, material: 0, volume, normal: NORMAL };
            for (polarization, got) in BOTH.into_iter().zip(shares(window(), model, visit)) {
                let all = film(polarization, media, cos_i, &order);
                let absorbed = f64::from(1.0 - all.reflectance - all.transmittance);
                let (r, t) = (f64::from(all.reflectance), f64::from(all.transmittance));
                let want = [r, t, 0.6 * absorbed, 0.4 * absorbed];
                for (got, want) in got.into_iter().zip(want) {
                    let sigma = (want * (1.0 - want) / N as f64).sqrt();
                    assert!(
                        (got - want).abs() < 5.0 * sigma + 1e-4,
                        "{polarization:?} {volume}: {got} {want}"
                    );
                }
            }
        }
    }
}

#[test]
fn films_that_are_not_clear_are_refused() {
    let with = |change: &dyn Fn(&mut OpticalSurface)| {
        let mut surface = window();
        change(&mut surface);
        let options = TableOptions::default();
        PropertyTables::new(&surface_detector(surface), &options).unwrap_err().to_string()
    };
    let remove = |name: &'static str| move |s: &mut OpticalSurface| drop(s.properties.0.remove(name));
    assert!(with(&remove("PHC_THICKNESS")).contains("PHC_THICKNESS"));
    assert!(with(&remove("PHC_RINDEX")).contains("PHC_RINDEX"));
    assert!(with(&|s| s.finish = SurfaceFinish::Ground).contains("polished"));
    let thick = |s: &mut OpticalSurface| {
        drop(s.properties.0.insert("PHC_THICKNESS".into(), Property::Constant(20.0)))
    };
    assert!(with(&thick).contains("PHC_THICKNESS is 20"));
}

/// An efficiency of 0.2 and 0.6 at 0 and 80 degrees, doubled at the higher energy: 0.4 at 40 degrees and 2 eV.
#[test]
fn an_efficiency_by_energy_and_angle() {
    let energies = vec![2e-6, 4e-6];
    let angles = vec![0.0, 80_f64.to_radians()];
    let grid = PropertyGrid::new(energies, angles, vec![0.2, 0.6, 0.4, 1.0]).unwrap();
    let mut surface = window();
    surface.properties = properties(&[("REFLECTIVITY", &[(2.0, 0.0), (4.0, 0.0)])]);
    surface.properties.0.insert("EFFICIENCY_MAP".into(), Property::Grid(grid));
    for model in [SurfaceModel::Opticks, SurfaceModel::Geant4] {
        for kind in [SurfaceType::DielectricMetal, SurfaceType::DielectricDielectric] {
            let tables = tables(OpticalSurface { kind, ..surface.clone() }, model);
            assert_eq!(tables.surfaces[0].is_sensor, 1);
            for (energy, angle, want) in
                [(2.0, 40.0_f32, 0.4), (1.0, 0.0, 0.2), (4.0, 85.0, 1.0), (3.0, 40.0, 0.55)]
            {
                let (sin, cos) = angle.to_radians().sin_cos();
                let mut rng = PhotonRng::new(6, 0, 0);
                let visit = Visit { indices: (1.0, 1.5), material: 0, volume: 0, normal: NORMAL };
                let mut detected = 0.0;
                for _ in 0..N {
                    let mut photon = photon(vec3(sin, 0.0, cos), vec3(0.0, 1.0, 0.0));
                    photon.wavelength_nm = HC_EV_NM / energy;
                    let outcome = interact(&tables.view(), 0, visit, &mut photon, &mut rng);
                    assert!(matches!(outcome, SurfaceOutcome::Absorb | SurfaceOutcome::Detect));
                    detected += f64::from(u8::from(outcome == SurfaceOutcome::Detect)) / N as f64;
                }
                let sigma = (want * (1.0_f64 - want) / N as f64).sqrt();
                assert!((detected - want).abs() < 5.0 * sigma + 1e-5, "{energy} eV, {angle}: {detected}");
            }
        }
    }
}
