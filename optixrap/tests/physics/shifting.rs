//! Closed forms of Mie scattering, of the numbers and times of wavelength shifting, and of the times of reemission.

use super::support::{Script, assert_follows, assert_transverse, material_tables, photon};
use optixrap::physics::mie::scatter;
use optixrap::physics::random::PhotonRng;
use optixrap::physics::reemission::sample_delay_ns;
use optixrap::physics::tables::{MieRecord, NONE, ReemissionTimes, ShifterRecord};
use optixrap::physics::vec3::vec3;
use optixrap::physics::wavelength_shift::{emit, profile, sample_number};

const N: u32 = 200_000;

/// The integral of Henyey's and Greenstein's density up to the cosine `c`.
fn henyey_greenstein(g: f64, c: f64) -> f64 {
    if g == 0.0 {
        return 0.5 * (1.0 + c);
    }
    (1.0 - g * g) / (2.0 * g) * (1.0 / (1.0 + g * g - 2.0 * g * c).sqrt() - 1.0 / (1.0 + g))
}

#[test]
fn mie_angles_about_any_direction() {
    for (case, (forward, backward, ratio)) in
        (0..).zip([(0.9, 0.0, 1.0), (0.6, 0.3, 0.5), (0.99, 0.8, 0.1), (-0.4, 0.0, 0.7)])
    {
        let record = MieRecord {
            length: NONE,
            forward: forward as f32,
            backward: backward as f32,
            forward_ratio: ratio as f32,
        };
        let mut rng = PhotonRng::new(41, case, 0);
        let before = photon(vec3(0.36, 0.48, 0.8), vec3(0.8, -0.6, 0.0));
        let cosines = (0..N).map(|_| {
            let mut after = before;
            scatter(&record, &mut after, &mut rng);
            assert_transverse(&after, 1e-5);
            // In the plane of the old polarization and the new direction.
            let across = after.direction.cross(before.polarization).dot(after.polarization);
            assert!(across.abs() < 1e-4, "{across}");
            f64::from(after.direction.dot(before.direction))
        });
        let cosines: Vec<f64> = cosines.collect();
        // The mean of the density is g.
        let mean = cosines.iter().sum::<f64>() / f64::from(N);
        let expected = ratio * forward - (1.0 - ratio) * backward;
        assert!((mean - expected).abs() < 5.0 / f64::from(N).sqrt(), "{mean} {expected}");
        let law = |c: f64| {
            ratio * henyey_greenstein(forward, c) + (1.0 - ratio) * (1.0 - henyey_greenstein(backward, -c))
        };
        assert_follows("cosine", cosines, law);
    }
}

fn shifter(spectrum: u32, mean_photons: f32) -> ShifterRecord {
    ShifterRecord { length: 0, spectrum, time_ns: 2.5, mean_photons }
}

#[test]
fn numbers_of_photons_are_poisson_s() {
    for (case, mean) in (0..).zip([0.3, 1.0, 8.0, 60.0]) {
        let mut rng = PhotonRng::new(42, case, 0);
        let numbers: Vec<f64> =
            (0..N).map(|_| f64::from(sample_number(&shifter(0, mean as f32), &mut rng))).collect();
        let n = f64::from(N);
        let average = numbers.iter().sum::<f64>() / n;
        let variance = numbers.iter().map(|x| (x - average).powi(2)).sum::<f64>() / n;
        assert!((average - mean).abs() < 5.0 * (mean / n).sqrt(), "{average} {mean}");
        assert!((variance - mean).abs() < 5.0 * ((2.0 * mean * mean + mean) / n).sqrt(), "{variance} {mean}");
        let none = numbers.iter().filter(|x| **x == 0.0).count() as f64;
        let expected = (-mean).exp();
        assert!((none / n - expected).abs() <= 5.0 * (expected / n).sqrt(), "{none} {expected}");
    }
    let mut none = Script::new(&[]);
    assert_eq!(sample_number(&shifter(0, -1.0), &mut none), 1);
    assert_eq!(sample_number(&shifter(NONE, -1.0), &mut none), 0, "without a spectrum nothing is emitted");
}

