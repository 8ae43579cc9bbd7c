//! Moments of Rayleigh scattering, of Lambert's law, and the exponential law.

use super::support::{assert_follows, assert_transverse, photon};
use optixrap::physics::direction::{isotropic_unpolarized, lambertian};
use optixrap::physics::fmath::ln;
use optixrap::physics::photon::Photon;
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::rayleigh::scatter;
use optixrap::physics::vec3::{Vec3, vec3};

const N: u32 = 400_000;

fn mean(samples: impl Iterator<Item = f64>) -> f64 {
    let (sum, n) = samples.fold((0.0, 0.0), |(s, n), x| (s + x, n + 1.0));
    sum / n
}

fn scattered(rng: &mut PhotonRng, start: impl Fn(&mut PhotonRng) -> Photon) -> Vec<(Photon, Photon)> {
    (0..N)
        .map(|_| {
            let before = start(rng);
            let mut after = before;
            scatter(&mut after, rng);
            assert_transverse(&after, 1e-5);
            (before, after)
        })
        .collect()
}

/// The density (3/4)(1 - x^2) of x = k'.e has the second moment 1/5 and the distribution (2 + 3x - x^3)/4.
#[test]
fn rayleigh_about_the_polarization() {
    let mut rng = PhotonRng::new(21, 0, 0);
    let pairs = scattered(&mut rng, |_| photon(vec3(0.0, 0.6, 0.8), vec3(1.0, 0.0, 0.0)));
    let x = |(b, a): &(Photon, Photon)| f64::from(a.direction.dot(b.polarization));
    // The variance of x^2 is 3/35 - 1/25; 5 sigma.
    let tolerance = 5.0 * ((3.0 / 35.0 - 1.0 / 25.0) / f64::from(N)).sqrt();
    assert!((mean(pairs.iter().map(|p| x(p).powi(2))) - 0.2).abs() < tolerance);
    assert_follows("k'.e", pairs.iter().map(x).collect(), |x| (2.0 + 3.0 * x - x.powi(3)) / 4.0);
    // The new polarization is in the plane of k' and e, and as often along as against.
    for (before, after) in &pairs {
        assert!(after.direction.cross(before.polarization).dot(after.polarization).abs() < 1e-5);
    }
    let along = pairs.iter().filter(|(b, a)| a.polarization.dot(b.polarization) > 0.0).count();
    assert!((along as f64 - 0.5 * f64::from(N)).abs() < 5.0 * (0.25 * f64::from(N)).sqrt());
    // Uniform around e.
    let angle = |(_, a): &(Photon, Photon)| {
        let (y, z) = (f64::from(a.direction.y), f64::from(a.direction.z));
        y.atan2(z) / std::f64::consts::TAU + 0.5
    };
    assert_follows("azimuth about e", pairs.iter().map(angle).collect(), |x| x);
}

/// Unpolarized light: the density (3/8)(1 + c^2) of c = k'.k, second moment 2/5.
#[test]
fn rayleigh_of_unpolarized_light() {
    let mut rng = PhotonRng::new(22, 0, 0);
    let pairs = scattered(&mut rng, |rng| {
        let (direction, polarization) = isotropic_unpolarized(rng);
        photon(direction, polarization)
    });
    let c = |(b, a): &(Photon, Photon)| f64::from(a.direction.dot(b.direction));
    let second = mean(pairs.iter().map(|p| c(p).powi(2)));
    // The variance of c^2 is 9/35 - 4/25.
    assert!((second - 0.4).abs() < 5.0 * ((9.0_f64 / 35.0 - 4.0 / 25.0) / f64::from(N)).sqrt());
    assert_follows("k'.k", pairs.iter().map(c).collect(), |c| 0.5 + 0.375 * (c + c.powi(3) / 3.0));
}

#[test]
fn lambert_cosine() {
    let mut rng = PhotonRng::new(23, 0, 0);
    let normal = vec3(0.36, -0.48, 0.8);
    let across: Vec3 = vec3(0.8, 0.6, 0.0);
    let out: Vec<Vec3> = (0..N).map(|_| lambertian(normal, &mut rng)).collect();
    let cos = |v: &Vec3| f64::from(v.dot(normal));
    assert!(out.iter().all(|v| cos(v) > -1e-6 && (v.length() - 1.0).abs() < 1e-5));
    // The variance of the cosine is 1/18.
    assert!((mean(out.iter().map(cos)) - 2.0 / 3.0).abs() < 5.0 * (1.0 / 18.0 / f64::from(N)).sqrt());
    assert_follows("cosine", out.iter().map(cos).collect(), |c| c * c);
    let sideways = mean(out.iter().map(|v| f64::from(v.dot(across))));
    assert!(sideways.abs() < 5.0 * (0.25 / f64::from(N)).sqrt());
}

#[test]
fn isotropic_and_unpolarized() {
    let mut rng = PhotonRng::new(24, 0, 0);
    let pairs: Vec<(Vec3, Vec3)> = (0..N).map(|_| isotropic_unpolarized(&mut rng)).collect();
    for &(direction, polarization) in &pairs {
        assert_transverse(&photon(direction, polarization), 1e-6);
    }
    let uniform = |x: f64| 0.5 + 0.5 * x;
    assert_follows("x", pairs.iter().map(|p| p.0.x.into()).collect(), uniform);
    assert_follows("z", pairs.iter().map(|p| p.0.z.into()).collect(), uniform);
    assert_follows("polarization x", pairs.iter().map(|p| p.1.x.into()).collect(), uniform);
    assert_follows("polarization z", pairs.iter().map(|p| p.1.z.into()).collect(), uniform);
}

#[test]
fn exponential_law() {
    let mut rng = PhotonRng::new(25, 0, 0);
    let lengths: Vec<f64> = (0..N).map(|_| f64::from(-250.0 * ln(rng.uniform()))).collect();
    let average = mean(lengths.iter().copied());
    assert!((average - 250.0).abs() < 5.0 * 250.0 / f64::from(N).sqrt());
    assert_follows("length", lengths, |x| 1.0 - (-x / 250.0).exp());
}
