//! Emission and reemission spectra, and the delays of scintillation.

use super::support::{assert_follows, assert_transverse, genstep, material_tables, photon};
use optixrap::physics::generate::generate;
use optixrap::physics::photon::HC_EV_NM;
use optixrap::physics::random::PhotonRng;
use optixrap::physics::reemission::reemit;
use optixrap::physics::tables::NONE;
use optixrap::physics::vec3::vec3;

const N: usize = 200_000;

const RINDEX: &[(f64, f64)] = &[(1.5, 1.4), (4.0, 1.5)];
const FAST: &[(f64, f64)] = &[(2.6, 0.0), (2.8, 1.0), (3.0, 3.0), (3.2, 2.0), (3.4, 0.0)];
const SLOW: &[(f64, f64)] = &[(2.0, 0.5), (2.2, 1.0), (2.4, 0.0), (2.5, 0.0), (2.6, 1.0)];

/// The distribution that Geant4 samples: within an interval of the table uniform, with the share of its trapezoid.
fn trapezoid_cdf(spectrum: &'static [(f64, f64)]) -> impl Fn(f64) -> f64 {
    let area = |w: &[(f64, f64)]| 0.5 * (w[0].1 + w[1].1) * (w[1].0 - w[0].0);
    let total: f64 = spectrum.windows(2).map(area).sum();
    move |e| {
        let part = |w: &[(f64, f64)]| area(w) * ((e - w[0].0) / (w[1].0 - w[0].0)).clamp(0.0, 1.0);
        spectrum.windows(2).map(part).sum::<f64>() / total
    }
}

fn energies(code_words: &[(usize, u32)], floats: &[(usize, f32)]) -> (Vec<f64>, Vec<f64>) {
    let tables = material_tables(&[("RINDEX", RINDEX), ("FASTCOMPONENT", FAST), ("SLOWCOMPONENT", SLOW)]);
    let mut genstep = genstep(2, floats);
    code_words.iter().for_each(|&(word, bits)| genstep.words[word] = bits);
    let make = |i: usize| {
        let photon = generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(31, 0, i as u64));
        assert_transverse(&photon, 1e-6);
        (f64::from(HC_EV_NM / photon.wavelength_nm), f64::from(photon.time_ns))
    };
    (0..N).map(make).unzip()
}

#[test]
fn the_two_components_have_their_own_spectra() {
    assert_follows("fast", energies(&[(16, 1)], &[(20, 7.0)]).0, trapezoid_cdf(FAST));
    assert_follows("slow", energies(&[(16, 2)], &[(20, 7.0)]).0, trapezoid_cdf(SLOW));
    assert_follows("slow, Daya Bay", energies(&[(0, 4), (16, 2)], &[(20, 7.0)]).0, trapezoid_cdf(SLOW));
}

/// A table with points as close as files have them comes out as its piecewise linear density.
#[test]
fn a_fine_table_is_its_piecewise_linear_density() {
    let coarse = |e: f64| {
        let w = FAST.windows(2).find(|w| e <= w[1].0 + 1e-9).unwrap();
        w[0].1 + (e - w[0].0) / (w[1].0 - w[0].0) * (w[1].1 - w[0].1)
    };
    let fine: Vec<(f64, f64)> =
        (0..=400).map(|i| 2.6 + 0.002 * f64::from(i)).map(|e| (e, coarse(e).max(0.0))).collect();
    let tables = material_tables(&[("RINDEX", RINDEX), ("SCINTILLATIONCOMPONENT1", &fine)]);
    let mut genstep = genstep(2, &[(20, 7.0)]);
    genstep.words[16] = 1;
    let energy = |i: u64| {
        let photon = generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(32, 0, i));
        f64::from(HC_EV_NM / photon.wavelength_nm)
    };
    let density_integral = |e: f64| {
        let part = |w: &[(f64, f64)]| {
            let t = ((e - w[0].0) / (w[1].0 - w[0].0)).clamp(0.0, 1.0);
            (w[1].0 - w[0].0) * (w[0].1 * t + 0.5 * (w[1].1 - w[0].1) * t * t)
        };
        FAST.windows(2).map(part).sum::<f64>()
    };
    let total = density_integral(9.0);
    assert_follows("fine", (0..N as u64).map(energy).collect(), |e| density_integral(e) / total);
}

