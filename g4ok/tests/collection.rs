//! Skip codes, reservation, material names, counts.

use cfg4::genstep::{CerenkovStep, ChargedStep, GenstepCode, MaterialNames, ScintillationStep};
use g4ok::{G4Opticks, OpticksConfig};

use crate::common::{config, cube, opticks, shine};

fn scintillation(num_photons: u32, material: i32) -> ScintillationStep {
    let step = ChargedStep { num_photons, material, weight: 1.0, ..ChargedStep::default() };
    ScintillationStep { step, component: 1, decay_time_ns: 7.0, ..Default::default() }
}

#[test]
fn skipped_codes_are_dropped_and_counted_over_all_events() {
    let mut o = opticks(OpticksConfig { skip_codes: "2".parse().unwrap(), ..config() });
    for event in 0..3 {
        o.collect_scintillation_step(&scintillation(100, 0)).unwrap();
        shine(&mut o, "photons=50");
        assert_eq!((o.num_gensteps(), o.num_photons()), (1, 50));
        o.propagate_optical_photons(event).unwrap();
        assert_eq!(o.summary().unwrap().photons, 50);
        o.reset();
    }
    assert_eq!(o.skipped_gensteps(GenstepCode::Scintillation), 3);
    assert_eq!(o.skipped_gensteps(GenstepCode::Torch), 0);
}

#[test]
fn photon_offsets_are_read_before_each_step() {
    let mut o = opticks(config());
    let offsets: Vec<u64> = [7, 0, 30, 5]
        .into_iter()
        .map(|n| {
            let offset = o.num_photons();
            o.collect_scintillation_step(&scintillation(n, 0)).unwrap();
            offset
        })
        .collect();
    assert_eq!(offsets, [0, 7, 7, 37]);
    assert_eq!((o.num_gensteps(), o.num_photons(), o.max_gensteps()), (4, 42, 0));
}

/// Capacity in values and number of allocations after each item that changed them.
fn growth_of(o: &mut G4Opticks, gensteps: usize) -> Vec<(u64, u64)> {
    let start = o.gensteps().growth().reallocations;
    let mut seen = Vec::new();
    for _ in 0..gensteps {
        o.collect_scintillation_step(&scintillation(1, 0)).unwrap();
        let now = o.gensteps().growth();
        let now = (now.capacity, now.reallocations - start);
        if seen.last() != Some(&now) {
            seen.push(now);
        }
    }
    seen
}

#[test]
fn without_reservation_the_capacity_doubles_as_it_did_in_2021() {
    let mut o = opticks(config());
    let expected: Vec<(u64, u64)> =
        [24, 48, 96, 192, 384, 768, 1536, 3072, 6144, 12288, 24576, 49152, 98304, 196_608, 393_216]
            .into_iter()
            .zip(1..)
            .collect();
    for _event in 0..2 {
        assert_eq!(growth_of(&mut o, 10_000), expected);
        let growth = o.gensteps().growth();
        assert!(growth.base_ptr_shifts <= growth.reallocations && growth.base_ptr_shifts > 0);
        o.reset();
        assert_eq!(o.gensteps().capacity(), 0);
    }
}

#[test]
fn a_reservation_is_made_once_per_event() {
    let mut o = opticks(OpticksConfig { genstep_reservation: 4000, ..config() });
    assert_eq!(o.genstep_reservation(), 4000);
    for event in 1..=3 {
        assert_eq!(growth_of(&mut o, 3500), [(96_000, 1)]);
        assert_eq!(o.gensteps().growth().base_ptr_shifts, event);
        o.reset();
        assert_eq!(o.gensteps().capacity(), 0);
    }
    assert_eq!(growth_of(&mut o, 4001).last(), Some(&(192_000, 2)), "a small one does no harm");
}

#[test]
fn a_reservation_of_minus_one_is_for_exactly_what_comes() {
    let mut o = opticks(OpticksConfig { genstep_reservation: -1, ..config() });
    o.reserve_gensteps_for_event(3500).unwrap();
    assert_eq!(growth_of(&mut o, 3500), [(84_000, 0)]);
    o.reset();
    o.set_genstep_reservation(0);
    o.reserve_gensteps_for_event(3500).unwrap();
    assert_eq!(o.gensteps().capacity(), 0);
}

#[test]
fn material_indices_are_translated_by_name() {
    let mut o = opticks(config());
    let ours = cube().material_by_name("LS").unwrap().index() as i32;
    let at = |o: &G4Opticks, row: usize| o.gensteps().values()[24 * row + 2].to_bits() as i32;
    o.collect_scintillation_step(&scintillation(1, 5)).unwrap();
    assert_eq!(at(&o, 0), -1, "without names an index means nothing");
    o.set_material_names(&MaterialNames::from_list(["Vacuum", "LS0x4b61c70"])).unwrap();
    o.collect_scintillation_step(&scintillation(1, 1)).unwrap();
    o.collect_cerenkov_step(&CerenkovStep { step: scintillation(1, 1).step, ..Default::default() }).unwrap();
    assert_eq!([at(&o, 1), at(&o, 2)], [ours; 2]);
    for (index, wanted) in [(2, "2"), (-7, "-7"), (0, "Vacuum")] {
        let error = o.collect_scintillation_step(&scintillation(1, index)).unwrap_err().to_string();
        assert!(error.contains(wanted) && error.contains("genstep 3"), "{error}");
    }
    o.reset();
    o.set_geometry(cube()).unwrap();
    o.collect_scintillation_step(&scintillation(1, 99)).unwrap();
    assert_eq!(at(&o, 0), -1, "names go with their geometry");
}
