//! The collector: counts, offsets, files, and memory that goes back.

use cfg4::collector::{CGenstepCollector, CollectError};
use cfg4::detector::Transform;
use cfg4::genstep::{
    CerenkovStep, ChargedStep, DsScintillationStep, Genstep, GenstepCode, ScintillationStep, TorchSpec,
};
use npy::NPY;

fn step(num_photons: u32) -> ChargedStep {
    ChargedStep {
        material: 6,
        num_photons,
        delta_mm: [0.0, 0.0, 0.4],
        length_mm: 0.4,
        charge: 1.0,
        weight: 1.0,
        velocity_mm_per_ns: 299.0,
        ..ChargedStep::default()
    }
}

fn cerenkov(num_photons: u32) -> CerenkovStep {
    CerenkovStep {
        step: step(num_photons),
        beta_inverse: 1.01,
        energy_max_mev: 1e-5,
        mean_photons_start: 1.0,
        ..CerenkovStep::default()
    }
}

fn torch(num_photons: u64) -> Vec<Genstep> {
    TorchSpec { num_photons, ..TorchSpec::default() }.place(&Transform::IDENTITY, 100).to_gensteps()
}

/// One of each kind.
fn filled() -> CGenstepCollector {
    let mut collector = CGenstepCollector::new();
    collector.collect_cerenkov_step(&cerenkov(10)).unwrap();
    let scintillation = ScintillationStep { step: step(200), component: 1, ..Default::default() };
    collector.collect_scintillation_step(&scintillation).unwrap();
    let ds = DsScintillationStep { step: step(3000), component: 2, ..Default::default() };
    collector.collect_ds_scintillation_step(&ds).unwrap();
    collector.collect_ds_cerenkov_step(&cerenkov(40_000)).unwrap();
    collector.collect_opticks_genstep(&torch(500_000)).unwrap();
    collector.collect_opticks_genstep(&[Genstep::emit_source(6_000_000, 0)]).unwrap();
    collector.collect_machinery_step(GenstepCode::Machinery).unwrap();
    collector
}

#[test]
fn every_kind_counts() {
    let collector = filled();
    assert_eq!((collector.num_gensteps(), collector.num_photons()), (7, 6_543_210));
    let counts = collector.counts();
    assert_eq!((counts.cerenkov(), counts.scintillation(), counts.torch(), counts.machinery()), (2, 2, 2, 1));
    assert_eq!(collector.desc(), " ngs   7 nsc   2 nck   2 nto   2 nma   1 tot   7");
    assert_eq!(
        collector.description(),
        " CGenstepCollector  numItems 7 scintillation_count 2 cerenkov_count 2 torch_count 2 machinery_count 1 step_count 7"
    );
    assert_eq!(collector.photon_offsets(), [0, 10, 210, 3210, 43_210, 543_210, 6_543_210, 6_543_210]);
    assert_eq!((collector.num_photons_of(4), collector.num_photons_of(6)), (Some(500_000), Some(0)));
    assert_eq!(collector.num_photons_of(7), None);
    let gensteps = collector.gensteps().unwrap();
    assert_eq!(gensteps.iter().map(|g| g.code().number()).collect::<Vec<_>>(), [1, 2, 4, 3, 5, 7, 9]);
    assert!(gensteps[..6].iter().all(|g| g.material() == Genstep::MATERIAL_AT_STEP));
    assert_eq!(collector.array().shape_text(), "7,6,4");
}

#[test]
fn kinds_are_not_mixed_up() {
    let mut collector = CGenstepCollector::new();
    let error = collector.collect_machinery_step(GenstepCode::Torch).unwrap_err();
    assert!(matches!(error, CollectError::WrongKind { code: GenstepCode::Torch, wanted: "machinery" }));
    let mixed = [torch(5)[0], cerenkov(1).to_genstep()];
    assert!(matches!(collector.collect_opticks_genstep(&mixed), Err(CollectError::WrongKind { .. })));
    assert!(collector.collect_genstep(&Genstep::default()).is_err());
    let error = collector.collect_cerenkov_step(&cerenkov(1 << 31)).unwrap_err();
    assert!(matches!(error, CollectError::TooManyPhotons { photons: 0x8000_0000 }));
    assert_eq!(collector.num_gensteps(), 0);
}

