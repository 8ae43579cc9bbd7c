//! Genstep files of other programs: Geant4's own, and broken ones.

use std::path::{Path, PathBuf};

use cfg4::detector::{Detector, Material, PropertyMap};
use cfg4::genstep::{
    CerenkovStep, ChargedStep, Genstep, GenstepCode, GenstepFileError, MaterialNames, genstep_files,
    read_genstep_file, read_gensteps,
};
use npy::NPY;

fn cerenkov(photons: u32) -> Genstep {
    let step = ChargedStep {
        material: 1,
        num_photons: photons,
        delta_mm: [0.0, 0.0, 0.3],
        length_mm: 0.3,
        pdg_code: -13,
        charge: 1.0,
        weight: 1.0,
        velocity_mm_per_ns: 299.0,
        ..ChargedStep::default()
    };
    let cerenkov = CerenkovStep {
        step,
        beta_inverse: 1.01,
        energy_min_mev: 1.5e-6,
        energy_max_mev: 1.5e-5,
        max_cos: 0.7,
        max_sin2: 0.5,
        mean_photons_start: 30.0,
        mean_photons_end: 30.0,
        post_velocity_mm_per_ns: 299.0,
    };
    cerenkov.to_genstep()
}

fn saved(folder: &Path, name: &str, gensteps: &[Genstep]) -> PathBuf {
    let path = folder.join(name);
    let words = gensteps.iter().flat_map(|g| g.as_words().to_vec()).collect();
    NPY::<f32>::from_vec(words, &[gensteps.len() as u64, 6, 4]).unwrap().save(&path).unwrap();
    path
}

fn detector(names: &[&str]) -> Detector {
    let material = |name: &&str| Material {
        name: (*name).to_owned(),
        density_g_cm3: 1.0,
        temperature_k: 293.15,
        is_gas: false,
        components: Vec::new(),
        mean_excitation_ev: None,
        properties: PropertyMap::default(),
    };
    Detector { materials: names.iter().map(material).collect(), ..Detector::default() }
}

/// Photons of the ten reference events, as their README and gensteps.json state them.
#[test]
fn reference_gensteps_are_sound_and_complete() {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/reference/gensteps"));
    if !folder.is_dir() {
        return println!("skipped: {} is not there", folder.display());
    }
    let events = read_gensteps(&[folder], None).unwrap();
    assert_eq!(events.len(), 10);
    assert_eq!(events.iter().map(|e| e.gensteps().len()).sum::<usize>(), 51_136);
    assert_eq!(events.iter().map(|e| e.num_photons()).sum::<u64>(), 47_311_413);
    let gensteps = || events.iter().flat_map(|e| e.gensteps());
    let photons_of = |is: fn(GenstepCode) -> bool| -> u64 {
        gensteps().filter(|g| is(g.code())).map(|g| u64::from(g.num_photons())).sum()
    };
    assert_eq!(photons_of(GenstepCode::is_cerenkov), 1_651_902);
    assert_eq!(photons_of(GenstepCode::is_scintillation), 45_659_511);
    assert!(gensteps().all(|g| g.material() == Genstep::MATERIAL_AT_STEP));

    let names = MaterialNames::read(&folder.join("gensteps.json")).unwrap();
    let lookup = names.in_geometry(&detector(&["Air", "LS0x4b61c70"]));
    let named = read_gensteps(&[folder.join("gensteps_00.npy")], Some(&lookup)).unwrap();
    assert!(named[0].gensteps().iter().all(|g| g.material() == 1));
}

