//! Hits: local and global values, way items, input photons.

use g4ok::{G4Opticks, G4OpticksHit, OpticksConfig};
use npy::NPY;
use optixrap::engine::PropagateConfig;
use optixrap::physics::photon::flag;

use crate::common::{AT_SENSOR_1, config, opticks, shine};

fn with_way() -> OpticksConfig {
    OpticksConfig { propagate: PropagateConfig { way: true, ..PropagateConfig::default() }, ..config() }
}

fn hits(o: &G4Opticks) -> Vec<G4OpticksHit> {
    (0..o.num_hits()).map(|i| o.hit(i).unwrap()).collect()
}

fn length(v: [f64; 3]) -> f64 {
    dot(v, v).sqrt()
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    length([0, 1, 2].map(|i| a[i] - b[i]))
}

#[test]
fn local_values_are_the_global_ones_in_the_frame_of_the_disc() {
    let mut o = opticks(config());
    shine(&mut o, "photons=20000");
    o.propagate_optical_photons(0).unwrap();
    let geometry = o.geometry().unwrap().clone();
    assert!(o.num_hits() > 300);
    for h in hits(&o) {
        let to_world = geometry.node_transform(h.node_index).unwrap();
        assert!(distance(to_world.apply(h.local_position), h.global_position) < 1e-3, "{h:?}");
        assert!(distance(to_world.apply_vector(h.local_direction), h.global_direction) < 1e-5, "{h:?}");
        assert!(distance(to_world.apply_vector(h.local_polarization), h.global_polarization) < 1e-5, "{h:?}");
        let [x, y, z] = h.local_position;
        let radius = x.hypot(y);
        let on_face = (z.abs() - 2.5).abs() < 1e-3 && radius < 30.001;
        let on_rim = (radius - 30.0).abs() < 1e-3 && z.abs() < 2.501;
        assert!(on_face || on_rim, "{h:?} is on the surface of a disc of radius 30 mm and thickness 5 mm");
        for unit in [h.local_direction, h.global_direction, h.local_polarization, h.global_polarization] {
            assert!((length(unit) - 1.0).abs() < 1e-5, "{h:?}");
        }
        assert!(dot(h.global_direction, h.global_polarization).abs() < 1e-4, "{h:?}");
        assert_eq!(geometry.sensor_node(h.sensor_index as usize), geometry.node(h.node_index), "{h:?}");
        assert!(h.flag_mask & flag::SURFACE_DETECT != 0 && !h.is_cerenkov, "{h:?}");
        assert_eq!(h.is_reemission, h.flag_mask & flag::BULK_REEMIT != 0);
    }
}

#[test]
fn hits_come_in_the_order_of_photons() {
    let mut o = opticks(config());
    shine(&mut o, "photons=50000");
    o.propagate_optical_photons(0).unwrap();
    let indices: Vec<u32> = hits(&o).iter().map(|h| h.photon_index).collect();
    assert!(indices.len() > 1000 && indices.windows(2).all(|w| w[0] < w[1]));
    assert!(indices.iter().all(|i| *i < 50_000));
}

#[test]
fn unscattered_light_flies_straight() {
    let mut o = opticks(with_way());
    shine(&mut o, "photons=200000_time=0.25");
    o.propagate_optical_photons(0).unwrap();
    let straight = flag::TORCH | flag::SURFACE_DETECT;
    let direct: Vec<G4OpticksHit> = hits(&o).into_iter().filter(|h| h.flag_mask == straight).collect();
    assert!(direct.len() > 100, "{}", direct.len());
    let speeds = direct.iter().map(|h| length(h.global_position) / (h.time_ns - 0.25));
    let (least, most) = speeds.fold((f64::MAX, 0.0_f64), |(a, b), v| (a.min(v), b.max(v)));
    assert!(
        least > 150.0 && most < 299.8 && most - least < 0.1,
        "one group velocity: {least} to {most} mm/ns"
    );
    for h in direct {
        let along = h.global_position.map(|x| x / length(h.global_position));
        assert!(distance(along, h.global_direction) < 1e-4, "{h:?}");
        assert_eq!(h.wavelength_nm, 430.0);
    }
}

