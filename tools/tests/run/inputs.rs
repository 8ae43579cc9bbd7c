//! Geometry and macro by their place, and torches as they are typed.

use super::{message_of, report_of, text, write};

const LITTLE_LIGHT: &str =
    "/process/inactivate Cerenkov\n/process/optical/scintillation/setYieldFactor 0.0001\n";

#[test]
fn a_macro_alone_shoots_into_the_built_in_cube() {
    let folder = tempfile::tempdir().unwrap();
    let commands =
        format!("{LITTLE_LIGHT}/random/setSeeds 1 2\n/run/beamOn 1\n/random/setSeeds 3 4\n/run/beamOn 1");
    for name in ["few.mac", "few"] {
        let path = write(folder.path(), name, &commands);
        let report = report_of(&[text(&path), "--threads", "2"]);
        assert_eq!(report["geometry"], "built-in scintillator cube");
        assert_eq!(report["options"]["macro"], text(&path));
        let seed = |event: usize| report["events"][event]["seed"].as_u64().unwrap();
        assert_eq!([seed(0), seed(1)], [1 << 32 | 2, 3 << 32 | 4], "each run has its own");
        let report = report_of(&[text(&path), "--threads", "2", "--seed", "9"]);
        assert_eq!([0, 1].map(|event| report["events"][event]["seed"].as_u64()), [Some(9); 2]);
    }
}

#[test]
fn macros_choose_the_threads_unless_the_command_line_does() {
    let folder = tempfile::tempdir().unwrap();
    let path =
        write(folder.path(), "few.mac", format!("{LITTLE_LIGHT}/run/numberOfThreads 3\n/run/beamOn 1"));
    assert_eq!(report_of(&[text(&path)])["threads"], 3);
    assert_eq!(report_of(&[text(&path), "--threads", "2"])["threads"], 2);
}

#[test]
fn macros_that_are_not_alone_are_told_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let gdml = write(folder.path(), "cube.gdml", cfg4::gdml::DEFAULT_GEOMETRY);
    let few = write(folder.path(), "few.mac", LITTLE_LIGHT);
    let message = message_of(&[text(&few), text(&gdml)]);
    assert!(message.contains("few.mac is a macro, but the geometry comes first"), "{message}");
    for args in [&[text(&few)][..], &[text(&gdml), text(&few)]] {
        let message = message_of(&[args, &["--torch", "photons=5"]].concat());
        assert!(message.contains("exclude each other"), "{message}");
    }
    let missing = folder.path().join("nowhere.mac");
    assert!(message_of(&[text(&missing)]).contains("nowhere.mac: cannot read the macro"));
}

#[test]
fn torches_are_read_as_typed_and_their_faults_said_once() {
    assert_eq!(report_of(&["--torch", "photons=2e3"])["photons"], 2000);
    for (torch, message) in [
        ("photon=5", "error: --torch: a torch has no key `photon`; its keys are: type"),
        ("photons=2.5", "error: --torch: photons=2.5 of the torch: must be a whole number"),
        ("radius=5", "error: --torch: radius=5 has no effect on a torch with type=sphere"),
        ("material=Water", "error: the torch names the material Water, but its source lies in LS"),
    ] {
        assert!(message_of(&["--torch", torch]).starts_with(message), "{}", message_of(&["--torch", torch]));
    }
}
