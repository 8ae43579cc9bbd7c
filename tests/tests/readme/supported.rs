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

#[test]
fn every_property_of_geant4_is_in_the_table() {
    // What G4MaterialPropertiesTable of Geant4 11 has, and what those of Geant4 10 had besides.
    let properties = "ABSLENGTH ALPHASCINTILLATIONYIELD ALPHASCINTILLATIONYIELD1 ALPHASCINTILLATIONYIELD2 ALPHASCINTILLATIONYIELD3 \
        BACKSCATTERCONSTANT BIRKSCONSTANT COATEDFRUSTRATEDTRANSMISSION COATEDRINDEX COATEDTHICKNESS DEUTERONSCINTILLATIONYIELD \
        DEUTERONSCINTILLATIONYIELD1 DEUTERONSCINTILLATIONYIELD2 DEUTERONSCINTILLATIONYIELD3 EFFICIENCY \
        ELECTRONSCINTILLATIONYIELD ELECTRONSCINTILLATIONYIELD1 ELECTRONSCINTILLATIONYIELD2 ELECTRONSCINTILLATIONYIELD3 \
        FASTCOMPONENT FASTSCINTILLATIONRISETIME FASTTIMECONSTANT GROUPVEL IMAGINARYRINDEX IONSCINTILLATIONYIELD \
        IONSCINTILLATIONYIELD1 IONSCINTILLATIONYIELD2 IONSCINTILLATIONYIELD3 ISOTHERMAL_COMPRESSIBILITY MIEHG \
        MIEHG_BACKWARD MIEHG_FORWARD MIEHG_FORWARD_RATIO PERMEABILITY PERMITTIVITY PROTONSCINTILLATIONYIELD \
        PROTONSCINTILLATIONYIELD1 PROTONSCINTILLATIONYIELD2 PROTONSCINTILLATIONYIELD3 RAYLEIGH REALRINDEX REFLECTIVITY \
        RESOLUTIONSCALE RINDEX RS_SCALE_FACTOR SCINTILLATIONCOMPONENT1 SCINTILLATIONCOMPONENT2 SCINTILLATIONCOMPONENT3 \
        SCINTILLATIONRISETIME1 SCINTILLATIONRISETIME2 SCINTILLATIONRISETIME3 SCINTILLATIONTIMECONSTANT1 \
        SCINTILLATIONTIMECONSTANT2 SCINTILLATIONTIMECONSTANT3 SCINTILLATIONYIELD SCINTILLATIONYIELD1 SCINTILLATIONYIELD2 \
        SCINTILLATIONYIELD3 SLOWCOMPONENT SLOWSCINTILLATIONRISETIME SLOWTIMECONSTANT SPECULARLOBECONSTANT \
        SPECULARSPIKECONSTANT SURFACEROUGHNESS TRANSMITTANCE TRITONSCINTILLATIONYIELD TRITONSCINTILLATIONYIELD1 \
        TRITONSCINTILLATIONYIELD2 TRITONSCINTILLATIONYIELD3 WLSABSLENGTH WLSABSLENGTH2 WLSCOMPONENT WLSCOMPONENT2 \
        WLSMEANNUMBERPHOTONS WLSMEANNUMBERPHOTONS2 WLSTIMECONSTANT WLSTIMECONSTANT2 YIELDRATIO";
    let entries = tools::audit::inventory::entries();
    let is_there = |name: &str| entries.iter().any(|entry| entry.name == name);
    let missing: Vec<&str> = properties.split_whitespace().filter(|name| !is_there(name)).collect();
    assert_eq!(missing, [""; 0]);
}

#[test]
fn the_surfaces_of_geant4_are_simulated_but_those_that_are_not_for_light() {
    use tools::audit::inventory::{Group, entries};
    let surfaces = entries().into_iter().filter(|entry| entry.group == Group::Geant4Surface);
    let refused: Vec<String> =
        surfaces.filter(|entry| entry.reason.is_some()).map(|entry| entry.name).collect();
    assert_eq!(refused, ["Firsov surfaces", "X-ray surfaces"]);
}
