//! Run macros: what users write, and what they get wrong.

use std::fs;
use std::path::{Path, PathBuf};

use cfg4::macros::{MacroError, RunPlan, TimeProfile, is_macro_file, parse_macro, read_macro};
use cfg4::particle::Particle;

fn plan(text: &str) -> RunPlan {
    parse_macro(text, "test.mac").unwrap()
}

fn message(text: &str) -> String {
    parse_macro(text, "test.mac").expect_err(text).to_string()
}

fn real_macro(name: &str) -> Option<RunPlan> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/macros")).join(name);
    if path.exists() {
        return Some(read_macro(&path).unwrap());
    }
    println!("skipped: {} is not there", path.display());
    None
}

#[test]
fn muon_macro_with_opticks() {
    let Some(plan) = real_macro("muon_noIO.mac") else { return };
    assert_eq!((plan.runs.len(), plan.num_events()), (1, 500));
    let settings = &plan.runs[0].settings;
    let gun = &settings.gun;
    assert_eq!((gun.particle, gun.kinetic_energy_mev, gun.number), (Particle::MuonPlus, 1000.0, 1));
    assert_eq!((gun.position_mm, gun.direction), ([0.0, 0.0, -600.0], [0.0, 0.0, 1.0]));
    assert_eq!(settings.seeds, [7, 38]);
    assert_eq!(settings.hits_file.as_deref(), Some("NewHits.root"));
    assert!(settings.verbose && !settings.write_hits);
    assert!(!settings.processes.absorption && !settings.processes.mie && settings.processes.wavelength_shift);
    let physics = settings.photon_physics();
    assert!(physics.make_cerenkov && physics.make_scintillation && physics.propagate_scintillation);
    assert!(physics.absorption && physics.rayleigh && physics.boundary);
    assert_eq!(plan.notes, [] as [String; 0]);
}

#[test]
fn muon_macro_without_opticks() {
    let Some(plan) = real_macro("muon_noIO_noopticks.mac") else { return };
    assert_eq!(plan.num_events(), 5);
    assert!(!plan.settings.enable_opticks);
    let physics = plan.settings.photon_physics();
    assert!(physics.propagate_cerenkov && physics.propagate_scintillation && physics.absorption);
    assert_eq!(plan.notes.len(), 2, "{:?}", plan.notes);
    assert!(plan.notes[0].contains("setStackPhotons true has Geant4 track the photons"));
}

#[test]
fn electron_macro_that_ends_without_newline() {
    let Some(plan) = real_macro("time.mac") else { return };
    assert_eq!(plan.num_events(), 100);
    let gun = &plan.settings.gun;
    assert_eq!((gun.particle, gun.kinetic_energy_mev), (Particle::Electron, 2000.0));
    assert_eq!(gun.position_mm[2], -1050.0);
}

#[test]
fn each_run_has_the_settings_of_its_time() {
    let text =
        "/run/beamOn 2\n/gun/particle e-\n/process/inactivate Cerenkov\n/run/beamOn\n/gun/energy 5 MeV";
    let plan = plan(text);
    let runs: Vec<_> = plan
        .runs
        .iter()
        .map(|r| (r.events, r.settings.gun.particle, r.settings.processes.cerenkov))
        .collect();
    assert_eq!(runs, [(2, Particle::MuonPlus, true), (1, Particle::Electron, false)]);
    assert_eq!(plan.settings.gun.kinetic_energy_mev, 5.0);
}

#[test]
fn units_and_their_defaults_are_geant4s() {
    let gun = |text: &str| plan(text).settings.gun;
    assert_eq!(gun("/gun/energy 2").kinetic_energy_mev, 2000.0);
    assert_eq!(gun("/gun/energy 250. keV").kinetic_energy_mev, 0.25);
    assert_eq!(gun("/gun/position 1 -2 3e1").position_mm, [10.0, -20.0, 300.0]);
    assert_eq!(gun("/gun/position 1 2 3 m").position_mm, [1000.0, 2000.0, 3000.0]);
    assert_eq!(gun("/gun/time 2 us").time_ns, 2000.0);
    assert_eq!(gun("/gun/direction 0 3 4").direction, [0.0, 0.6, 0.8]);
}

#[test]
fn momentum_follows_the_particle() {
    // T = sqrt(p^2 + m^2) - m.
    let kinetic = |p: f64, m: f64| (p * p + m * m).sqrt() - m;
    let energy = |text: &str| plan(text).settings.gun.kinetic_energy_mev;
    let (muon, electron) = (Particle::MuonPlus.mass_mev(), Particle::Electron.mass_mev());
    assert!((energy("/gun/momentumAmp 300 MeV") - kinetic(300.0, muon)).abs() < 1e-9);
    assert!((energy("/gun/momentumAmp 300 MeV\n/gun/particle e-") - kinetic(300.0, electron)).abs() < 1e-9);
    assert!((energy("/gun/momentum 0 3 4 MeV\n/gun/particle e-") - kinetic(5.0, electron)).abs() < 1e-12);
    assert_eq!(energy("/gun/momentumAmp 300 MeV\n/gun/energy 1 MeV\n/gun/particle e-"), 1.0);
}

