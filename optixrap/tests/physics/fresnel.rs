//! Fresnel's rule against its closed form, and the invariants of reflection and refraction.

use super::support::{assert_transverse, photon};
use optixrap::physics::boundary_fresnel::{Fresnel, fresnel};
use optixrap::physics::photon::Photon;
use optixrap::physics::random::{PhotonRng, Uniform};
use optixrap::physics::vec3::{Vec3, vec3};

const NORMAL: Vec3 = vec3(0.0, 0.0, -1.0);

fn at(angle: f64, s_share: f64) -> Photon {
    let (sin, cos) = angle.sin_cos();
    let (s, p) = (s_share.sqrt() as f32, (1.0 - s_share).sqrt() as f32);
    let direction = vec3(sin as f32, 0.0, cos as f32);
    photon(direction, vec3(p * cos as f32, s, -p * sin as f32))
}

/// Reflected share of the power for the perpendicular and the parallel polarization.
fn reflectances(n1: f64, n2: f64, angle: f64) -> (f64, f64) {
    let sin_t = n1 / n2 * angle.sin();
    if sin_t >= 1.0 {
        return (1.0, 1.0);
    }
    let (c1, c2) = (angle.cos(), (1.0 - sin_t * sin_t).sqrt());
    let s = (n1 * c1 - n2 * c2) / (n1 * c1 + n2 * c2);
    let p = (n2 * c1 - n1 * c2) / (n2 * c1 + n1 * c2);
    (s * s, p * p)
}

fn reflected_share(n1: f64, n2: f64, start: &Photon, n: u32, rng: &mut PhotonRng) -> f64 {
    let reflected = (0..n).filter(|_| {
        let mut photon = *start;
        fresnel(n1 as f32, n2 as f32, NORMAL, &mut photon, rng) == Fresnel::Reflected
    });
    reflected.count() as f64 / f64::from(n)
}

/// 5 sigma on each of the 144 numbers of reflected photons.
#[test]
fn reflectance_against_angle_and_polarization() {
    const N: u32 = 100_000;
    let mut rng = PhotonRng::new(11, 0, 0);
    for (n1, n2) in [(1.0, 1.5), (1.5, 1.0), (1.33, 1.6), (1.48, 1.5)] {
        for degrees in (0..=88).step_by(8) {
            let angle = f64::from(degrees).to_radians();
            let (rs, rp) = reflectances(n1, n2, angle);
            for s_share in [0.0, 0.3, 1.0] {
                let want = if degrees == 0 { rs } else { s_share * rs + (1.0 - s_share) * rp };
                let got = reflected_share(n1, n2, &at(angle, s_share), N, &mut rng);
                let sigma = (want * (1.0 - want) / f64::from(N)).sqrt();
                assert!(
                    (got - want).abs() < 5.0 * sigma + 1e-5,
                    "{n1} {n2} {degrees} {s_share}: {got} {want}"
                );
            }
        }
    }
}

#[test]
fn brewster_angle_reflects_no_parallel_light() {
    let mut rng = PhotonRng::new(12, 0, 0);
    let brewster = (1.5_f64 / 1.0).atan();
    assert_eq!(reflected_share(1.0, 1.5, &at(brewster, 0.0), 1_000_000, &mut rng), 0.0);
}

#[test]
fn beyond_the_critical_angle_everything_is_reflected_without_a_draw() {
    let mut rng = PhotonRng::new(13, 0, 0);
    let critical = (1.0_f64 / 1.5).asin();
    assert_eq!(reflected_share(1.5, 1.0, &at(critical + 1e-3, 0.5), 1000, &mut rng), 1.0);
    assert_eq!(rng.draws(), 0);
    assert!(reflected_share(1.5, 1.0, &at(critical - 1e-2, 0.5), 1000, &mut rng) < 1.0);
    assert_eq!(rng.draws(), 1000);
}

#[test]
fn equal_indices_are_no_boundary() {
    let mut rng = PhotonRng::new(14, 0, 0);
    for degrees in [0.0_f64, 1.0, 30.0, 60.0, 89.0] {
        for _ in 0..200_000 {
            let start = at(degrees.to_radians(), 0.4);
            let mut photon = start;
            assert_eq!(fresnel(1.4, 1.4, NORMAL, &mut photon, &mut rng), Fresnel::Transmitted);
            assert!((photon.direction + -start.direction).length() < 1e-6);
            assert!((photon.polarization + -start.polarization).length() < 1e-5);
        }
    }
}

