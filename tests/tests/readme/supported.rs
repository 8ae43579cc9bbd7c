//! The README's table of what is supported, against the program's own answers.

use super::documents;

#[test]
fn the_table_of_what_is_supported_is_what_the_program_says() {
    let readme = &documents()[0].1;
    let (_, rest) = readme.split_once("<!-- supported -->\n").unwrap();
    let (table, _) = rest.split_once("<!-- /supported -->").unwrap();
    let program = tools::audit::inventory::markdown();
    assert_eq!(table, program, "print it with `g4opticks audit --supported`");
}

#[test]
fn every_solid_that_geant4_was_asked_about_is_in_the_table() {
    let table = tools::audit::inventory::markdown();
    // The solids of GDML's schema that Geant4's reader knows.
    let solids = "arb8 box cone cutTube elcone ellipsoid eltube genericPolycone genericPolyhedra hype intersection \
                  multiUnion orb para paraboloid polycone polyhedra reflectedSolid scaledSolid sphere subtraction tessellated \
                  tet torus trap trd tube twistedbox twistedtrap twistedtrd twistedtubs union xtru";
    let row = table.lines().find(|line| line.starts_with("| solids |")).unwrap();
    let named: Vec<&str> = row.split(['|', ',']).map(str::trim).collect();
    let missing: Vec<&str> = solids.split_whitespace().filter(|solid| !named.contains(solid)).collect();
    assert_eq!(missing, [""; 0]);
}
