//! The programs that users know, run as they run them.

use std::process::Command;

use sysrap::OpticksProfile;

/// What a program prints with these variables set.
fn output(program: &str, variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(program);
    for name in ["RESERVATION", "NEVT", "TMP"] {
        command.env_remove(name);
    }
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The words of a line after `name`.
fn number_after(line: &str, name: &str) -> f64 {
    let mut words = line.split_whitespace().skip_while(|word| *word != name);
    words.nth(1).and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("no {name} in `{line}`"))
}

const LEAK_TABLE: [u64; 10] =
    [10_000, 50_000, 60_000, 80_000, 10_000, 100_000, 30_000, 300_000, 20_000, 10_000];

#[test]
fn leak_test_prints_its_events_and_growth() {
    let text = output(env!("CARGO_BIN_EXE_CGenstepCollectorLeakTest"), &[]);
    let lines: Vec<&str> = text.lines().collect();
    for (event, steps) in LEAK_TABLE.into_iter().enumerate() {
        assert_eq!(lines[event], format!(" evt {event} num_steps {steps} gs {steps},6,4"));
    }
    assert!(lines[10].starts_with(" mock_numevt 10 v0 "), "{}", lines[10]);
    let (dv, dvp) = (number_after(lines[10], "dv"), number_after(lines[10], "dvp"));
    assert!((dv / 10.0 - dvp).abs() <= 1e-4 * dv.abs(), "{dv} {dvp}");
    // All 300000 gensteps of the largest event are 28.8e6 bytes; what is left after the last must be far less.
    assert!(dv < 60.0, "{dv} MB are left");
    assert!(text.contains("(10,4)") && text.contains("VmSize(MB)"), "{text}");
}

/// Resident memory of 100 events of very different size, after a warm-up, in the original's "MB". A process of its
/// own, so that other tests do not show in its figures.
#[test]
fn memory_does_not_grow_from_event_to_event() {
    for reservation in ["0", "300000"] {
        let variables = [("NEVT", "120"), ("RESERVATION", reservation)];
        let text = output(env!("CARGO_BIN_EXE_CGenstepCollectorLeakTest"), &variables);
        let rows = text.lines().filter(|line| line.starts_with('(')).map(|line| {
            let (_, values) = line.split_once(')').unwrap();
            let values: Vec<f64> = values.split_whitespace().map(|value| value.parse().unwrap()).collect();
            [values[0], values[1], values[2], 0.0]
        });
        let rows: Vec<[f64; 4]> = rows.skip(20).collect();
        assert_eq!(rows.len(), 100);
        let slope = OpticksProfile::from_rows(rows).report().rss.whole.unwrap().slope;
        assert!(slope.abs() < 0.05, "reservation {reservation}: {slope} MB per event");
    }
}

#[test]
fn second_leak_test_prints_reservation_and_growth() {
    for reservation in ["0", "4000"] {
        let text = output(
            env!("CARGO_BIN_EXE_CGenstepCollectorLeak2Test"),
            &[("RESERVATION", reservation), ("NEVT", "20")],
        );
        let events: Vec<&str> = text.lines().filter(|line| line.starts_with(" evt ")).collect();
        assert_eq!(events.len(), 20);
        assert_eq!(events[0], " evt 0 num_steps 3100 gs 3100,6,4");
        assert_eq!(events[14], " evt 14 num_steps 3500 gs 3500,6,4");
        let last = text.lines().last().unwrap();
        assert!(last.starts_with(&format!(" NPX  reservation {reservation} mock_numevt 20 v0 ")), "{last}");
        assert!(number_after(last, "drp") < 0.5, "{last}");
        let moves =
            text.lines().filter(|line| line.starts_with("NPX<T>::grow base_ptr shift 0,6,4 ")).count();
        assert_eq!(moves, 20);
        let capacity = if reservation == "0" { 24 } else { 96_000 };
        assert!(
            text.contains(&format!("shift 0,6,4 m_data->size() 24 m_data->capacity() {capacity}\n")),
            "{text}"
        );
    }
}

#[test]
fn collector_test_saves_each_event() {
    let folder = tempfile::tempdir().unwrap();
    let text = output(
        env!("CARGO_BIN_EXE_CGenstepCollectorTest"),
        &[("TMP", folder.path().to_str().unwrap()), ("NEVT", "3")],
    );
    assert!(text.contains("num_stamp 3"), "{text}");
    for (event, steps) in (0..3).zip([3271, 3270, 3057]) {
        let path = folder.path().join(format!("cfg4/CGenstepCollectorTest/{event}.npy"));
        let array = npy::NPY::<f32>::load_items(&path, &[6, 4]).unwrap();
        assert_eq!((array.num_items(), array.metadata().content_index()), (steps, Some(event)));
        assert!(array.values().iter().all(|word| word.to_bits() == 9));
    }
}

#[test]
fn bad_variables_are_errors() {
    for program in
        [env!("CARGO_BIN_EXE_CGenstepCollectorLeakTest"), env!("CARGO_BIN_EXE_CGenstepCollectorLeak2Test")]
    {
        let output = Command::new(program).env("NEVT", "many").output().unwrap();
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && message.contains("NEVT=many"), "{message}");
    }
}
