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
