//! Efficiencies of sensors: what is collected (EC) and what is culled (EX).

use g4ok::{AngularEfficiency, G4Opticks, G4OpticksHit, OpticksConfig, SensorDatum};
use npy::NPY;
use optixrap::engine::{PropagateConfig, flag_mask_of_text};
use optixrap::physics::photon::flag;

use crate::common::{AT_SENSOR_1, config, opticks, shine};

fn all_sensors(o: &mut G4Opticks, efficiencies: [f32; 2], category: i32) {
    let [efficiency_1, efficiency_2] = efficiencies;
    for index in 1..=o.num_sensor_volumes() {
        let identifier = 0xc0_ffee + index as u32;
        o.set_sensor_data(index, SensorDatum { efficiency_1, efficiency_2, category, identifier }).unwrap();
    }
}

fn hits_at_sensor_1(o: &mut G4Opticks) -> Vec<G4OpticksHit> {
    shine(o, AT_SENSOR_1);
    o.propagate_optical_photons(0).unwrap();
    let hits: Vec<G4OpticksHit> = (0..o.num_hits()).map(|i| o.hit(i).unwrap()).collect();
    assert!(hits.len() > 15_000, "{}", hits.len());
    hits
}

fn is_collected(hit: &G4OpticksHit) -> bool {
    let verdict = hit.flag_mask & (flag::EFFICIENCY_COLLECT | flag::EFFICIENCY_CULL);
    assert_eq!(verdict.count_ones(), 1, "either EC or EX: {hit:?}");
    verdict == flag::EFFICIENCY_COLLECT
}

#[test]
fn without_data_a_hit_is_neither_collected_nor_culled() {
    let hits = hits_at_sensor_1(&mut opticks(config()));
    let verdicts = flag::EFFICIENCY_COLLECT | flag::EFFICIENCY_CULL;
    assert!(hits.iter().all(|h| h.flag_mask & verdicts == 0 && h.sensor_identifier == 0));
}

/// The number collected is binomial; 5 sigma, fixed seed.
#[test]
fn efficiencies_multiply() {
    for (efficiencies, p) in [([0.5, 1.0], 0.5), ([0.6, 0.5], 0.3), ([1.0, 1.0], 1.0), ([0.0, 1.0], 0.0)] {
        let mut o = opticks(config());
        all_sensors(&mut o, efficiencies, -1);
        let hits = hits_at_sensor_1(&mut o);
        let n = hits.len() as f64;
        let collected = hits.iter().filter(|h| is_collected(h)).count() as f64;
        let sigma = (n * p * (1.0 - p)).sqrt();
        assert!((collected - n * p).abs() <= 5.0 * sigma, "{efficiencies:?}: {collected} of {n}");
        assert!(hits.iter().all(|h| h.sensor_identifier == 0xc0_ffee + h.sensor_index));
    }
}

/// The mock table is 0 and 1 in bands of 10 degrees of theta; near their edges it is interpolated.
#[test]
fn angular_efficiency_depends_on_the_place_of_the_hit() {
    let mut o = opticks(config());
    all_sensors(&mut o, [1.0, 1.0], 0);
    o.set_sensor_angular_efficiency(AngularEfficiency::mock(1, 180, 360)).unwrap();
    let (mut culled, mut collected) = (0, 0);
    for hit in hits_at_sensor_1(&mut o) {
        let [x, y, z] = hit.local_position;
        let theta_deg = x.hypot(y).atan2(z).to_degrees();
        match theta_deg % 20.0 {
            within if (1.0..9.0).contains(&within) => {
                assert!(!is_collected(&hit), "{theta_deg} {hit:?}");
                culled += 1;
            }
            within if (11.0..19.0).contains(&within) => {
                assert!(is_collected(&hit), "{theta_deg} {hit:?}");
                collected += 1;
            }
            _ => {}
        }
    }
    assert!(culled > 1000 && collected > 1000, "{culled} {collected}");
}