#[test]
fn aliases_stand_for_text() {
    let plan = plan("/control/alias e \"3 MeV\"\n/control/alias n 4\n/gun/energy {e}\n/run/beamOn {n}2");
    assert_eq!((plan.settings.gun.kinetic_energy_mev, plan.num_events()), (3.0, 42));
    assert!(message("/gun/energy {x}").contains("there is no alias `x`"));
}

#[test]
fn unknown_commands_name_the_nearest_known_one() {
    let text = "# muons\n/run/initialize\n/gun/partikle mu+\n";
    let error = parse_macro(text, "test.mac").unwrap_err();
    assert!(matches!(&error, MacroError::UnknownCommand { nearest: Some("/gun/particle"), .. }), "{error:?}");
    assert!(error.to_string().starts_with("test.mac:3: unknown command `/gun/partikle`"), "{error}");
    let expected =
        "test.mac:1: unknown command `/vis/open`; no command of /vis/ has a meaning here; take the line out";
    assert_eq!(message("/vis/open OGL"), expected);
}

#[test]
fn bad_arguments_are_errors_with_their_line() {
    for (text, part) in [
        ("/run/beamOn ten", "`ten` is not a whole number"),
        ("/run/beamOn -1", "`-1`"),
        ("/run/beamOn 1e3", "`1e3`"),
        ("/run/beamOn 99999999999999999999", "number of events"),
        ("/run/beamOn 1 2", "not supported"),
        ("/run/initialize now", "one argument too many"),
        ("/run/verbose loud", "`loud`"),
        ("/run/numberOfThreads 0", "at least one"),
        ("/run/numberOfThreads 100000", "more than 1024"),
        ("/gun/particle geantino", "choose one of: mu-"),
        ("/gun/particle", "the particle's name is missing"),
        ("/gun/energy nan GeV", "`nan` is not a finite number"),
        ("/gun/energy inf", "`inf`"),
        ("/gun/energy -1 GeV", "not from 0 to 1e8 MeV"),
        ("/gun/energy 1.1e5 GeV", "110000000 MeV is not from 0 to 1e8 MeV"),
        ("/gun/energy 1 PeV", "tables of energy loss end"),
        ("/gun/momentumAmp -1", "must not be negative"),
        ("/gun/momentumAmp 1e6 GeV", "not from 0 to 1e8 MeV"),
        ("/gun/position 0 1e30 0 km", "too large"),
        ("/gun/time 1e25 s", "too large"),
        ("/gun/energy 1 parsec", "`parsec` is not a unit"),
        ("/gun/energy 1 cm", "eV keV MeV"),
        ("/gun/energy 1 GeV 2", "`2` is one argument too many"),
        ("/gun/position 1 2", "position is missing"),
        ("/gun/direction 0 0 0", "no length"),
        ("/gun/number 0", "particles an event"),
        ("/gun/ion 6 12", "alpha"),
        ("/random/setSeeds 7", "second seed is missing"),
        ("/random/setSeeds 7 x", "`x`"),
        ("/process/inactivate Decay", "Cerenkov Scintillation OpAbsorption"),
        ("/process/inactivate Cerenkov e-", "all particles"),
        ("/process/optical/scintillation/setStackPhotons maybe", "neither true nor false"),
        ("/process/optical/scintillation/setYieldFactor -1", "must not be negative"),
        ("/process/optical/wls/setTimeProfile gauss", "neither delta nor exponential"),
        ("/control/loop a.mac i 1 2", "no loops"),
        ("/control/execute other.mac", "only be executed from a macro that is a file"),
        ("beamOn 5", "commands start with `/`"),
    ] {
        let message = message(&format!("\n{text}\n"));
        assert!(message.starts_with("test.mac:2: ") && message.contains(part), "{text}: {message}");
    }
}

#[test]
fn shifters_and_scintillators_are_set_as_in_geant4() {
    let default = plan("").settings.photon_physics();
    assert_eq!((default.wls_time_profile, default.wls2_time_profile), (None, None));
    assert!(!plan("").settings.by_particle_type && plan("").settings.finite_rise_time.is_none());
    let set = plan(
        "/process/optical/wls/setTimeProfile exponential\n/process/optical/wls2/setTimeProfile delta\n\
         /process/optical/scintillation/setByParticleType true\n\
         /process/optical/scintillation/setFiniteRiseTime true\n\
         /G4OpticksTest/enable_opticks false\n/process/inactivate OpWLS2",
    );
    let physics = set.settings.photon_physics();
    assert_eq!(physics.wls_time_profile, Some(TimeProfile::Exponential));
    assert_eq!(physics.wls2_time_profile, Some(TimeProfile::Delta));
    assert!(physics.wavelength_shift && !physics.wavelength_shift_2);
    assert!(set.settings.by_particle_type && set.settings.finite_rise_time == Some(true));
}

#[test]
fn seeds_end_at_zero() {
    assert_eq!(plan("/random/setSeeds 7 38 9 0 5").settings.seeds, [7, 38, 9]);
    assert_eq!(plan("/random/setSeeds 1 0").settings.seeds, [1, 0]);
}

