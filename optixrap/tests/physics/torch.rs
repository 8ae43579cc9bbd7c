//! Every torch type: where its photons start, where they go and how they are polarized.

use super::support::{Script, assert_follows, assert_transverse, genstep, material_tables};
use optixrap::physics::generate::generate;
use optixrap::physics::generate_torch::torch_type as kind;
use optixrap::physics::photon::Photon;
use optixrap::physics::random::PhotonRng;
use optixrap::physics::vec3::{Vec3, vec3};

const SOURCE: Vec3 = vec3(10.0, 20.0, 30.0);
const AXIS: Vec3 = vec3(0.0, 0.6, 0.8);

fn torch(kind: u32, mode: u32, axis: Vec3, photon_index: u32, numbers: &[f32]) -> Photon {
    let tables = material_tables(&[]);
    let mut genstep = genstep(
        5,
        &[
            (4, SOURCE.x),
            (5, SOURCE.y),
            (6, SOURCE.z),
            (7, 0.1),
            (8, axis.x),
            (9, axis.y),
            (10, axis.z),
            (11, 1.0),
            (14, 1.0),
            (15, 430.0),
            (17, 1.0),
            (19, 1.0),
            (20, 5.0),
            (21, 50.0),
        ],
    );
    (genstep.words[22], genstep.words[23]) = (mode, kind);
    let photon = generate(&tables.view(), &genstep, photon_index, &mut Script::new(numbers));
    assert_transverse(&photon, 1e-5);
    assert_eq!(photon.weight, 1.0);
    photon
}

#[track_caller]
fn assert_near(got: Vec3, want: Vec3) {
    assert!((got + -want).length() < 2e-5, "{got:?} is not {want:?}");
}

#[test]
fn sphere_and_point() {
    let z = vec3(0.0, 0.0, 1.0);
    let photon = torch(kind::SPHERE, 0, z, 0, &[0.25, 0.5]);
    assert_near(photon.direction, vec3(-0.75_f32.sqrt(), 0.0, 0.5));
    assert_near(photon.polarization, vec3(-0.5, 0.0, -0.75_f32.sqrt()));
    assert_eq!((photon.position, photon.time_ns, photon.wavelength_nm), (SOURCE, 0.1, 430.0));
    let photon = torch(kind::SPHERE, 0, AXIS, 0, &[0.1, 0.3]);
    assert!((photon.direction.dot(AXIS) - 0.8).abs() < 1e-6);
    let photon = torch(kind::POINT, 0, AXIS, 0, &[0.1, 0.3]);
    assert_eq!((photon.position, photon.direction), (SOURCE, AXIS));
}

#[test]
fn discs_and_ring() {
    for (kind, r) in [(kind::DISC, 5.0 * 0.5), (kind::DISC_LINEAR, 5.0 * 0.25), (kind::RING, 5.0)] {
        let photon = torch(kind, 0, AXIS, 0, &[0.25, 0.3]);
        let offset = photon.position + -SOURCE;
        assert!((offset.length() - r).abs() < 1e-5 && offset.dot(AXIS).abs() < 1e-5);
        assert_eq!(photon.direction, AXIS);
        assert!(photon.polarization.dot(offset).abs() < 1e-5);
    }
}

#[test]
fn discs_before_a_sphere_are_s_or_p_polarized() {
    let down = vec3(0.0, 0.0, -1.0);
    for kind in [kind::DISC_INTERSECT_SPHERE, kind::DISC_INTERSECT_SPHERE_DUMB] {
        let photon = torch(kind, 1, down, 0, &[0.25, 0.3]);
        let offset = (photon.position + -SOURCE) * (1.0 / 2.5);
        assert!((offset.length() - 1.0).abs() < 1e-5 && offset.z.abs() < 1e-6);
        assert_eq!(photon.direction, down);
        assert!(photon.polarization.dot(offset).abs() < 1e-5);
        let photon = torch(kind, 2, down, 0, &[0.25, 0.3]);
        assert!((photon.polarization.dot(offset).abs() - 1.0).abs() < 1e-5);
    }
}