#[test]
fn reciprocity_of_the_transmitted_share() {
    let mut rng = PhotonRng::new(15, 0, 0);
    let angle = 0.5_f64;
    let back = (angle.sin() * 1.2 / 1.6).asin();
    let n = 400_000;
    for s_share in [0.0, 1.0] {
        let there = reflected_share(1.2, 1.6, &at(angle, s_share), n, &mut rng);
        let here = reflected_share(1.6, 1.2, &at(back, s_share), n, &mut rng);
        let sigma = (2.0 * there.max(1e-4) / f64::from(n)).sqrt();
        assert!((there - here).abs() < 5.0 * sigma, "{there} {here}");
    }
}

/// Snell's and the reflection law, and the polarizations of both waves, for random directions.
#[test]
fn directions_and_polarizations() {
    let mut rng = PhotonRng::new(16, 0, 0);
    let mut seen = [0; 2];
    for _ in 0..20_000 {
        let normal = vec3(rng.uniform() - 0.5, rng.uniform() - 0.5, rng.uniform() - 0.5).normalized();
        let mut k = vec3(rng.uniform() - 0.5, rng.uniform() - 0.5, rng.uniform() - 0.5).normalized();
        if k.dot(normal) > 0.0 {
            k = -k;
        }
        let e = k.cross(vec3(rng.uniform() - 0.5, rng.uniform() - 0.5, rng.uniform() - 0.5)).normalized();
        let (n1, n2) = (1.0 + rng.uniform(), 1.0 + rng.uniform());
        let mut out = photon(k, e);
        let outcome = fresnel(n1, n2, normal, &mut out, &mut rng);
        assert_transverse(&out, 3e-4);
        let (across_in, across_out) = (k.cross(normal), out.direction.cross(normal));
        match outcome {
            Fresnel::Reflected => {
                seen[0] += 1;
                assert!((out.direction + -(k + normal * (-2.0 * k.dot(normal)))).length() < 1e-5);
            }
            Fresnel::Transmitted => {
                seen[1] += 1;
                assert!(out.direction.dot(normal) < 0.0);
                assert!((across_in * n1 + -(across_out * n2)).length() < 1e-5);
                assert_transmitted_amplitudes(n1, n2, normal, (k, e), &out);
            }
        }
    }
    assert!(seen[0] > 1000 && seen[1] > 1000, "{seen:?}");
}

/// The transmitted wave's components along s and along (k x s) are in the ratio of Fresnel's amplitudes.
fn assert_transmitted_amplitudes(n1: f32, n2: f32, normal: Vec3, (k, e): (Vec3, Vec3), out: &Photon) {
    let s = k.cross(normal);
    if s.length() < 0.05 {
        return;
    }
    let s = s.normalized();
    let (c1, c2) = (-k.dot(normal), -out.direction.dot(normal));
    let t_s = e.dot(s) / (n1 * c1 + n2 * c2);
    let t_p = e.dot(k.cross(s)) / (n2 * c1 + n1 * c2);
    let (o_s, o_p) = (out.polarization.dot(s), out.polarization.dot(out.direction.cross(s)));
    let size = (t_s * t_s + t_p * t_p).sqrt();
    assert!((o_s - t_s / size).abs() < 2e-4 && (o_p - t_p / size).abs() < 2e-4, "{o_s} {o_p} {t_s} {t_p}");
}

/// A photon that bounces for long stays sound.
#[test]
fn many_boundaries_do_not_wear_a_photon_out() {
    let mut rng = PhotonRng::new(17, 0, 0);
    let mut photon = at(0.7, 0.3);
    for i in 0..100_000 {
        let tilt = vec3(0.1 * (i % 7) as f32, 0.05 * (i % 11) as f32, 1.0).normalized();
        let normal = if photon.direction.dot(tilt) > 0.0 { -tilt } else { tilt };
        fresnel(1.5, 1.3, normal, &mut photon, &mut rng);
        assert_transverse(&photon, 3e-4);
    }
}
