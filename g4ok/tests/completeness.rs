//! What the facade keeps and draws beside its main job: Geant4's own photons, aligned numbers, pictures.

use g4ok::{G4OpticksError, Geant4Photon, SnapView};
use optixrap::engine::HitRecord;
use optixrap::physics::random::{PhotonRng, Uniform};

use crate::common::{AT_SENSOR_1, config, opticks, shine};

/// Our hits, given back as if Geant4 had made them, are the same words.
#[test]
fn hits_of_geant4_have_the_layout_of_ours() {
    let mut o = opticks(config());
    shine(&mut o, AT_SENSOR_1);
    o.propagate_optical_photons(0).unwrap();
    let ours = o.hits().unwrap().values()[..16 * 20].to_vec();
    for i in 0..20 {
        let hit = o.hit(i).unwrap();
        let same = Geant4Photon {
            position_mm: hit.global_position,
            time_ns: hit.time_ns,
            direction: hit.global_direction,
            weight: hit.weight,
            polarization: hit.global_polarization,
            wavelength_nm: hit.wavelength_nm,
            boundary: hit.boundary.into(),
            sensor_index: hit.sensor_index,
            node_index: hit.node_index,
            photon_index: hit.photon_index.into(),
            flag_mask: hit.flag_mask,
        };
        o.collect_hit(&same).unwrap();
    }
    assert_eq!(o.geant4_hits().shape(), [20, 4, 4]);
    let record = |words: &[f32]| HitRecord(words.try_into().unwrap());
    let theirs = o.geant4_hits().values().chunks(16).map(record);
    assert!(theirs.eq(ours.chunks(16).map(record)));
    o.reset();
    assert_eq!((o.geant4_hits().num_items(), o.geant4_hits().capacity()), (0, 0));
}

#[test]
fn secondary_photons_of_geant4_may_be_propagated() {
    let mut o = opticks(config());
    let photon = Geant4Photon {
        position_mm: [490.0, 0.0, 0.0],
        direction: [1.0, 0.0, 0.0],
        polarization: [0.0, 1.0, 0.0],
        wavelength_nm: 430.0,
        weight: 1.0,
        ..Geant4Photon::default()
    };
    o.collect_secondary_photons(&[photon; 3]).unwrap();
    assert_eq!((o.num_gensteps(), o.geant4_photons().shape()), (0, vec![3, 4, 4]));
    let photons = o.geant4_photons().clone();
    o.collect_input_photons(&photons).unwrap();
    assert_eq!(o.propagate_optical_photons(0).unwrap(), 3);
    let bad = Geant4Photon { time_ns: f64::NAN, ..photon };
    let error = o.collect_secondary_photons(&[bad]).unwrap_err();
    assert!(matches!(error, G4OpticksError::Geant4Photon { what: "photon", row: 3 }), "{error}");
}

#[test]
fn aligned_numbers_are_those_of_the_photon() {
    let mut o = opticks(config());
    assert_eq!(o.aligned_uniform(), None);
    o.set_seed(42);
    o.set_align_index(3, Some(17));
    let mut rng = PhotonRng::new(42, 3, 17);
    for _ in 0..20 {
        assert_eq!(o.aligned_uniform(), Some(rng.uniform()));
    }
    o.set_align_index(3, Some(17));
    assert_eq!(o.aligned_uniform(), Some(PhotonRng::new(42, 3, 17).uniform()), "from the first again");
    o.set_align_index(0, None);
    assert_eq!(o.aligned_uniform(), None);
    assert_eq!(o.way_mask(), 0);
}

/// Seen from the sensors' side, the middle of the cube's face is a sensor; its corners are not, and around it there is
/// nothing.
#[test]
fn pictures_show_the_cube_and_its_sensors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("snap.ppm");
    let o = opticks(config());
    let view = SnapView { width: 301, height: 301, towards_viewer: [1.0, 0.0, 0.0] };
    o.snap(&path, &view).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    let header = b"P6\n301 301\n255\n";
    assert!(bytes.starts_with(header));
    assert_eq!(bytes.len(), header.len() + 3 * 301 * 301);
    let pixel = |x: usize, y: usize| &bytes[header.len() + 3 * (301 * y + x)..][..3];
    assert_eq!(pixel(2, 2), [255; 3]);
    let is_sensor = |p: &[u8]| i32::from(p[0]) > i32::from(p[2]) + 60;
    assert!(is_sensor(pixel(150, 150)), "{:?}", pixel(150, 150));
    let cube = pixel(150, 100);
    assert!(!is_sensor(cube) && cube != [255; 3], "{cube:?}");
    let sensors = (0..301 * 301).filter(|i| is_sensor(pixel(i % 301, i / 301))).count() as f64;
    // Five discs of 30 mm radius; the picture is 2.05 times the cube's half diagonal wide.
    let pixel_mm = 2.05 * 500.0 * 3.0_f64.sqrt() / 301.0;
    let expected = 5.0 * std::f64::consts::PI * 900.0 / (pixel_mm * pixel_mm);
    assert!((sensors / expected - 1.0).abs() < 0.1, "{sensors} instead of {expected}");
}

#[test]
fn pictures_need_pixels_and_a_direction() {
    let o = opticks(config());
    let good = SnapView::default();
    for view in [
        SnapView { width: 0, ..good },
        SnapView { height: 20_000, ..good },
        SnapView { towards_viewer: [0.0; 3], ..good },
        SnapView { towards_viewer: [f64::NAN, 0.0, 0.0], ..good },
    ] {
        assert!(o.snap("/nonexistent/x.ppm".as_ref(), &view).unwrap_err().to_string().starts_with("snap: "));
    }
    assert!(o.snap("/proc/x.ppm".as_ref(), &good).is_err());
    let empty = g4ok::G4Opticks::new(config()).unwrap();
    let error = empty.snap("x.ppm".as_ref(), &good).unwrap_err();
    assert!(matches!(error, G4OpticksError::NoGeometry { call: "snap" }));
}