/// Category 1 of the mock table falls off as (1 + cos phi) / 2: opposite sides add up to 1.
#[test]
fn categories_have_their_own_table() {
    let mut o = opticks(config());
    all_sensors(&mut o, [1.0, 1.0], 1);
    o.set_sensor_angular_efficiency(AngularEfficiency::mock(2, 180, 360)).unwrap();
    let in_band = |h: &G4OpticksHit| {
        let [x, y, z] = h.local_position;
        (11.0..19.0).contains(&(x.hypot(y).atan2(z).to_degrees() % 20.0))
    };
    let (mut sum, mut variance, mut collected) = (0.0, 0.0, 0.0);
    for hit in hits_at_sensor_1(&mut o).iter().filter(|h| in_band(h)) {
        let [x, y, _] = hit.local_position;
        let p = 0.5 + 0.5 * (x / x.hypot(y));
        sum += p;
        variance += p * (1.0 - p);
        collected += f64::from(u8::from(is_collected(hit)));
    }
    assert!(sum > 1000.0);
    // Cells hold the value at their start, half a degree from their centre: at most 0.5 % of the sum.
    assert!((collected - sum).abs() < 5.0 * variance.sqrt() + 0.005 * sum, "{collected} {sum}");
}

#[test]
fn the_hit_mask_may_ask_for_collected_hits_only() {
    let rows_with = |mask: &str| {
        let hit_mask = flag_mask_of_text(mask).unwrap();
        let propagate = PropagateConfig { hit_mask, ..PropagateConfig::default() };
        let mut o = opticks(OpticksConfig { propagate, ..config() });
        all_sensors(&mut o, [0.5, 1.0], -1);
        shine(&mut o, AT_SENSOR_1);
        o.propagate_optical_photons(0).unwrap();
        let words: Vec<u32> = o.hits().unwrap().values().iter().map(|v| v.to_bits()).collect();
        words.chunks(16).map(<[u32]>::to_vec).collect::<Vec<_>>()
    };
    let (detected, collected, culled) = (rows_with("SD"), rows_with("EC"), rows_with("SD|EX"));
    let of = |flag: u32| detected.iter().filter(|row| row[15] & flag != 0).cloned().collect::<Vec<_>>();
    assert_eq!(collected, of(flag::EFFICIENCY_COLLECT));
    assert_eq!(culled, of(flag::EFFICIENCY_CULL));
    assert_eq!(collected.len() + culled.len(), detected.len());
}

#[test]
fn sensors_are_told_apart() {
    let o = opticks(config());
    let placements = o.sensor_placements().unwrap();
    let names: Vec<&str> = placements.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(names, ["Det1", "Det2", "Det3", "Det4", "Det5"]);
    let standins: Vec<u32> = (1..=5).map(|i| o.sensor_identity_standin(i).unwrap()).collect();
    assert_eq!(standins, [2, 3, 4, 5, 6], "the world is 0, the cube 1");
    let copies: std::collections::HashSet<i32> = placements.iter().map(|p| p.copy_number).collect();
    assert_eq!(o.num_distinct_placement_copy_numbers().unwrap(), copies.len());
}

#[test]
fn the_library_is_saved_as_arrays() {
    let mut o = opticks(config());
    all_sensors(&mut o, [0.25, 0.75], 0);
    o.set_sensor_angular_efficiency(AngularEfficiency::mock(1, 18, 36)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    o.sensor_lib().save(folder.path()).unwrap();
    let data = NPY::<f32>::load(folder.path().join("sensorData.npy")).unwrap();
    assert_eq!(data.shape(), [5, 4]);
    let words: Vec<u32> = data.values()[4..8].iter().map(|v| v.to_bits()).collect();
    assert_eq!(words, [0.25_f32.to_bits(), 0.75_f32.to_bits(), 0, 0xc0_fff0]);
    let angular = NPY::<f32>::load(folder.path().join("angularEfficiency.npy")).unwrap();
    assert_eq!(angular.shape(), [1, 18, 36, 1]);
}
