//! Solids that Geant4 refuses are refused here, for the same fault, at the line that has it.

use super::{refused, shared};

/// A file whose solid stands on line 5.
fn file(solid: &str) -> String {
    format!(
        "<gdml>\n<define/>\n<materials><material name=\"Stuff\" Z=\"14\"><D value=\"2\"/><atom value=\"28\"/></material></materials>\n\
         <solids>\n{solid}\n<box name=\"big\" x=\"6000\" y=\"6000\" z=\"6000\"/></solids>\n<structure>\n\
         <volume name=\"V\"><materialref ref=\"Stuff\"/><solidref ref=\"S\"/></volume>\n\
         <volume name=\"World\"><materialref ref=\"Stuff\"/><solidref ref=\"big\"/>\n\
         <physvol name=\"pv\"><volumeref ref=\"V\"/></physvol></volume></structure>\n\
         <setup name=\"Default\" version=\"1.0\"><world ref=\"World\"/></setup></gdml>"
    )
}

const TRAP: &str = r#"<trap name="S" z="100" theta="10" phi="30" y1="50" x1="40" x2="60" alpha1="5" y2="70" x3="60" x4="91" alpha2="5" lunit="mm" aunit="deg"/>"#;
const TWISTED: &str = r#"<twistedtrap name="S" PhiTwist="25" z="100" Theta="15" Phi="30" y1="50" x1="40" x2="60" y2="70" x3="60" x4="91" Alph="5" lunit="mm" aunit="deg"/>"#;

#[test]
fn a_trap_with_a_side_that_is_not_planar() {
    let message = refused(&file(TRAP)).to_string();
    assert!(message.starts_with("test.gdml:5: trap 'S': "), "{message}");
    assert!(message.contains("side at -x is not planar"), "{message}");
    assert!(message.contains("(x2 - x1) / y1 must equal (x4 - x3) / y2"), "{message}");
    cfg4::gdml::read_str(&file(&TRAP.replace("91", "88")), "sound", &cfg4::gdml::NoFiles).unwrap();
}

#[test]
fn a_twisted_trap_whose_sides_slope_unequally() {
    let message = refused(&file(TWISTED)).to_string();
    assert!(message.starts_with("test.gdml:5: twistedtrap 'S': "), "{message}");
    assert!(message.contains("planar") || message.contains("slope"), "{message}");
    cfg4::gdml::read_str(&file(&TWISTED.replace("91", "88")), "sound", &cfg4::gdml::NoFiles).unwrap();
}

#[test]
fn the_files_that_geant4_refuses() {
    for (name, fault) in [
        ("trap_side_not_planar", "trap 'S': its side at -x is not planar"),
        ("twistedtrap_unequal_slopes", "twistedtrap 'S': "),
    ] {
        let Some(path) = shared(&format!("reference/solids_rejected/{name}.gdml")) else { return };
        let message = cfg4::gdml::read(&path).unwrap_err().to_string();
        assert!(message.contains(".gdml:12: ") && message.contains(fault), "{message}");
    }
}
