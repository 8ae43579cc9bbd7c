//! Runs SProcTest and reallocTest by name and checks what they print.

use std::process::Command;

fn stdout_of(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).env_remove("NPYBase").output().unwrap();
    assert!(output.status.success(), "{program} failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The number after a word.
fn number_after(line: &str, word: &str) -> f64 {
    let mut words = line.split_whitespace().skip_while(|w| *w != word);
    words.nth(1).unwrap_or_else(|| panic!("no {word} in {line}")).parse().unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn sproc_test_sees_untouched_blocks_in_virtual_memory_only() {
    let text = stdout_of(env!("CARGO_BIN_EXE_SProcTest"), &["3"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].starts_with(" nleak 3 vmb0 "), "{text}");
    for (i, line) in lines[1..4].iter().enumerate() {
        let blocks = (i + 1) as f64;
        // 128 MiB are 131.072 of the kernel's thousand KiB, and the ratio to MiB is 1.024.
        assert!((number_after(line, "vm") / blocks - 131.072).abs() < 0.2, "{line}");
        assert_eq!(number_after(line, "x_vm"), 128.0 * blocks);
        assert!((number_after(line, "vm/x_vm") - 1.024).abs() < 0.002, "{line}");
    }
    assert!(number_after(lines[4], "drss") < 1.0, "{text}");
    assert!(number_after(lines[5], "peak_rss_bytes") >= 100_000.0, "{text}");
    assert!(lines[6].starts_with(" executable SProcTest /"), "{text}");
}

#[test]
fn sproc_test_takes_25_blocks_by_default() {
    let text = stdout_of(env!("CARGO_BIN_EXE_SProcTest"), &[]);
    assert_eq!(text.lines().filter(|line| line.contains(" x_vm ")).count(), 25);
}

#[test]
fn log_levels_are_announced_on_stdout() {
    let output =
        Command::new(env!("CARGO_BIN_EXE_SProcTest")).arg("0").env("NPYBase", "INFO").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let expected = "PLOG::EnvLevel adjusting loglevel by envvar   key NPYBase level INFO fallback DEBUG";
    assert_eq!(text.lines().next(), Some(expected));
}

#[test]
fn realloc_test_does_not_leak() {
    let text = stdout_of(env!("CARGO_BIN_EXE_reallocTest"), &[]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 101);
    for (event, line) in lines[..100].iter().enumerate() {
        assert_eq!(*line, format!("{event:>4} :  shape (1000,6,4,1,1)"));
    }
    assert!(number_after(lines[100], "dv").abs() < 1.0, "{}", lines[100]);
}
