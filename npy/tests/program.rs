//! Runs NPY6Test by name and checks its lines, memory columns aside.

use std::process::{Command, Output};

const NUM_STEPS: [usize; 10] = [3271, 3270, 3057, 3453, 3459, 3362, 3111, 3702, 3479, 3500];

/// Capacities and sizes when the storage moves, as the 2021 note recorded them for items of 24 values.
const MOVES: [(usize, usize, usize); 13] = [
    (0, 24, 24),
    (1, 48, 48),
    (2, 72, 96),
    (4, 120, 192),
    (8, 216, 384),
    (16, 408, 768),
    (32, 792, 1536),
    (64, 1560, 3072),
    (128, 3096, 6144),
    (256, 6168, 12288),
    (512, 12312, 24576),
    (1024, 24600, 49152),
    (2048, 49176, 98304),
];

fn run(env: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_NPY6Test"));
    for key in ["NEVT", "RESERVATION", "NPYBase", "NPX", "NPY"] {
        command.env_remove(key);
    }
    command.envs(env.iter().copied()).output().unwrap()
}

/// Standard output with the memory columns of stamp and total lines replaced by `#`.
fn lines(env: &[(&str, &str)]) -> Vec<String> {
    let output = run(env);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(without_memory).collect()
}

fn without_memory(line: &str) -> String {
    if line.contains(" : ") {
        let columns: Vec<&str> = line.split(" : ").collect();
        assert!(columns[1].parse::<f64>().unwrap() > columns[2].parse::<f64>().unwrap(), "{line}");
        return format!("{} : # : # : {}", columns[0], columns[3]);
    }
    if !line.starts_with(" reservation") {
        return line.to_owned();
    }
    let mut words: Vec<&str> = line.split_whitespace().collect();
    for i in (5..words.len()).step_by(2) {
        words[i].parse::<f64>().unwrap();
        words[i] = "#";
    }
    words.join(" ")
}

fn expected(nevt: usize, reservation: i64, growth: impl Fn(usize) -> Vec<String>) -> Vec<String> {
    let steps = |event: usize| NUM_STEPS[event % 10];
    let numsteps: Vec<String> = (0..nevt).map(|e| format!(" i {e:>3} numsteps {}", steps(e))).collect();
    let mut lines = vec![format!(" nevt {nevt} reservation {reservation}")];
    lines.extend(numsteps.clone());
    for event in 0..nevt {
        lines.extend(growth(steps(event)));
        lines.push(format!("{event:>5} : # : # : {},6,4", steps(event)));
    }
    lines.extend(numsteps);
    lines.push(format!(
        "reservation {reservation} nevt {nevt} vm0 # vm1 # dvm # dvm_nevt # rss0 # rss1 # drss # drss_nevt #"
    ));
    lines
}

fn shift(items: usize, size: usize, capacity: usize) -> String {
    format!("NPX<T>::grow base_ptr shift {items},6,4 m_data->size() {size} m_data->capacity() {capacity}")
}

fn reserved(items: usize) -> Vec<String> {
    let values = items * 24;
    let reserve = format!(" reserve  items {items} itemvals 24 vals {values} cap0 0 cap1 {values}");
    vec![reserve, shift(0, 24, values)]
}

#[test]
fn ten_events_without_reservation_show_the_capacity_sequence() {
    let moves = |_| MOVES.iter().map(|&(items, size, capacity)| shift(items, size, capacity)).collect();
    assert_eq!(lines(&[]), expected(10, 0, moves));
}

#[test]
fn fixed_reservation_moves_once_per_event() {
    let env = [("RESERVATION", "4000"), ("NEVT", "12")];
    assert_eq!(lines(&env), expected(12, 4000, |_| reserved(4000)));
}

#[test]
fn negative_reservation_is_exact_per_event() {
    assert_eq!(lines(&[("RESERVATION", "-1")]), expected(10, -1, reserved));
}

#[test]
fn class_level_makes_the_reservation_visible() {
    let output = run(&[("NPYBase", "INFO"), ("RESERVATION", "4096"), ("NEVT", "1")]);
    let (out, log) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    let notice = "PLOG::EnvLevel adjusting loglevel by envvar   key NPYBase level INFO fallback DEBUG";
    assert_eq!(out.lines().next(), Some(notice));
    // 2021-02-16 14:33:20.564 INFO  [10766527] [NPYBase::setReservation] items 4096
    let line = log.lines().next().unwrap();
    assert!(line.ends_with("] [NPYBase::setReservation] items 4096"), "{line}");
    assert_eq!((&line[4..5], &line[10..11], &line[19..20], &line[23..30]), ("-", " ", ".", " INFO  "));
}

#[test]
fn no_events_and_bad_numbers() {
    assert_eq!(lines(&[("NEVT", "0")]), expected(0, 0, |_| Vec::new()));
    for env in [("NEVT", "ten"), ("NEVT", "-3"), ("RESERVATION", "1e3")] {
        let output = run(&[env]);
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains(env.0));
    }
}
