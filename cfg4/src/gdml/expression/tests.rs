//! Geant4's answers, and input that must fail cleanly.

use super::*;

fn evaluator() -> Evaluator {
    let mut e = Evaluator::new();
    e.define_constant("a", 2.5).unwrap();
    e.define_constant("b", -4.0).unwrap();
    e.define_constant("cell_size", 30.0).unwrap();
    e.define_constant("half", 15.0).unwrap();
    e.define_variable("i", 3.0).unwrap();
    e.define_matrix("M", 3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 80.0, 9000.0]).unwrap();
    e.define_matrix("V", 1, vec![10.0, 20.0, 30.0]).unwrap();
    e.define_matrix("ROW", 4, vec![1.5, 2.5, 3.5, 4.5]).unwrap();
    e
}

#[test]
fn powers_group_from_the_left_and_signs_are_weaker() {
    let e = evaluator();
    for (text, value) in [
        ("2^3^2", 64.0),
        ("2**3**2", 64.0),
        ("-2^2", -4.0),
        ("(-2)^2", 4.0),
        ("2^-1", 0.5),
        ("2^-1*3", 1.5),
        ("2*-3^2", -18.0),
        ("--3", 3.0),
        ("7-3-2", 2.0),
        ("1+2*3>6 && 2!=3", 1.0),
        ("M[i-1,i-2]", 4.0),
        ("M[i,2]*2", 160.0),
        ("V[1]+V[2]*V[3]", 610.0),
        ("ROW[2]", 2.5),
        ("0x10", 16.0),
        ("", 0.0),
        ("atan2(1, -1)", 2.356194490192345),
    ] {
        assert_eq!(e.evaluate(text), Ok(value), "{text}");
    }
}

#[test]
fn faults_are_told_apart() {
    use ExpressionError as E;
    let e = evaluator();
    assert!(matches!(e.evaluate("1/0"), Err(E::Calculation(_))));
    assert!(matches!(e.evaluate("1e400"), Err(E::BadNumber(_))));
    assert!(matches!(e.evaluate("nan"), Err(E::UnknownName(_))));
    assert!(matches!(e.evaluate("inf"), Err(E::UnknownName(_))));
    assert!(matches!(e.evaluate("unknown(2)"), Err(E::UnknownFunction { arguments: 1, .. })));
    assert!(matches!(e.evaluate("V[0]"), Err(E::NoSuchElement { .. })));
    assert!(matches!(e.evaluate("M[1]"), Err(E::NoSuchElement { .. })));
    assert!(matches!(e.evaluate("3%2"), Err(E::UnexpectedCharacter('%'))));
    assert!(matches!(e.evaluate("(1+2"), Err(E::Syntax(_))));
    assert!(matches!(e.evaluate("1e200*1e200"), Err(E::Calculation(_))));
    assert!(matches!(e.evaluate_integer("2.5"), Err(E::NotWhole(_))));
    assert!(e.evaluate("sqrt(-1)").unwrap().is_nan());
}

#[test]
fn deep_or_long_expressions_are_refused() {
    let e = Evaluator::new();
    let deep = format!("{}1{}", "(".repeat(10_000), ")".repeat(10_000));
    assert_eq!(e.evaluate(&deep), Err(ExpressionError::TooDeep(MAX_DEPTH)));
    let powers = format!("2{}", "^-1".repeat(10_000));
    assert_eq!(e.evaluate(&powers), Err(ExpressionError::TooDeep(MAX_DEPTH)));
    assert_eq!(e.evaluate(&"-".repeat(10_001)), e.evaluate("-"));
    let long = "1+".repeat(40_000);
    assert_eq!(e.evaluate(&long), Err(ExpressionError::TooLong(MAX_LENGTH)));
}

#[test]
fn names_are_defined_once() {
    let mut e = evaluator();
    assert_eq!(e.define_constant("a", 1.0), Err(ExpressionError::Redefined("a".into())));
    assert_eq!(e.define_constant("cm", 1.0), Err(ExpressionError::Redefined("cm".into())));
    assert_eq!(e.define_constant("um", 2.0), Ok(()));
    assert!(e.set_variable("a", 1.0).is_err());
    e.set_variable("i", 7.0).unwrap();
    assert_eq!(e.evaluate("i+1"), Ok(8.0));
    assert_eq!(e.solve_brackets("cell[i]").unwrap(), "cell_6");
    assert!(e.define_matrix("X", 2, vec![1.0, 2.0, 3.0]).is_err());
    assert!(e.define_matrix("X", 0, vec![1.0]).is_err());
}
