//! Elements, materials and their properties.

use cfg4::detector::Property;

use super::text::Text;
use super::{read, refused};

fn materials(materials: &'static str) -> Text {
    Text { materials, ..Text::default() }
}

#[test]
fn composites_count_atoms_and_fractions_count_mass() {
    let detector = read(&materials(
        r#"<element name="Lead" formula="Pb" Z="82"><atom value="207.20"/></element>
           <element name="Fluorine" formula="F" Z="9"><atom value="18.9984032" unit="g/mole"/></element>
           <material name="PbF2"><D value="7.77" unit="g/cm3"/>
             <composite n="1" ref="Lead"/><composite n="2" ref="Fluorine"/></material>
           <material name="Mix"><T value="300" unit="K"/><MEE value="0.1" unit="keV"/><D value="2000" unit="kg/m3"/>
             <fraction n="0.25" ref="PbF2"/><fraction n="0.75" ref="G4_WATER"/></material>
           <material name="Stuff" Z="14" state="solid"><D value="1.5" unit="mg/cm3"/><atom value="28.09"/></material>
           <material name="Thin" Z="1"><D value="1e-25"/><atom value="1.008"/></material>"#,
    ));
    let [crystal, mix, stuff, thin] = &detector.materials[..] else { panic!("{}", detector.materials.len()) };
    let molar = 207.20 + 2.0 * 18.9984032;
    assert!((crystal.components[0].1 - 207.20 / molar).abs() < 1e-12);
    assert_eq!((mix.density_g_cm3, mix.temperature_k, mix.mean_excitation_ev), (2.0, 300.0, Some(100.0)));
    let lead = mix.components.iter().find(|(element, _)| element.z == 82.0).unwrap().1;
    assert!((lead - 0.25 * 207.20 / molar).abs() < 1e-12);
    assert!((mix.components.iter().map(|(_, fraction)| fraction).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!((stuff.is_gas, stuff.density_g_cm3, stuff.temperature_k), (false, 0.0015, 293.15));
    assert!(thin.is_gas);
}

#[test]
fn elements_are_mixed_from_isotopes_by_abundance() {
    let detector = read(&materials(
        r#"<isotope name="U5" Z="92" N="235"><atom type="A" value="235.01"/></isotope>
           <isotope name="U8" Z="92" N="238"><atom type="A" value="238.03"/></isotope>
           <element name="enriched"><fraction ref="U5" n="0.9"/><fraction ref="U8" n="0.1"/></element>
           <material name="Stuff"><D value="18.95"/><fraction n="1" ref="enriched"/></material>"#,
    ));
    let (element, fraction) = &detector.materials[0].components[0];
    assert_eq!((element.z, *fraction), (92.0, 1.0));
    assert!((element.a_g_per_mol - (0.9 * 235.01 + 0.1 * 238.03)).abs() < 1e-9);
}

#[test]
fn quantities_give_densities_and_temperatures_by_reference() {
    let detector = read(&Text {
        define: r#"<quantity name="rho" type="density" value="1.25" unit="g/cm3"/>
                   <quantity name="cold" type="temperature" value="87" unit="K"/>
                   <quantity name="i" value="188" unit="eV"/>"#,
        materials: r#"<material name="Stuff"><Dref ref="rho"/><Tref ref="cold"/><MEEref ref="i"/>
                        <fraction n="1" ref="G4_Ar"/></material>"#,
        ..Text::default()
    });
    let stuff = &detector.materials[0];
    assert!((stuff.density_g_cm3 - 1.25).abs() < 1e-12);
    assert_eq!(stuff.temperature_k, 87.0);
    assert!((stuff.mean_excitation_ev.unwrap() - 188.0).abs() < 1e-9);
}

/// Geant4 11 keeps a GROUPVEL that stands behind RINDEX and throws away one that stands before it.
#[test]
fn a_group_velocity_before_the_index_is_warned_of() {
    let detector = read(&Text {
        define: r#"<matrix name="n" coldim="2" values="1*eV 1.5 7*eV 1.5"/>
                   <matrix name="v" coldim="2" values="1*eV 100 7*eV 100"/>"#,
        materials: r#"<material name="Stuff" Z="6"><property name="RINDEX" ref="n"/><property name="GROUPVEL" ref="v"/>
                        <D value="1"/><atom value="12"/></material>
                      <material name="Odd" Z="6"><property name="GROUPVEL" ref="v"/><property name="RINDEX" ref="n"/>
                        <D value="1"/><atom value="12"/></material>"#,
        ..Text::default()
    });
    let [warning] = &detector.warnings[..] else { panic!("{:?}", detector.warnings) };
    assert!(warning.message.contains("behind GROUPVEL"), "{warning:?}");
    for material in &detector.materials {
        let Some(Property::Vector(v)) = material.properties.0.get("GROUPVEL") else { panic!("{material:?}") };
        assert_eq!(v.values(), [100.0, 100.0]);
    }
}

#[test]
fn nist_materials_are_added_when_volumes_use_them() {
    let detector = read(&Text {
        structure: r#"<volume name="World"><materialref ref="G4_AIR"/><solidref ref="big"/></volume>"#,
        ..Text::default()
    });
    let air = detector.material(detector.world().material);
    assert_eq!((air.name.as_str(), air.density_g_cm3, air.is_gas), ("G4_AIR", 0.00120479, true));
}

const PROPERTIES: &str = r#"
    <matrix name="n" coldim="2" values="2*eV 1.33  3*eV 1.34"/>
    <matrix name="old" coldim="2" values="-1 11522 1 11522"/>
    <matrix name="one" coldim="1" values="50000/MeV"/>
    <matrix name="down" coldim="2" values="3*eV 1 2*eV 1"/>
    <matrix name="negative" coldim="2" values="-1 1 2*eV 1"/>
    <matrix name="zero" coldim="2" values="1*eV 0 2*eV 1"/>
    <matrix name="many" coldim="1" values="1 2 3 4"/>
    <matrix name="forgot" coldim="2" values="2 1.33 3 1.34"/>"#;

/// A material with these properties.
fn with(properties: &str) -> String {
    let material = r#"<material name="Stuff" Z="14"><D value="2.33"/><atom value="28.09"/>HERE</material>"#;
    let text = Text { define: PROPERTIES, materials: "MATERIALS", ..Text::default() }.gdml();
    text.replace("MATERIALS", &material.replace("HERE", properties))
}

#[test]
fn properties_are_tables_or_numbers_in_internal_units() {
    let text = with(
        r#"<property name="RINDEX" ref="n"/><property name="SCINTILLATIONYIELD" ref="one"/>
           <property name="RESOLUTIONSCALE" ref="old"/><property name="PPOABSLENGTH" ref="n"/>
           <property name="RINDX" ref="down"/><property name="PERMITTIVITY" ref="n"/>"#,
    );
    let detector = cfg4::gdml::read_str(&text, "test.gdml", &cfg4::gdml::NoFiles).unwrap();
    let properties = &detector.materials[0].properties;
    assert_eq!(properties.vector("RINDEX").unwrap().values(), [1.33, 1.34]);
    assert!((properties.vector("RINDEX").unwrap().energies_mev()[1] - 3e-6).abs() < 1e-18);
    assert_eq!(properties.0["SCINTILLATIONYIELD"], Property::Constant(50000.000000000015));
    assert_eq!(properties.constant("RESOLUTIONSCALE"), Some(11522.0));
    let unused: Vec<_> = detector.unused_properties.iter().map(|p| (p.name.as_str(), p.looks_like)).collect();
    assert_eq!(unused, [("PPOABSLENGTH", None), ("RINDX", Some("RINDEX")), ("PERMITTIVITY", None)]);
    assert!(detector.unused_properties[2].known_to_geant4);
    assert_eq!(detector.unused_properties[0].line, 13);
    let [warning] = &detector.warnings[..] else { panic!("{:?}", detector.warnings) };
    assert!(warning.to_string().contains("it looks like RINDEX"), "{warning}");
}

#[test]
fn tables_that_make_no_sense_name_the_property_and_the_line() {
    for (property, part) in [
        (r#"<property name="RINDEX" ref="down"/>"#, "ascend"),
        (r#"<property name="ABSLENGTH" ref="negative"/>"#, "negative"),
        (r#"<property name="RINDEX" ref="zero"/>"#, "above 0"),
        (r#"<property name="RINDEX" ref="one"/>"#, "coldim=\"2\""),
        (r#"<property name="SCINTILLATIONYIELD" ref="many"/>"#, "coldim=\"2\""),
        (r#"<property name="REEMISSIONPROB" ref="n"/>"#, "from 0 to 1"),
        (r#"<property name="RINDEX" ref="m"/>"#, "'m' is not defined"),
    ] {
        let message = refused(&with(property)).to_string();
        assert!(message.starts_with("test.gdml:12: property '"), "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn energies_without_a_unit_are_suspected() {
    let text = with(r#"<property name="RINDEX" ref="forgot"/>"#);
    let detector = cfg4::gdml::read_str(&text, "test.gdml", &cfg4::gdml::NoFiles).unwrap();
    assert!(detector.warnings[0].message.contains("'*eV' forgotten"), "{:?}", detector.warnings);
}

/// Geant4 11.3.0 absorbs at once in a material whose ABSLENGTH has one row.
#[test]
fn tables_of_one_row_are_pointed_out() {
    let define = r#"<matrix name="row" coldim="2" values="2*eV 100"/>"#;
    for (name, count) in [("ABSLENGTH", 1), ("SCINTILLATIONYIELD", 0)] {
        let text = with(&format!(r#"<property name="{name}" ref="row"/>"#)).replace(PROPERTIES, define);
        let detector = cfg4::gdml::read_str(&text, "test.gdml", &cfg4::gdml::NoFiles).unwrap();
        assert_eq!(detector.warnings.len(), count, "{:?}", detector.warnings);
        assert!(detector.warnings.iter().all(|w| w.message.contains("of one row")));
        assert!(detector.materials[0].properties.0.contains_key(name));
    }
}

#[test]
fn contradictory_materials_are_refused() {
    for (text, part) in [
        (r#"<material name="M"><D value="1"/><fraction n="0.5" ref="G4_Ar"/></material>"#, "add up to 0.5"),
        (r#"<material name="M"><D value="1"/><fraction n="-1" ref="G4_Ar"/></material>"#, "from 0 to 1"),
        (r#"<material name="M"><D value="0"/><fraction n="1" ref="G4_Ar"/></material>"#, "density"),
        (r#"<material name="M"><fraction n="1" ref="G4_Ar"/></material>"#, "'D' is missing"),
        (
            r#"<material name="M"><D value="1"/><fraction n="1" ref="G4_Argon"/></material>"#,
            "'G4_Argon' is not defined",
        ),
        (r#"<material name="M"><D value="1"/><fraction n="1" ref="M"/></material>"#, "contains itself"),
        (r#"<material name="M"><D value="1" unit="mm"/><fraction n="1" ref="G4_Ar"/></material>"#, "\"mm\""),
        (
            r#"<material name="M" state="plasma"><D value="1"/><fraction n="1" ref="G4_Ar"/></material>"#,
            "plasma",
        ),
        (r#"<material name="M" Z="0"><D value="1"/><atom value="1"/></material>"#, "Z is 0"),
        (
            r#"<material name="M"><D value="1"/><composite n="1" ref="H"/><fraction n="1" ref="G4_Ar"/></material>"#,
            "mixes",
        ),
        (
            r#"<material name="M"><D value="sqrt(-1)"/><fraction n="1" ref="G4_Ar"/></material>"#,
            "not a finite",
        ),
        (r#"<metal name="M"/>"#, "<metal> is not known inside <materials>"),
    ] {
        let message = refused(&materials(text).gdml()).to_string();
        assert!(message.starts_with("test.gdml:4: "), "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn fractions_that_miss_one_a_little_are_scaled_with_a_warning() {
    let detector = read(&materials(
        r#"<material name="Stuff"><D value="1"/><fraction n="0.7" ref="G4_N"/><fraction n="0.295" ref="G4_O"/></material>"#,
    ));
    let sum: f64 = detector.materials[0].components.iter().map(|(_, fraction)| fraction).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    assert!(detector.warnings[0].message.contains("scaled to 1"));
}

#[test]
fn a_bad_property_is_named_once_with_its_place() {
    let text = with(r#"<property name="ABSLENGTH" ref="down"/>"#);
    let message = cfg4::gdml::read_str(&text, "test.gdml", &cfg4::gdml::NoFiles).unwrap_err().to_string();
    let start = "test.gdml:12: property 'ABSLENGTH': energies should ascend, but 2 eV follows 3 eV";
    assert!(message.starts_with(start), "{message}");
}

#[test]
fn yields_by_particle_are_tables_over_its_energy() {
    let text = with(
        r#"<property name="ALPHASCINTILLATIONYIELD" ref="forgot"/>
           <property name="ALPHASCINTILLATIONYIELD2" ref="one"/>"#,
    );
    let detector = cfg4::gdml::read_str(&text, "test.gdml", &cfg4::gdml::NoFiles).unwrap();
    assert!(detector.warnings.is_empty(), "MeV are no mistake here: {:?}", detector.warnings);
    let properties = &detector.materials[0].properties;
    assert_eq!(properties.vector("ALPHASCINTILLATIONYIELD").unwrap().energies_mev(), [2.0, 3.0]);
    assert_eq!(properties.constant("ALPHASCINTILLATIONYIELD2"), Some(50000.000000000015));
}
