//! Optical surfaces and where they lie.

use cfg4::detector::{SurfaceFinish, SurfaceModel, SurfaceType};

use super::text::Text;
use super::{read, refused};

const SOLIDS: &str = r#"<box name="big" x="1000" y="1000" z="1000"/><box name="small" x="10" y="10" z="10"/>
    <opticalsurface name="words" model="unified" finish="groundbackpainted" type="dielectric_dielectric" value="0.2">
      <property name="REFLECTIVITY" ref="r"/></opticalsurface>
    <opticalsurface name="numbers" model="1" finish="3" type="0" value="0.1"/>
    <opticalsurface name="table" model="LUT" finish="polishedtyvekair" type="dielectric_LUT" value="0"/>"#;

fn text(structure: &'static str) -> Text {
    let define = r#"<matrix name="r" coldim="2" values="1*eV 0.9 7*eV 0.95"/>"#;
    Text { define, solids: SOLIDS, structure, ..Text::default() }
}

const VOLUMES: &str = r#"
    <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
    <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
      <physvol name="a"><volumeref ref="Inner"/></physvol>
      <physvol name="b"><volumeref ref="Inner"/><position x="20"/></physvol>
      <physvol name="b"><volumeref ref="Inner"/><position x="40"/></physvol>
      <opticalsurface name="local" model="glisur" finish="polished" type="dielectric_metal" value="1"/>
    </volume>"#;

fn with(borders: &str) -> Text {
    text(format!("{VOLUMES}\n{borders}").leak())
}

#[test]
fn surfaces_are_spelt_in_words_or_numbers() {
    let detector = read(&with(""));
    let [words, numbers, table, local] = &detector.surfaces[..] else { panic!("{:?}", detector.surfaces) };
    assert_eq!((words.model, words.value), (SurfaceModel::Unified, 0.2));
    assert_eq!(
        (words.kind, words.finish),
        (SurfaceType::DielectricDielectric, SurfaceFinish::GroundBackPainted)
    );
    assert_eq!(words.properties.vector("REFLECTIVITY").unwrap().values(), [0.9, 0.95]);
    assert_eq!((numbers.model, numbers.kind), (SurfaceModel::Unified, SurfaceType::DielectricMetal));
    assert_eq!(numbers.finish, SurfaceFinish::Ground);
    assert_eq!(table.finish, SurfaceFinish::LookUpTable(11));
    assert_eq!(local.name, "local");
}

#[test]
fn borders_and_skins_lie_where_the_file_says() {
    let detector = read(&with(
        r#"<bordersurface name="ab" surfaceproperty="words"><physvolref ref="a"/><physvolref ref="b"/></bordersurface>
           <bordersurface name="aw" surfaceproperty="local"><physvolref ref="a"/><physvolref ref="World_PV"/></bordersurface>
           <bordersurface name="again" surfaceproperty="local"><physvolref ref="a"/><physvolref ref="b"/></bordersurface>
           <skinsurface name="skin" surfaceproperty="numbers"><volumeref ref="Inner"/></skinsurface>"#,
    ));
    let [ab, aw] = &detector.borders[..] else { panic!("{:?}", detector.borders) };
    assert_eq!(
        (detector.placement(ab.from).name.as_str(), detector.surface(ab.surface).name.as_str()),
        ("a", "words")
    );
    assert_eq!(detector.placement(ab.to).transform.translation_mm, [20.0, 0.0, 0.0]);
    assert_eq!(aw.to.index(), 0);
    assert_eq!(detector.volume(detector.skins[0].volume).name, "Inner");
    let messages: Vec<_> = detector.warnings.iter().map(|warning| warning.message.as_str()).collect();
    assert!(messages[0].contains("2 placements have this name"), "{messages:?}");
    assert!(messages.last().unwrap().contains("have a border surface already"), "{messages:?}");
}