#[test]
fn notes_are_said_once_and_name_the_line() {
    let text = "/run/setCut 1 mm\n/run/setCut 2 mm\n/gun/polarization 1 0 0";
    let notes = plan(text).notes;
    assert_eq!(notes.len(), 2);
    assert!(notes[0].starts_with("test.mac:1: production cuts"), "{notes:?}");
    assert!(notes[1].starts_with("test.mac:3: "), "{notes:?}");
}

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let path = folder.path().to_owned();
    (folder, path)
}

#[test]
fn macros_execute_others_relative_to_themselves() {
    let (_guard, path) = folder(&[
        ("main.mac", b"/control/execute sub/gun.mac\n/run/beamOn 3"),
        ("sub/gun.mac", b"/control/execute energy.mac\n/gun/particle proton"),
        ("sub/energy.mac", b"/gun/energy 70 MeV"),
    ]);
    let plan = read_macro(&path.join("main.mac")).unwrap();
    let gun = &plan.runs[0].settings.gun;
    assert_eq!((gun.particle, gun.kinetic_energy_mev), (Particle::Proton, 70.0));
}

#[test]
fn errors_in_executed_macros_name_their_file() {
    let (_guard, path) =
        folder(&[("main.mac", b"/control/execute sub.mac"), ("sub.mac", b"\n/gun/energy x")]);
    let message = read_macro(&path.join("main.mac")).unwrap_err().to_string();
    assert!(message.contains("sub.mac:2: /gun/energy"), "{message}");
}

#[test]
fn macros_that_execute_themselves_or_too_many_are_errors() {
    let (_guard, path) = folder(&[
        ("a.mac", b"/control/execute b.mac"),
        ("b.mac", b"\n/control/execute a.mac"),
        ("missing.mac", b"/control/execute nowhere.mac"),
    ]);
    let message = read_macro(&path.join("a.mac")).unwrap_err().to_string();
    assert!(message.contains("b.mac:2: /control/execute a.mac: the macro executes itself"), "{message}");
    let message = read_macro(&path.join("missing.mac")).unwrap_err().to_string();
    assert!(message.contains("missing.mac:1") && message.contains("nowhere.mac"), "{message}");

    let chain: Vec<(String, String)> =
        (0..20).map(|i| (format!("{i}.mac"), format!("/control/execute {}.mac", i + 1))).collect();
    let chain: Vec<(&str, &[u8])> = chain.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    let (_guard, path) = folder(&chain);
    let message = read_macro(&path.join("0.mac")).unwrap_err().to_string();
    assert!(message.contains("nested more than 16 deep"), "{message}");

    let doubling: Vec<(String, String)> = (0..16)
        .map(|i| (format!("{i}.mac"), format!("/control/execute {}.mac\n", i + 1).repeat(64)))
        .collect();
    let mut doubling: Vec<(&str, &[u8])> = doubling.iter().map(|(n, t)| (n.as_str(), t.as_bytes())).collect();
    doubling.truncate(15);
    doubling.push(("15.mac", b"/run/verbose 1"));
    let (_guard, path) = folder(&doubling);
    let message = read_macro(&path.join("0.mac")).unwrap_err().to_string();
    assert!(message.contains("more than 100000 commands"), "{message}");
}

#[test]
fn files_that_are_no_macros_are_errors() {
    let long = [b"# ".as_slice(), &vec![b'x'; 5 << 20]].concat();
    let (_guard, path) = folder(&[
        ("binary.mac", b"/run/\xff\xfe"),
        ("zero.mac", b"/run/\0"),
        ("long.mac", &long),
        ("empty.mac", b""),
    ]);
    let message = |name: &str| read_macro(&path.join(name)).unwrap_err().to_string();
    assert!(message("binary.mac").contains("byte 5 is not text"));
    assert!(message("zero.mac").contains("byte 5 is 0"));
    assert!(message("long.mac").contains("more than 4194304 bytes"));
    assert!(message("nowhere.mac").contains("cannot read the macro"));
    assert!(message(".").contains("not a regular file"));
    assert_eq!(read_macro(&path.join("empty.mac")).unwrap(), RunPlan::default());
}

#[test]
fn macros_are_told_from_geometries() {
    let (_guard, path) = folder(&[
        ("muon.MAC", b"<gdml/>"),
        ("cube.gdml", b"/run/beamOn"),
        ("commands", b"\n  /run/beamOn 1"),
        ("comment.txt", b"# muons\n"),
        ("geometry.txt", b"\n<?xml version='1.0'?>"),
        ("empty", b""),
    ]);
    let macros = ["muon.MAC", "commands", "comment.txt", "nowhere.mac"];
    for name in macros.iter().chain(&["cube.gdml", "geometry.txt", "empty", "nowhere", "."]) {
        assert_eq!(is_macro_file(&path.join(name)), macros.contains(name), "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "([/a-zA-Z{}\"#_\\\\ 0-9.\n+-]|/control/alias |/gun/energy |/run/beamOn ){0,60}") {
        let _ = parse_macro(&text, "any");
    }
}
