//! Any text is a number or an error, and never infinite.

#![no_main]

use cfg4::gdml::expression::Evaluator;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut evaluator = Evaluator::new();
    let defined = evaluator.define_constant("width", 2.5).and(evaluator.define_variable("i", 3.0));
    let matrix = evaluator.define_matrix("M", 2, vec![1.0, 2.0, 3.0, 4.0]);
    assert!(defined.and(matrix).is_ok());
    if let Ok(value) = evaluator.evaluate(text) {
        assert!(!value.is_infinite());
    }
    let _either = evaluator.evaluate_integer(text);
    let _either = evaluator.solve_brackets(text);
});