#[test]
fn axial_discs_shine_inward_from_26_sides() {
    let mut seen = Vec::new();
    for index in 0..26 {
        let photon = torch(kind::DISC_AXIAL, 0, AXIS, index, &[0.25, 0.3]);
        let out = -photon.direction;
        assert!(((photon.position + -SOURCE).dot(out) - 50.0).abs() < 1e-4);
        assert!(seen.iter().all(|s: &Vec3| s.dot(out) < 0.99));
        seen.push(out);
        assert_eq!(torch(kind::DISC_AXIAL, 0, AXIS, index + 26, &[0.25, 0.3]), photon);
    }
    assert_near(seen[0], vec3(1.0, 0.0, 0.0));
    assert_near(seen[25] * 3.0_f32.sqrt(), vec3(-1.0, -1.0, -1.0));
}

#[test]
fn inward_spheres() {
    let photon = torch(kind::INVERSE_SPHERE, 0, AXIS, 0, &[0.1, 0.3]);
    assert_near(photon.position, SOURCE + photon.direction * -5.0);
    assert!((photon.direction.z + 0.8).abs() < 1e-6 && photon.polarization.z.abs() < 1e-6);
    // flatCosTheta and flatTheta, S and P.
    let flat_cos = torch(kind::REFLECTION_TEST, 8 | 1, AXIS, 0, &[0.1, 0.3]);
    assert!((flat_cos.direction.z + 0.8).abs() < 1e-6 && flat_cos.polarization.z.abs() < 1e-6);
    let flat = torch(kind::REFLECTION_TEST, 4 | 2, AXIS, 0, &[0.1, 0.3]);
    assert!((flat.direction.z + (0.1 * std::f32::consts::PI).cos()).abs() < 1e-6);
    let plane = flat.direction.cross(vec3(0.0, 0.0, 1.0));
    assert!(flat.polarization.dot(plane).abs() < 1e-6);
    assert_near(flat.position, SOURCE + flat.direction * -5.0);
}

#[test]
fn inward_cylinder_with_ripples_in_time() {
    let photon = torch(kind::INVERSE_CYLINDER, 1, AXIS, 0, &[0.1, 0.3]);
    let offset = photon.position + -SOURCE;
    assert!((offset.z - 40.0).abs() < 1e-4 && photon.direction.z == 0.0);
    assert_near(vec3(offset.x, offset.y, 0.0), photon.direction * -5.0);
    // The given vector is z: S is across it, P along it.
    assert!(photon.polarization.z.abs() < 1e-6);
    let photon = torch(kind::INVERSE_CYLINDER, 2, AXIS, 105, &[0.1, 0.3]);
    assert!((photon.polarization.z - 1.0).abs() < 1e-6);
    assert!((photon.time_ns - (0.1 + 5.0 * 0.033_33)).abs() < 1e-6);
}

#[test]
fn fixed_polarization_and_unknown_types() {
    let photon = torch(kind::POINT, 16, vec3(1.0, 0.0, 0.0), 0, &[0.1, 0.3]);
    assert_near(photon.polarization, vec3(0.0, 0.0, 1.0));
    let tables = material_tables(&[]);
    let mut genstep = genstep(5, &[(15, 430.0)]);
    genstep.words[23] = 99;
    assert!(generate(&tables.view(), &genstep, 0, &mut Script::new(&[0.5, 0.5])).wavelength_nm.is_nan());
}

#[test]
fn comb_and_black_body() {
    for (u, nm) in [(0.1, 400.0), (0.3, 500.0), (0.5, 600.0), (0.7, 700.0), (0.9, 800.0)] {
        assert_eq!(torch(kind::POINT, 64, AXIS, 0, &[u, 0.5, 0.5]).wavelength_nm, nm);
    }
    let tables = material_tables(&[]);
    let mut genstep = genstep(5, &[(10, 1.0)]);
    (genstep.words[22], genstep.words[23]) = (32, kind::POINT);
    let wavelength = |i| {
        let photon = generate(&tables.view(), &genstep, 0, &mut PhotonRng::new(51, 0, i));
        f64::from(photon.wavelength_nm)
    };
    // Planck's law at 6500 K, integrated by trapezoids of 0.1 nm.
    let planck = |nm: f64| (nm / 500.0).powi(-5) / ((1.438_776_877e7 / (nm * 6500.0)).exp() - 1.0);
    let mut integral = vec![0.0];
    for i in 0..7600 {
        let nm = 60.0 + 0.1 * f64::from(i);
        integral.push(integral[i as usize] + 0.5 * (planck(nm) + planck(nm + 0.1)));
    }
    let cdf = |nm: f64| integral[((nm - 60.0) * 10.0).round().clamp(0.0, 7600.0) as usize] / integral[7600];
    assert_follows("black body", (0..100_000).map(wavelength).collect(), cdf);
}