#[test]
fn many_at_a_time_are_collected_as_one_by_one() {
    let filled = filled();
    let gensteps = filled.gensteps().unwrap();
    let (mut together, mut skipping) = (CGenstepCollector::new(), CGenstepCollector::new());
    together.collect_gensteps(gensteps).unwrap();
    assert_eq!(together.gensteps().unwrap(), gensteps);
    assert_eq!(together.counts(), filled.counts());
    skipping.set_skip_codes("2".parse().unwrap());
    skipping.collect_gensteps(gensteps).unwrap();
    assert_eq!((skipping.num_gensteps(), skipping.num_photons()), (6, 6_543_010));
    let broken = [gensteps[0], Genstep::default()];
    assert!(together.collect_gensteps(&broken).is_err() && skipping.collect_gensteps(&broken).is_err());
    assert_eq!((together.num_gensteps(), skipping.num_gensteps()), (7, 6));
}

#[test]
fn unsound_steps_are_found_before_they_are_used() {
    let mut collector = filled();
    let mut broken = cerenkov(10);
    broken.step.time_ns = f32::NAN;
    collector.collect_cerenkov_step(&broken).unwrap();
    let message = collector.gensteps().unwrap_err().to_string();
    assert_eq!(message, "collected gensteps row 7: quad 1 w (time): NaN is not a finite number");
}

#[test]
fn skipped_codes_are_counted_not_collected() {
    let mut collector = CGenstepCollector::new();
    collector.set_skip_codes("1,9".parse().unwrap());
    collector.collect_cerenkov_step(&cerenkov(10)).unwrap();
    collector.collect_cerenkov_step(&cerenkov(10)).unwrap();
    collector.collect_ds_cerenkov_step(&cerenkov(7)).unwrap();
    collector.collect_machinery_step(GenstepCode::Machinery).unwrap();
    collector.reset();
    collector.collect_ds_cerenkov_step(&cerenkov(7)).unwrap();
    assert_eq!((collector.num_gensteps(), collector.num_photons()), (1, 7));
    assert_eq!(collector.skip_codes().total(GenstepCode::Cerenkov), 2);
    assert_eq!(collector.skip_codes().description()[2], " m_skip_gencode_totals[ 9] 1 machinery");
}

#[test]
fn reservation_is_made_once_and_reset_gives_it_back() {
    let mut collector = CGenstepCollector::new();
    collector.set_reservation(4000);
    collector.set_content_index(41);
    for _event in 0..3 {
        for _ in 0..3500 {
            collector.collect_machinery_step(GenstepCode::Machinery).unwrap();
        }
        assert_eq!(collector.capacity(), 96_000);
        collector.reset();
        assert_eq!((collector.capacity(), collector.num_gensteps(), collector.num_photons()), (0, 0, 0));
        assert_eq!(collector.counts().total(), 0);
    }
    assert_eq!(collector.array().growth().reallocations, 3);
    assert_eq!((collector.reservation(), collector.content_index()), (4000, Some(41)));
}

#[test]
fn files_bring_everything_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/down/7.npy");
    let mut collector = filled();
    collector.set_content_index(7);
    collector.save(&path).unwrap();
    let mut loaded = CGenstepCollector::new();
    loaded.set_reservation(50);
    loaded.load(&path).unwrap();
    assert_eq!(loaded.gensteps().unwrap(), collector.gensteps().unwrap());
    assert_eq!(loaded.counts(), collector.counts());
    assert_eq!((loaded.content_index(), loaded.reservation()), (Some(7), 50));
}

#[test]
fn failed_loads_leave_the_collector_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut collector = filled();
    assert!(collector.load(folder.path().join("missing.npy")).is_err());
    assert!(collector.import(NPY::make(&[2, 4, 4]).unwrap()).is_err());
    let message = collector.import(NPY::make(&[2, 6, 4]).unwrap()).unwrap_err().to_string();
    assert!(message.starts_with("imported gensteps row 0: quad 0 x (code): 0"), "{message}");
    assert_eq!((collector.num_gensteps(), collector.num_photons()), (7, 6_543_210));
    let empty = NPY::make(&[0, 6, 4]).unwrap();
    collector.import(empty).unwrap();
    assert_eq!((collector.num_gensteps(), collector.photon_offsets()), (0, vec![0]));
}