#[test]
fn emission_is_never_bluer_than_what_was_absorbed() {
    // A flat spectrum from 2 to 3 eV; light of 2.5 eV leaves half of it.
    let tables = material_tables(&[("RINDEX", &[(2.0, 1.5)]), ("FASTCOMPONENT", &[(2.0, 1.0), (3.0, 1.0)])]);
    let record = shifter(tables.materials[0].spectra[0], -1.0);
    let start = photon(vec3(0.0, 0.0, 1.0), vec3(1.0, 0.0, 0.0));
    let absorbed = optixrap::physics::photon::Photon { wavelength_nm: 495.936_8, time_ns: 10.0, ..start };
    let mut rng = PhotonRng::new(43, 0, 0);
    let emitted: Vec<_> = (0..N)
        .map(|_| emit(&tables.view(), &record, profile::EXPONENTIAL, &absorbed, &mut rng).unwrap())
        .collect();
    assert!(emitted.iter().all(|p| p.wavelength_nm >= absorbed.wavelength_nm));
    let energy = |nm: f32| 1_239.841_984 / f64::from(nm);
    assert_follows("energy", emitted.iter().map(|p| energy(p.wavelength_nm)).collect(), |e| 2.0 * (e - 2.0));
    let delay = |p: &optixrap::physics::photon::Photon| f64::from(p.time_ns - 10.0);
    assert_follows("delay", emitted.iter().map(delay).collect(), |t| 1.0 - (-t / 2.5).exp());
    let delta = emit(&tables.view(), &record, profile::DELTA, &absorbed, &mut rng).unwrap();
    assert_eq!(delta.time_ns, 12.5);
    assert_eq!(delta.position, absorbed.position);
    // Light of 2 eV and less cannot be shifted: a hundred numbers are drawn in vain.
    let mut script = Script::new(&[0.5; 100]);
    let red = optixrap::physics::photon::Photon { wavelength_nm: 700.0, ..absorbed };
    assert_eq!(emit(&tables.view(), &record, profile::DELTA, &red, &mut script), None);
    assert_eq!(script.draws, 100);
}

#[test]
fn reemission_has_time_constants_of_its_own() {
    let times = ReemissionTimes { fast_ns: 1.5, slow_ns: 20.0, fast_ratio: 0.7, pad: 0.0 };
    let mut rng = PhotonRng::new(44, 0, 0);
    let delays: Vec<f64> = (0..N).map(|_| f64::from(sample_delay_ns(&times, &mut rng))).collect();
    assert_follows("delay", delays, |t| 1.0 - 0.7 * (-t / 1.5).exp() - 0.3 * (-t / 20.0).exp());
    let material = |list: &[(&str, f64)]| {
        let points: Vec<_> = list.iter().map(|(name, value)| (*name, [(2.0, *value)])).collect();
        let spectrum: &[(f64, f64)] = &[(2.0, 1.0), (3.0, 1.0)];
        let mut all = vec![("RINDEX", spectrum), ("SLOWCOMPONENT", spectrum), ("REEMISSIONPROB", spectrum)];
        all.extend(points.iter().map(|(name, points)| (*name, &points[..])));
        let tables = material_tables(&all);
        tables.more.first().map(|more| more.reemission)
    };
    let times =
        |fast_ns, slow_ns, fast_ratio| Some(ReemissionTimes { fast_ns, slow_ns, fast_ratio, pad: 0.0 });
    let (fast, slow) = ("ReemissionFASTTIMECONSTANT", "ReemissionSLOWTIMECONSTANT");
    assert_eq!(material(&[]), None, "at once");
    assert_eq!(material(&[(fast, 1.5)]), times(1.5, 0.0, 1.0));
    assert_eq!(material(&[(slow, 9.0)]), times(0.0, 9.0, 0.0));
    assert_eq!(material(&[(fast, 1.5), (slow, 9.0), ("ReemissionYIELDRATIO", 0.25)]), times(1.5, 9.0, 0.25));
}