#[test]
fn reemission_takes_the_slow_spectrum_else_the_fast() {
    let probability: &[(f64, f64)] = &[(1.5, 0.8), (4.0, 0.8)];
    let cases = [
        (vec![("FASTCOMPONENT", FAST), ("SLOWCOMPONENT", SLOW)], SLOW),
        (vec![("FASTCOMPONENT", FAST)], FAST),
    ];
    for (mut list, want) in cases {
        list.extend([("RINDEX", RINDEX), ("REEMISSIONPROB", probability)]);
        let tables = material_tables(&list);
        assert!((tables.view().medium(0, 430.0).reemission_probability - 0.8).abs() < 1e-6);
        let mut rng = PhotonRng::new(33, 0, 0);
        let energies = (0..N).map(|_| {
            let mut photon = photon(vec3(0.0, 0.0, 1.0), vec3(1.0, 0.0, 0.0));
            reemit(&tables.view(), 0, &mut photon, &mut rng);
            assert_transverse(&photon, 1e-6);
            f64::from(HC_EV_NM / photon.wavelength_nm)
        });
        assert_follows("reemission", energies.collect(), trapezoid_cdf(want));
    }
}

#[test]
fn without_probability_or_spectrum_there_is_no_reemission() {
    let probability: &[(f64, f64)] = &[(1.5, 0.8), (4.0, 0.8)];
    for list in [vec![("RINDEX", RINDEX), ("FASTCOMPONENT", FAST)], vec![("REEMISSIONPROB", probability)]] {
        let tables = material_tables(&list);
        assert_eq!((tables.materials[0].reemits, tables.materials[0].reemission_spectrum), (0, NONE));
        assert_eq!(tables.view().medium(0, 430.0).reemission_probability, 0.0);
    }
}

/// exp(-t/tau) (1 - exp(-t/rise)), normalised, and the plain exponential.
#[test]
fn delays_with_and_without_a_rise() {
    let (tau, rise) = (7.0_f64, 2.5_f64);
    let faster = tau * rise / (tau + rise);
    let cdf = move |t: f64| 1.0 - (tau * (-t / tau).exp() - faster * (-t / faster).exp()) / (tau - faster);
    assert_follows("rise", energies(&[(16, 1)], &[(20, 7.0), (21, 2.5)]).1, cdf);
    assert_follows("no rise", energies(&[(16, 1)], &[(20, 7.0)]).1, |t| 1.0 - (-t / tau).exp());
    // Daya Bay, slow: the share 0.3 has 20 ns, the rest 4 ns.
    let slow = energies(&[(0, 4), (16, 2)], &[(17, 0.3), (18, 4.0), (19, 20.0), (20, 99.0)]).1;
    assert_follows("slower", slow, |t| 1.0 - 0.3 * (-t / 20.0).exp() - 0.7 * (-t / 4.0).exp());
}

/// Charged: anywhere along the step; neutral: at its end; and later by the way there.
#[test]
fn place_and_time_along_the_step() {
    let tables = material_tables(&[("RINDEX", RINDEX), ("FASTCOMPONENT", FAST)]);
    let floats = [(4, 1.0), (5, 2.0), (6, 3.0), (7, 10.0), (10, 8.0), (11, 8.0), (15, 200.0), (22, 100.0)];
    let mut charged = genstep(2, &floats);
    charged.words[13] = 1.0_f32.to_bits();
    let fractions = (0..N as u64).map(|i| {
        let photon = generate(&tables.view(), &charged, 0, &mut PhotonRng::new(34, 0, i));
        let fraction = (photon.position.z - 3.0) / 8.0;
        let time_ns = 10.0 + fraction * 8.0 / (200.0 - 50.0 * fraction);
        assert!((photon.time_ns - time_ns).abs() < 1e-4);
        f64::from(fraction)
    });
    assert_follows("fraction", fractions.collect(), |x| x);
    let neutral = generate(&tables.view(), &genstep(2, &floats), 0, &mut PhotonRng::new(35, 0, 0));
    assert_eq!(neutral.position, vec3(1.0, 2.0, 11.0));
}