#[test]
fn surfaces_that_make_no_sense_are_refused() {
    for (border, part) in [
        (
            r#"<bordersurface name="x" surfaceproperty="word"><physvolref ref="a"/><physvolref ref="b"/></bordersurface>"#,
            "did you mean 'words'",
        ),
        (
            r#"<bordersurface name="x" surfaceproperty="words"><physvolref ref="a"/></bordersurface>"#,
            "it has 1 physvolref",
        ),
        (
            r#"<bordersurface name="x" surfaceproperty="words"><physvolref ref="a"/><physvolref ref="zz"/></bordersurface>"#,
            "placement (physvol) 'zz'",
        ),
        (
            r#"<skinsurface name="x" surfaceproperty="words"><volumeref ref="Outer"/></skinsurface>"#,
            "volume 'Outer'",
        ),
        (r#"<opticalsurface name="x" model="shiny"/>"#, "model=\"shiny\" should be one of glisur"),
        (r#"<opticalsurface name="x" finish="77"/>"#, "finish=\"77\""),
        (r#"<opticalsurface name="x" value="-1"/>"#, "not negative"),
    ] {
        let message = refused(&with(border).gdml()).to_string();
        assert!(message.contains(part), "{message}");
        assert!(message.starts_with("test.gdml:18: "), "{message}");
    }
}

fn with_map(matrix: &str) -> Text {
    let define = format!(r#"<matrix name="r" coldim="3" values="{matrix}"/>"#).leak();
    let solids = r#"<box name="big" x="1000" y="1000" z="1000"/><box name="small" x="10" y="10" z="10"/>
        <opticalsurface name="words" model="unified" finish="polished" type="coated" value="0.2">
        <property name="EFFICIENCY_MAP" ref="r"/></opticalsurface>"#;
    let structure = r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/></volume>"#;
    Text { define, solids, structure, ..Text::default() }
}

#[test]
fn an_efficiency_map_is_a_matrix_of_energies_and_angles() {
    let detector = read(&with_map("0 10*deg 80*deg 2*eV 0.1 0.2 3*eV 0.3 0.4"));
    assert_eq!(detector.surfaces[0].kind, SurfaceType::Coated);
    let map = detector.surfaces[0].properties.grid("EFFICIENCY_MAP").unwrap();
    let energies = map.energies_mev().iter().zip([2e-6, 3e-6]);
    assert!(energies.clone().count() == 2 && energies.clone().all(|(got, want)| (got - want).abs() < 1e-18));
    assert_eq!(map.range(), (0.1, 0.4));
    assert!((map.angles_rad()[1] - 80_f64.to_radians()).abs() < 1e-12);
    assert_eq!([map.at(0, 1), map.at(1, 0)], [0.2, 0.3]);
    for (matrix, fault) in [
        ("0 10*deg 80*deg", "coldim is 1 more"),
        ("0 10 80 2*eV 0.1 0.2", "'*deg' forgotten"),
        ("0 10*deg 80*deg 2*eV 0.1 1.2", "from 0 to 1"),
        ("0 80*deg 10*deg 2*eV 0.1 0.2", "ascend"),
        ("0 10*deg 80*deg 3*eV 0.1 0.2 2*eV 0.1 0.2", "ascend"),
        ("0 10*deg 80*deg 0 0.1 0.2", "above 0"),
    ] {
        let message = refused(&with_map(matrix).gdml()).to_string();
        assert!(message.contains(fault) && message.contains("EFFICIENCY_MAP"), "{message}");
    }
}

/// `G4ReflectionFactory` makes another logical volume of a mirrored one, without the skin.
#[test]
fn skins_of_mirrored_volumes_are_noted() {
    let text = |scale: &str| {
        let structure = format!(
            r#"<volume name="Chip"><materialref ref="Stuff"/><solidref ref="small"/></volume>
               <volume name="Box"><materialref ref="Stuff"/><solidref ref="small"/>
                 <physvol name="chip"><volumeref ref="Chip"/></physvol></volume>
               <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
                 <physvol name="a"><volumeref ref="Box"/></physvol>
                 <physvol name="b"><volumeref ref="Box"/><position x="300"/>{scale}</physvol></volume>
               <skinsurface name="s" surfaceproperty="Shiny"><volumeref ref="Chip"/></skinsurface>"#
        );
        let solids = r#"<box name="big" x="1000" y="1000" z="1000"/><box name="small" x="10" y="10" z="10"/>
                        <opticalsurface name="Shiny"/>"#;
        Text { structure: structure.leak(), solids, ..Text::default() }
    };
    assert!(read(&text("")).warnings.is_empty());
    let [warning] = &read(&text(r#"<scale z="-1"/>"#)).warnings[..] else { panic!() };
    assert!(warning.message.contains("Geant4 gives it no skin there"), "{warning}");
}
