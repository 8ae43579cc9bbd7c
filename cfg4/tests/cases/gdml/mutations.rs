//! Damaged files: whatever is changed, the reader answers with a detector or an error.

use cfg4::gdml::{self, NoFiles};
use proptest::prelude::*;

/// The default geometry with its long tables cut, so that many variants can be read.
fn small() -> Vec<u8> {
    let mut text = String::new();
    let mut rows = 0;
    for line in gdml::DEFAULT_GEOMETRY.lines() {
        rows = if line.starts_with("      ") && line.contains("e-06") { rows + 1 } else { 0 };
        if rows < 2 || line.contains('"') {
            text.push_str(line);
            text.push('\n');
        }
    }
    text.into_bytes()
}

/// Reading answers, and so does looking for all faults, with the same first one.
fn answers(bytes: Vec<u8>) {
    let first =
        gdml::read_bytes("damaged.gdml", bytes.clone(), &NoFiles).err().map(|error| error.to_string());
    let faults = gdml::faults_of_bytes("damaged.gdml", bytes, &NoFiles);
    assert_eq!(faults.first().map(ToString::to_string), first);
}

#[test]
fn the_undamaged_file_is_read() {
    assert_eq!(gdml::read_bytes("small.gdml", small(), &NoFiles).unwrap().borders.len(), 5);
}

#[test]
fn every_truncation_is_answered() {
    let bytes = small();
    for length in (0..bytes.len()).step_by(7) {
        assert!(gdml::read_bytes("short.gdml", bytes[..length].to_vec(), &NoFiles).is_err(), "{length}");
    }
}

#[test]
fn every_removed_or_doubled_line_is_answered() {
    let text = String::from_utf8(small()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    for i in 0..lines.len() {
        let mut without = lines.clone();
        without.remove(i);
        answers(without.join("\n").into_bytes());
        let mut doubled = lines.clone();
        doubled.insert(i, lines[i]);
        answers(doubled.join("\n").into_bytes());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn changed_bytes_are_answered(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut bytes = small();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        answers(bytes);
    }

    #[test]
    fn exchanged_words_are_answered(
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        word in prop::sample::select(vec!["", "-1", "0", "1e308", "nan", "World", "Obj", "\"", "<", ">", "/>", "&x;",
            "<!--", "<![CDATA[", "<loop for=\"i\"/>", "[", "1e-320", "0x", "((((", "\u{fffd}", "\0"]),
    ) {
        let bytes = small();
        let (a, b) = (from.index(bytes.len()), to.index(bytes.len()));
        let (start, end) = (a.min(b), a.max(b).min(a.min(b) + 12));
        let changed = [&bytes[..start], word.as_bytes(), &bytes[end..]].concat();
        answers(changed);
    }

    #[test]
    fn any_expression_is_answered(text in "[-+*/^()\\[\\],.0-9eExmiV<>=!&| ]{0,60}") {
        let mut evaluator = gdml::expression::Evaluator::new();
        evaluator.define_matrix("V", 2, vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        if let Ok(value) = evaluator.evaluate(&text) {
            prop_assert!(!value.is_infinite(), "{text} is {value}");
        }
        let _either = evaluator.solve_brackets(&text);
    }
}
