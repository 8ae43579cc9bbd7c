//! Every wrong order of calls and every value out of range is an error that says what to do.

use cfg4::genstep::{ChargedStep, Genstep, MaterialNames, ScintillationStep};
use g4ok::{AngularEfficiency, G4Opticks, G4OpticksError, SensorDatum};
use npy::NPY;

use crate::common::{config, cube, opticks, shine};

const GOOD: SensorDatum = SensorDatum { efficiency_1: 0.5, efficiency_2: 1.0, category: -1, identifier: 7 };

fn wide_open() -> AngularEfficiency {
    AngularEfficiency { shape: [1, 1, 1], values: vec![1.0], theta_deg: [0.0, 180.0], phi_deg: [0.0, 360.0] }
}

#[test]
fn whatever_needs_a_geometry_says_so() {
    let mut o = G4Opticks::new(config()).unwrap();
    let names = MaterialNames::from_list(["LS"]);
    let errors = [
        o.propagate_optical_photons(0).unwrap_err(),
        o.collect_torch(&"photons=5".parse().unwrap(), 0).unwrap_err(),
        o.set_sensor_data(1, GOOD).unwrap_err(),
        o.set_sensor_angular_efficiency(wide_open()).unwrap_err(),
        o.set_material_names(&names).unwrap_err(),
        o.geometry().unwrap_err(),
        o.sensor_placements().unwrap_err(),
        o.num_distinct_placement_copy_numbers().unwrap_err(),
        o.sensor_identity_standin(1).unwrap_err(),
    ];
    for error in errors {
        assert!(matches!(error, G4OpticksError::NoGeometry { .. }), "{error}");
        assert!(error.to_string().contains("call set_geometry first"), "{error}");
    }
    assert_eq!((o.num_sensor_volumes(), o.num_hits()), (0, 0));
}

#[test]
fn steps_may_be_collected_before_the_geometry_is_set() {
    let mut o = G4Opticks::new(config()).unwrap();
    let step = ChargedStep { num_photons: 40, weight: 1.0, ..ChargedStep::default() };
    let step = ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..Default::default() };
    o.collect_scintillation_step(&step).unwrap();
    o.set_geometry(cube()).unwrap();
    o.propagate_optical_photons(0).unwrap();
    assert_eq!(o.summary().unwrap().photons, 40);
}

#[test]
fn a_second_propagation_needs_a_reset() {
    let mut o = opticks(config());
    shine(&mut o, "photons=1000");
    let hits = o.propagate_optical_photons(3).unwrap();
    assert_eq!(hits, o.num_hits() as u64);
    let again = o.propagate_optical_photons(4).unwrap_err();
    assert!(matches!(again, G4OpticksError::NotReset { event_id: 3 }), "{again}");
    assert_eq!(o.num_hits() as u64, hits, "the hits are still there");
    o.reset();
    shine(&mut o, "photons=1000");
    o.propagate_optical_photons(4).unwrap();
}

#[test]
fn hits_are_gone_after_reset() {
    let mut o = opticks(config());
    shine(&mut o, "photons=2000");
    assert!(o.hits().is_none());
    assert!(o.propagate_optical_photons(0).unwrap() > 0);
    let beyond = o.hit(o.num_hits()).unwrap_err();
    assert!(matches!(beyond, G4OpticksError::NoSuch { what: "hit", .. }), "{beyond}");
    o.reset();
    assert_eq!((o.num_hits(), o.num_gensteps(), o.num_photons()), (0, 0, 0));
    assert!(o.hits().is_none() && o.hiys().is_none() && o.summary().is_none());
    assert!(matches!(o.hit(0).unwrap_err(), G4OpticksError::NoSuch { index: 0, count: 0, .. }));
}

#[test]
fn without_gensteps_there_are_no_hits_and_the_last_event_is_gone() {
    let mut o = opticks(config());
    shine(&mut o, "photons=2000");
    assert!(o.propagate_optical_photons(0).unwrap() > 0);
    o.reset();
    assert_eq!(o.propagate_optical_photons(1).unwrap(), 0);
    assert_eq!((o.num_hits(), o.hits().unwrap().num_items(), o.summary().unwrap().photons), (0, 0, 0));
}

#[test]
fn way_items_need_to_be_asked_for() {
    let mut o = opticks(config());
    shine(&mut o, "photons=2000");
    o.propagate_optical_photons(0).unwrap();
    assert!(!o.is_way_enabled());
    let error = o.hit_extra(0).unwrap_err();
    assert!(matches!(error, G4OpticksError::NoWay) && error.to_string().contains("--way"), "{error}");
}

#[test]
fn sensor_indices_start_at_1_and_end() {
    let mut o = opticks(config());
    assert_eq!(o.num_sensor_volumes(), 5);
    for index in [0, 6, usize::MAX] {
        let error = o.set_sensor_data(index, GOOD).unwrap_err();
        assert!(matches!(error, G4OpticksError::NoSuch { count: 5, .. }), "{error}");
        assert!(o.sensor_identity_standin(index).is_err() && o.sensor_lib().datum(index).is_none());
    }
    for index in 1..=5 {
        o.set_sensor_data(index, GOOD).unwrap();
        assert_eq!(o.sensor_lib().datum(index), Some(GOOD));
    }
}

#[test]
fn sensor_data_are_checked() {
    let mut o = opticks(config());
    for bad in [
        SensorDatum { efficiency_1: 1.5, ..GOOD },
        SensorDatum { efficiency_2: -0.1, ..GOOD },
        SensorDatum { efficiency_1: f32::NAN, ..GOOD },
        SensorDatum { category: -2, ..GOOD },
    ] {
        assert!(matches!(o.set_sensor_data(1, bad), Err(G4OpticksError::Sensor(_))), "{bad:?}");
    }
}

