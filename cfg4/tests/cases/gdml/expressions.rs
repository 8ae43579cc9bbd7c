//! The answers of Geant4's evaluator, all 135 of them.

use cfg4::gdml::expression::Evaluator;
use serde_json::Value;

use super::shared;

fn evaluator(definitions: &[Value]) -> Evaluator {
    let mut evaluator = Evaluator::new();
    for definition in definitions {
        let text = definition["text"].as_str().unwrap();
        if definition["kind"] == "matrix" {
            let mut words = text.split_whitespace();
            let (name, columns) = (words.next().unwrap(), words.next().unwrap().parse().unwrap());
            let values = words.map(|word| evaluator.evaluate(word).unwrap()).collect();
            evaluator.define_matrix(name, columns, values).unwrap();
            continue;
        }
        let (name, expression) = text.split_once('=').unwrap();
        let value = evaluator.evaluate(expression).unwrap();
        assert_eq!(Some(value), definition["value"].as_f64(), "{text}");
        match definition["kind"].as_str() {
            Some("const") => evaluator.define_constant(name, value).unwrap(),
            _ => evaluator.define_variable(name, value).unwrap(),
        }
    }
    evaluator
}

#[test]
fn geant4_gives_the_same_answers() {
    let Some(file) = shared("reference/expressions/expressions.json") else { return };
    let reference: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let evaluator = evaluator(reference["definitions"].as_array().unwrap());
    let expressions = reference["expressions"].as_array().unwrap();
    assert_eq!(expressions.len(), 135);
    for expression in expressions {
        let text = expression["text"].as_str().unwrap();
        let answer = match expression["integer"] == true {
            true => evaluator.evaluate_integer(text).map(|whole| whole as f64),
            false => evaluator.evaluate(text),
        };
        if expression["error"] == true {
            assert!(answer.is_err(), "{text} should be an error, is {answer:?}");
        } else if let Some(value) = expression["value"].as_f64() {
            // The JSON reader is exact to the last digit but one.
            let answer = answer.unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!((answer - value).abs() <= 4e-16 * value.abs(), "{text}: {answer} {value}");
        } else {
            assert!(answer.unwrap().is_nan(), "{text}");
        }
    }
}
