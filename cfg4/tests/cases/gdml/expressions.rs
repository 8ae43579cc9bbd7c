//! The answers of Geant4's evaluator, all 135 of them, to the last bit.

use cfg4::gdml::expression::Evaluator;

const ANSWERS: &str = include_str!("../../data/gdml_expressions.txt");

fn evaluator() -> Evaluator {
    let mut evaluator = Evaluator::new();
    for (name, text) in [("a", "2.5"), ("b", "-4"), ("cell_size", "30*mm"), ("half", "cell_size/2")] {
        evaluator.define_constant(name, evaluator.evaluate(text).unwrap()).unwrap();
    }
    evaluator.define_variable("i", 3.0).unwrap();
    for (name, columns, text) in
        [("M", 3, "1 2 3 4 5 6 7*mm 8*cm 9*m"), ("V", 1, "10 20 30"), ("ROW", 4, "1.5 2.5 3.5 4.5")]
    {
        let values = text.split(' ').map(|word| evaluator.evaluate(word).unwrap()).collect();
        evaluator.define_matrix(name, columns, values).unwrap();
    }
    evaluator
}

#[test]
fn geant4_gives_the_same_answers() {
    let evaluator = evaluator();
    let lines: Vec<&str> = ANSWERS.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 135);
    for line in lines {
        let [text, kind, expected] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let answer = match kind {
            "whole" => evaluator.evaluate_integer(text).map(|whole| whole as f64),
            _ => evaluator.evaluate(text),
        };
        match expected {
            "error" => assert!(answer.is_err(), "{text} should be an error, is {answer:?}"),
            "nan" => assert!(answer.unwrap().is_nan(), "{text}"),
            value => assert_eq!(answer, Ok(value.parse().unwrap()), "{text}"),
        }
    }
}