#[test]
fn way_items_tell_origin_and_last_boundary() {
    let mut o = opticks(with_way());
    shine(&mut o, "photons=20000_time=0.5");
    o.propagate_optical_photons(0).unwrap();
    assert_eq!(o.hiys().unwrap().shape(), [o.num_hits() as u64, 2, 4]);
    let mut reflected = 0;
    for (i, h) in hits(&o).into_iter().enumerate() {
        let extra = o.hit_extra(i).unwrap();
        assert_eq!((extra.origin_time, extra.origin_track_id), (0.5, 777));
        let words = &o.hiys().unwrap().values()[8 * i..8 * i + 8];
        assert_eq!(
            [words[6].to_bits(), words[7].to_bits() & h.flag_mask],
            [h.photon_index, words[7].to_bits()]
        );
        let crossed = flag::BOUNDARY_REFLECT | flag::BOUNDARY_TRANSMIT;
        if h.flag_mask & crossed == 0 {
            assert_eq!((extra.boundary_pos, extra.boundary_time), ([0.0; 3], 0.0));
            continue;
        }
        reflected += 1;
        assert!(extra.boundary_time > 0.5 && extra.boundary_time <= h.time_ns, "{h:?} {extra:?}");
        let [x, y, z] = extra.boundary_pos.map(f64::abs);
        assert!((x.max(y).max(z) - 500.0).abs() < 1e-2, "{extra:?} is on a face of the cube");
    }
    assert!(reflected > 100);
    let beyond = o.hit_extra(o.num_hits()).unwrap_err();
    assert!(matches!(beyond, g4ok::G4OpticksError::NoSuch { .. }), "{beyond}");
}

/// Photons 1 mm before the first sensor, flying at it.
fn photons(count: usize) -> NPY<f32> {
    let mut values = Vec::new();
    for i in 0..count {
        let y = i as f32 * 0.1;
        values.extend([494.0, y, 0.0, 1.5, 1.0, 0.0, 0.0, 2.0, 0.0, 1.0, 0.0, 420.0 + i as f32]);
        values.extend([0.0; 4]);
    }
    NPY::from_vec(values, &[count as u64, 4, 4]).unwrap()
}

#[test]
fn input_photons_arrive_as_they_were_sent() {
    let mut o = opticks(with_way());
    let sent = photons(100);
    o.collect_input_photons(&sent).unwrap();
    assert_eq!((o.num_gensteps(), o.num_photons()), (1, 100));
    assert!(o.propagate_optical_photons(0).unwrap() >= 90, "1 mm absorbs and scatters little");
    let mut seen = 0;
    for h in hits(&o).into_iter().filter(|h| h.flag_mask == flag::TORCH | flag::SURFACE_DETECT) {
        let i = h.photon_index as usize;
        let was = &sent.values()[16 * i..16 * i + 12];
        assert!(distance(h.global_position, [495.0, was[1].into(), 0.0]) < 1e-3, "{h:?}");
        assert_eq!((h.global_direction, h.weight), ([1.0, 0.0, 0.0], 2.0));
        assert_eq!((h.wavelength_nm, h.sensor_index), (was[11].into(), 1));
        assert!(h.time_ns > 1.5 + 1.0 / 299.8 && h.time_ns < 1.51, "{h:?}");
        seen += 1;
    }
    assert!(seen >= 90);
}

#[test]
fn photons_and_torches_may_be_mixed() {
    let mut o = opticks(config());
    shine(&mut o, "photons=10");
    o.collect_input_photons(&photons(30)).unwrap();
    o.collect_input_photons(&photons(20)).unwrap();
    assert_eq!((o.num_gensteps(), o.num_photons()), (3, 60));
    o.propagate_optical_photons(0).unwrap();
    let late = hits(&o).into_iter().filter(|h| h.photon_index >= 40 && h.weight == 2.0);
    let shortest = late.map(|h| h.wavelength_nm).fold(f64::MAX, f64::min);
    assert!(shortest < 425.0, "the second array begins anew");
}

#[test]
fn dumps_are_short() {
    let mut o = opticks(config());
    shine(&mut o, AT_SENSOR_1);
    o.propagate_optical_photons(0).unwrap();
    let text = o.dump_hits("test", 20).unwrap();
    assert_eq!(text.lines().count(), 22);
    assert!(text.starts_with(&format!("test num_hit {}\n", o.num_hits())), "{text}");
    assert!(text.lines().skip(2).all(|line| line.contains("SD") && line.contains("TO")), "{text}");
}

#[test]
fn arrays_of_hits_load_again() {
    let mut o = opticks(config());
    shine(&mut o, "photons=5000");
    o.propagate_optical_photons(0).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hits.npy");
    o.hits().unwrap().save(&path).unwrap();
    let loaded = NPY::<f32>::load(&path).unwrap();
    let bits = |a: &NPY<f32>| a.values().iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&loaded), bits(o.hits().unwrap()));
}