#[test]
fn folders_give_their_events_in_order() {
    let folder = tempfile::tempdir().unwrap();
    for number in [10, 9, 100] {
        saved(folder.path(), &format!("gensteps_{number}.npy"), &[cerenkov(number)]);
    }
    saved(folder.path(), "hits.npy", &[]);
    let events = read_gensteps(&[folder.path()], None).unwrap();
    let photons: Vec<u64> = events.iter().map(|e| e.num_photons()).collect();
    assert_eq!(photons, [9, 10, 100]);

    let empty = tempfile::tempdir().unwrap();
    assert!(matches!(genstep_files(&[empty.path()]), Err(GenstepFileError::NoFiles { .. })));
    for event in ["event_010", "event_002", "event_003"] {
        std::fs::create_dir(empty.path().join(event)).unwrap();
    }
    let of_run = ["event_002/gensteps.npy", "event_010/gensteps.npy"].map(|name| empty.path().join(name));
    of_run.iter().for_each(|path| std::fs::write(path, b"").unwrap());
    assert_eq!(genstep_files(&[empty.path()]).unwrap(), of_run);
    assert!(matches!(genstep_files(&["/nowhere/x.npy"]), Err(GenstepFileError::Io { .. })));
    let path = saved(empty.path(), "none.npy", &[]);
    assert_eq!(read_genstep_file(&path, None).unwrap().gensteps().len(), 0);
}

#[test]
fn wrong_words_name_file_row_and_slot() {
    let folder = tempfile::tempdir().unwrap();
    let message = |change: &dyn Fn(&mut Genstep)| {
        let mut broken = cerenkov(5);
        change(&mut broken);
        let path = saved(folder.path(), "broken.npy", &[cerenkov(1), cerenkov(2), broken]);
        read_genstep_file(&path, None).unwrap_err().to_string()
    };
    for (change, part) in [
        (&(|g: &mut Genstep| g.set_int(0, 0, 77)) as &dyn Fn(&mut Genstep), "quad 0 x (code): 77"),
        (&|g: &mut Genstep| g.quads[0][0] = 1.0, "store integers by their bits"),
        (&|g: &mut Genstep| g.set_int(0, 3, -5), "quad 0 w (photons): -5"),
        (&|g: &mut Genstep| g.set_uint(0, 3, 1 << 31), "2147483648 if read unsigned"),
        (&|g: &mut Genstep| g.quads[1][2] = f32::NAN, "quad 1 z (z0): NaN"),
        (&|g: &mut Genstep| g.quads[5][3] = f32::INFINITY, "quad 5 w (velocity at end): inf"),
        (&|g: &mut Genstep| g.set_int(0, 0, 7), "input photons"),
    ] {
        let message = message(change);
        assert!(message.contains("broken.npy row 2: ") && message.contains(part), "{message}");
    }
}

#[test]
fn material_indices_are_checked_against_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(folder.path(), "named.npy", &[cerenkov(1)]);
    let geometry = detector(&["LS", "Air"]);
    let read = |names: &[&str]| {
        let lookup = MaterialNames::from_list(names.iter().copied()).in_geometry(&geometry);
        read_genstep_file(&path, Some(&lookup)).map(|event| event.gensteps()[0].material())
    };
    assert_eq!(read(&["Lead", "LS"]).unwrap(), 0);
    let message = read(&["Air"]).unwrap_err().to_string();
    assert!(
        message.contains("named.npy row 0: quad 0 z (material): material index 1 is out of range"),
        "{message}"
    );
    let message = read(&["Air", "Lead"]).unwrap_err().to_string();
    assert!(message.contains("`Lead`, which the geometry does not have"), "{message}");
}

#[test]
fn arrays_of_another_shape_or_type_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other.npy");
    NPY::<f32>::make(&[3, 4, 4]).unwrap().save(&path).unwrap();
    let message = read_genstep_file(&path, None).unwrap_err().to_string();
    assert!(message.contains("(n,6,4)") && message.contains("3,4,4"), "{message}");
    NPY::<f64>::make(&[3, 6, 4]).unwrap().save(&path).unwrap();
    let message = read_genstep_file(&path, None).unwrap_err().to_string();
    assert!(message.contains("<f8") && message.contains("other.npy"), "{message}");
    std::fs::write(&path, b"not an array").unwrap();
    assert!(read_genstep_file(&path, None).is_err());
}