#[test]
fn a_category_needs_its_table() {
    let mut o = opticks(config());
    o.set_sensor_data(2, SensorDatum { category: 1, ..GOOD }).unwrap();
    shine(&mut o, "photons=10");
    let error = o.propagate_optical_photons(0).unwrap_err().to_string();
    assert!(error.contains("sensor 2 has category 1"), "{error}");
    o.set_sensor_angular_efficiency(AngularEfficiency::mock(2, 18, 36)).unwrap();
    o.propagate_optical_photons(0).unwrap();
}

#[test]
fn angular_tables_are_checked() {
    let mut o = opticks(config());
    for bad in [
        AngularEfficiency { values: vec![1.0; 2], ..wide_open() },
        AngularEfficiency { shape: [0, 1, 1], values: vec![], ..wide_open() },
        AngularEfficiency { shape: [u32::MAX; 3], ..wide_open() },
        AngularEfficiency { values: vec![1.01], ..wide_open() },
        AngularEfficiency { values: vec![f32::NAN], ..wide_open() },
        AngularEfficiency { theta_deg: [180.0, 0.0], ..wide_open() },
        AngularEfficiency { phi_deg: [0.0, f32::NAN], ..wide_open() },
        AngularEfficiency { phi_deg: [f32::NEG_INFINITY, 360.0], ..wide_open() },
    ] {
        let error = o.set_sensor_angular_efficiency(bad.clone()).map_err(|e| e.to_string());
        assert!(error.as_ref().is_err_and(|e| e.starts_with("sensor data:")), "{bad:?} {error:?}");
    }
}

#[test]
fn another_geometry_waits_for_the_end_of_the_event() {
    let mut o = opticks(config());
    shine(&mut o, "photons=10");
    assert!(matches!(o.set_geometry(cube()), Err(G4OpticksError::GeometryInUse { gensteps: 1 })));
    o.propagate_optical_photons(0).unwrap();
    assert!(matches!(o.set_geometry(cube()), Err(G4OpticksError::GeometryInUse { .. })));
    o.set_sensor_data(1, GOOD).unwrap();
    o.reset();
    o.set_geometry(cube()).unwrap();
    assert_ne!(o.sensor_lib().datum(1), Some(GOOD), "sensor data go with their geometry");
}

#[test]
fn a_file_that_is_not_there_leaves_the_geometry_as_it_was() {
    let mut o = opticks(config());
    let error = o.set_geometry_file("/nonexistent/x.gdml".as_ref()).unwrap_err();
    assert!(error.to_string().contains("/nonexistent/x.gdml"), "{error}");
    assert_eq!(o.num_sensor_volumes(), 5);
}

#[test]
fn torches_know_the_frames_that_there_are() {
    let mut o = opticks(config());
    for frame in [7, u32::MAX] {
        let torch = format!("frame={frame}").parse().unwrap();
        let error = o.collect_torch(&torch, 0).unwrap_err();
        assert!(matches!(error, G4OpticksError::NoSuch { what: "frame", count: 7, .. }), "{error}");
    }
    assert_eq!(o.num_gensteps(), 0);
}

#[test]
fn torches_stand_in_the_material_that_they_name() {
    let mut o = opticks(config());
    for (torch, found) in [
        ("material=Air", "lies in LS"),
        ("material=Water", "names the material Water, but its source lies in LS"),
        ("material=LS_source=0,0,900", "lies in Air"),
        ("material=LS_source=0,0,1e6", "lies outside the world"),
    ] {
        let error = o.collect_torch(&torch.parse().unwrap(), 0).unwrap_err();
        assert!(error.to_string().contains(found), "{torch}: {error}");
    }
    assert_eq!(o.num_gensteps(), 0);
    for torch in ["material=LS", "material=Air_source=0,0,900", "material=GdDopedLS"] {
        o.collect_torch(&torch.parse().unwrap(), 0).unwrap();
    }
    assert_eq!(o.num_gensteps(), 3);
}

#[test]
fn gensteps_that_cannot_be_propagated_are_named() {
    let mut o = opticks(config());
    let mut far = Genstep::emit_source(5, 0);
    far.set_int(0, 2, 1000);
    o.collect_genstep(&far).unwrap();
    let error = o.propagate_optical_photons(0).unwrap_err().to_string();
    assert!(error.contains("genstep 0: material index 1000 is out of range"), "{error}");
    o.reset();
    o.collect_genstep(&Genstep::fabricated(5, 0)).unwrap();
    let error = o.propagate_optical_photons(0).unwrap_err().to_string();
    assert!(
        error.contains("genstep 0: code 6 (fabricated) holds a number of photons and nothing"),
        "{error}"
    );
    o.reset();
    for code in [0, 10, 13, -1, i32::MAX] {
        let mut other = Genstep::fabricated(5, 0);
        other.set_int(0, 0, code);
        assert!(o.collect_genstep(&other).is_err(), "code {code} is no genstep");
    }
    let array = NPY::from_vec(vec![0.0; 24], &[1, 24]).unwrap();
    assert!(o.import_gensteps(array).unwrap_err().to_string().contains("6,4"));
}

#[test]
fn input_photons_have_one_shape() {
    let mut o = opticks(config());
    for shape in [&[16][..], &[1, 16], &[1, 2, 8], &[1, 4, 4, 1]] {
        let error = o.collect_input_photons(&NPY::from_vec(vec![0.0; 16], shape).unwrap()).unwrap_err();
        assert!(error.to_string().contains("(n,4,4)"), "{error}");
    }
    o.collect_genstep(&Genstep::emit_source(3, 0)).unwrap();
    let error = o.propagate_optical_photons(0).unwrap_err().to_string();
    assert!(error.contains("3 input photons, but only 0"), "{error}");
}
