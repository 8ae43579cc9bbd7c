//! Volumes, placements, loops, assemblies, files.

use std::fs;

use cfg4::detector::Shape;
use cfg4::gdml::{self, GdmlErrorKind};

use super::text::Text;
use super::{read, refused, shared};

#[test]
fn loops_place_copies_with_their_numbers() {
    let detector = read(&Text {
        define: r#"<constant name="n" value="3"/><variable name="i" value="0"/><variable name="j" value="0"/>"#,
        structure: r#"
            <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
            <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
              <loop for="i" from="0" to="n-1" step="1"><loop for="j" from="1" to="5" step="2">
                <physvol name="cell[i]" copynumber="i+10*j"><volumeref ref="Inner"/>
                  <position x="i*100" y="-j" unit="mm"/></physvol>
              </loop></loop>
              <physvol><volumeref ref="Inner"/></physvol>
            </volume>"#,
        ..Text::default()
    });
    let world = detector.world();
    assert_eq!(world.daughters.len(), 10);
    let copies: Vec<_> = world.daughters.iter().map(|id| detector.placement(*id).copy_number).collect();
    assert_eq!(copies, [10, 30, 50, 11, 31, 51, 12, 32, 52, 0]);
    let placement = detector.placement(world.daughters[5]);
    assert_eq!(placement.transform.translation_mm, [100.0, -5.0, 0.0]);
    assert_eq!(placement.name, "cell_0");
    assert_eq!(detector.placement(world.daughters[9]).name, "Inner_PV");
    assert_eq!(detector.placements[0].name, "World_PV");
}

#[test]
fn assemblies_become_daughters_named_as_in_geant4() {
    let detector = read(&Text {
        structure: r#"
            <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
            <assembly name="Pair">
              <physvol><volumeref ref="Inner"/><position x="1"/></physvol>
              <physvol><volumeref ref="Inner"/><position x="2"/></physvol>
            </assembly>
            <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
              <physvol name="first"><volumeref ref="Inner"/></physvol>
              <physvol name="pair1"><volumeref ref="Pair"/><position x="100"/></physvol>
              <physvol name="pair2"><volumeref ref="Pair"/><rotation z="90" unit="deg"/></physvol>
            </volume>"#,
        ..Text::default()
    });
    let daughters = detector.world().daughters.iter().map(|id| detector.placement(*id));
    let facts: Vec<_> =
        daughters.map(|p| (p.name.as_str(), p.copy_number, p.transform.translation_mm)).collect();
    let expected = [
        ("first", 0, [0.0, 0.0, 0.0]),
        ("av_1_impr_1_Inner_pv_0", 2, [101.0, 0.0, 0.0]),
        ("av_1_impr_1_Inner_pv_1", 3, [102.0, 0.0, 0.0]),
        ("av_1_impr_2_Inner_pv_0", 4, [0.0, -1.0, 0.0]),
        ("av_1_impr_2_Inner_pv_1", 5, [0.0, -2.0, 0.0]),
    ];
    assert_eq!(facts, expected);
}

#[test]
fn loops_refer_to_positions_by_their_number() {
    let detector = read(&Text {
        define: r#"<variable name="i" value="0"/><position name="at_0" x="5"/><position name="at_1" x="7"/>
                   <rotation name="turn_0"/><rotation name="turn_1" z="90" unit="deg"/>"#,
        structure: r#"
            <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
            <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
              <loop for="i" from="1" to="2" step="1"><physvol name="cell[i]"><volumeref ref="Inner"/>
                <positionref ref="at[i]"/><rotationref ref="turn[i]"/></physvol></loop>
            </volume>"#,
        ..Text::default()
    });
    let placed = detector.world().daughters.iter().map(|id| detector.placement(*id).transform);
    let facts: Vec<_> = placed.map(|at| (at.translation_mm[0], at.rotation[0][1])).collect();
    assert_eq!(facts, [(5.0, 0.0), (7.0, 1.0)]);
}

/// `G4GDMLReadStructure::AssemblyRead` reads `physvol` alone.
#[test]
fn what_geant4_leaves_out_of_assemblies_is_left_out() {
    let detector = read(&Text {
        define: r#"<variable name="i" value="0"/>"#,
        structure: r#"
            <volume name="Inner"><materialref ref="Stuff"/><solidref ref="small"/></volume>
            <assembly name="Row">
              <physvol><volumeref ref="Inner"/></physvol>
              <loop for="i" from="1" to="3" step="1"><physvol><volumeref ref="Inner"/><position x="200*i"/></physvol></loop>
            </assembly>
            <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
              <physvol><volumeref ref="Row"/></physvol>
            </volume>"#,
        ..Text::default()
    });
    assert_eq!(detector.world().daughters.len(), 1);
    let [warning] = &detector.warnings[..] else { panic!("{:?}", detector.warnings) };
    assert!(warning.element == "loop" && warning.message.contains("nothing but physvols"), "{warning}");
}

#[test]
fn geant4_numbers_the_volumes_of_assemblies_the_same_way() {
    let Some(file) = shared("reference/scans/gdml/placements_a.gdml") else { return };
    let scan = shared("reference/scans/placements_a/scan.json").unwrap();
    let detector = gdml::read(&file).unwrap();
    let scan: serde_json::Value = serde_json::from_str(&fs::read_to_string(scan).unwrap()).unwrap();
    let paths: Vec<&str> =
        scan["volume_paths"].as_array().unwrap().iter().filter_map(|path| path.as_str()).collect();
    let mut found = 0;
    for placement in detector.placements.iter().filter(|p| p.name.starts_with("av_")) {
        let element = format!("/{}#{}", placement.name, placement.copy_number);
        assert!(paths.iter().any(|path| path.ends_with(&element)), "{element}");
        found += 1;
    }
    assert_eq!(found, 6);
}

#[test]
fn two_megabytes_are_read_in_two_seconds() {
    let placements: String = (0..14_000)
        .map(|i| {
            format!(
                "<physvol name=\"sensor{i}\" copynumber=\"{i}\"><volumeref ref=\"Inner\"/>\
                 <position name=\"at{i}\" x=\"{i}*0.5*mm\" y=\"-1\" z=\"{i}\" unit=\"mm\"/></physvol>\n"
            )
        })
        .collect();
    let text = Text::default().gdml().replace("<physvol name=\"inner\">", &format!("{placements}<physvol>"));
    assert!(text.len() > 2_000_000, "{}", text.len());
    let start = std::time::Instant::now();
    let detector = gdml::read_str(&text, "large.gdml", &gdml::NoFiles).unwrap();
    assert!(start.elapsed().as_secs_f64() < 2.0, "{:?}", start.elapsed());
    assert_eq!(detector.world().daughters.len(), 14_001);
}

#[test]
fn auxiliaries_are_kept_and_understood() {
    let detector = read(&Text {
        structure: r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
            <auxiliary auxtype="StepLimit" auxvalue="0.4" auxunit="cm"/>
            <auxiliary auxtype="SensDet" auxvalue="Tracker"/>
            <auxiliary auxtype="Region" auxvalue="r"><auxiliary auxtype="gamcut" auxvalue="1" auxunit="km"/></auxiliary>
            <colorref ref="red"/></volume>"#,
        ..Text::default()
    });
    let world = detector.world();
    assert_eq!(world.step_limit_mm, Some(4.0));
    assert_eq!(world.sensitive_detector.as_deref(), Some("Tracker"));
    assert_eq!(world.auxiliaries[2].children[0].unit.as_deref(), Some("km"));
}

#[test]
fn entities_and_files_are_relative_to_the_file_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let parts = folder.path().join("parts");
    fs::create_dir(&parts).unwrap();
    fs::write(parts.join("materials.xml"), "<?xml version=\"1.0\"?>\n<material name=\"Stuff\" Z=\"14\">\n<D value=\"2\"/><atom value=\"28\"/></material>").unwrap();
    let module = Text {
        structure: r#"
        <volume name="Sensor"><materialref ref="Stuff"/><solidref ref="small"/></volume>
        <volume name="World"><materialref ref="Stuff"/><solidref ref="small"/></volume>"#,
        ..Text::default()
    };
    fs::write(parts.join("sensor.gdml"), module.gdml()).unwrap();
    let main = Text {
        define: r#"<constant name="size" value="&size;"/>"#,
        materials: "&materials;",
        structure: r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
            <physvol name="a"><file name="parts/sensor.gdml" volname="Sensor"/></physvol>
            <physvol name="b"><file name="parts/sensor.gdml"/></physvol>
            <physvol name="c"><file name="parts/sensor.gdml" volname="Sensor"/></physvol></volume>"#,
        ..Text::default()
    };
    let doctype = "<!DOCTYPE gdml [ <!ENTITY materials SYSTEM \"parts/materials.xml\">\n<!ENTITY size \"12\"> ]>\n<gdml>";
    let path = folder.path().join("main.gdml");
    fs::write(&path, main.gdml().replace("<gdml>", doctype)).unwrap();
    let detector = gdml::read(&path).unwrap();
    let names: Vec<_> = detector
        .world()
        .daughters
        .iter()
        .map(|id| detector.volume(detector.placement(*id).volume).name.as_str())
        .collect();
    assert_eq!(names, ["Sensor", "World", "Sensor"]);
    assert_eq!(detector.volumes.len(), 3, "a file that is placed again is not read again");

    fs::write(
        parts.join("materials.xml"),
        "\n\n<material name=\"Stuff\" Z=\"0\"><D value=\"2\"/><atom value=\"28\"/></material>",
    )
    .unwrap();
    let message = gdml::read(&path).unwrap_err().to_string();
    assert!(message.contains("parts/materials.xml:3: material 'Stuff': Z is 0"), "{message}");

    fs::write(
        parts.join("sensor.gdml"),
        main.gdml()
            .replace("&size;", "1")
            .replace("&materials;", module.materials)
            .replace("parts/sensor.gdml", "sensor.gdml"),
    )
    .unwrap();
    fs::write(parts.join("materials.xml"), module.materials).unwrap();
    assert!(matches!(gdml::read(&path).unwrap_err().kind, GdmlErrorKind::IncludeCycle(_)));
    fs::remove_file(parts.join("sensor.gdml")).unwrap();
    assert!(matches!(gdml::read(&path).unwrap_err().kind, GdmlErrorKind::Io(_)));
}

/// Geant4 looks for names in stores that all files share.
#[test]
fn files_may_use_what_others_define() {
    let folder = tempfile::tempdir().unwrap();
    let module = Text {
        materials: "",
        solids: r#"<box name="chip" x="1" y="1" z="1"/>"#,
        structure: r#"
        <volume name="Chip"><materialref ref="Stuff"/><solidref ref="chip"/></volume>
        <volume name="World"><materialref ref="Stuff"/><solidref ref="small"/>
          <physvol name="chip"><volumeref ref="Chip"/></physvol></volume>"#,
        ..Text::default()
    };
    fs::write(folder.path().join("sensor.gdml"), module.gdml()).unwrap();
    let main = Text {
        solids: r#"<box name="big" x="1000" y="1000" z="1000"/><box name="small" x="10" y="10" z="10" lunit="cm"/>
                   <opticalsurface name="Shiny"/>"#,
        structure: r#"<volume name="Top"><materialref ref="Stuff"/><solidref ref="big"/>
            <physvol name="a"><file name="sensor.gdml"/></physvol>
            <physvol name="b"><volumeref ref="Chip"/><position x="400"/></physvol></volume>
            <bordersurface name="around" surfaceproperty="Shiny"><physvolref ref="a"/><physvolref ref="chip"/></bordersurface>"#,
        ..Text::default()
    };
    let path = folder.path().join("main.gdml");
    fs::write(&path, main.gdml().replace("world ref=\"World\"", "world ref=\"Top\"")).unwrap();
    let detector = gdml::read(&path).unwrap();
    assert_eq!((detector.volumes.len(), detector.materials.len()), (3, 1));
    let placed = |id| detector.placement(id).name.as_str();
    assert_eq!((placed(detector.borders[0].from), placed(detector.borders[0].to)), ("a", "chip"));
    let [a, b] = detector.world().daughters[..] else { panic!() };
    let inner = detector.volume(detector.placement(a).volume).daughters[0];
    assert_eq!(detector.placement(b).volume, detector.placement(inner).volume);
}

/// Geant4 11.3.0 places the volume of the first file twice.
#[test]
fn each_file_has_its_own_names_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let module = |x: &str| {
        let solids = format!("<box name=\"chip\" x=\"{x}\" y=\"1\" z=\"1\"/>");
        let structure = r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="chip"/></volume>"#;
        Text { solids: solids.leak(), structure, ..Text::default() }.gdml()
    };
    fs::write(folder.path().join("one.gdml"), module("1")).unwrap();
    fs::write(folder.path().join("two.gdml"), module("2")).unwrap();
    let structure = r#"<volume name="Top"><materialref ref="Stuff"/><solidref ref="big"/>
        <physvol name="a"><file name="one.gdml"/></physvol><physvol name="b"><file name="two.gdml"/></physvol></volume>"#;
    let main = Text { structure, ..Text::default() }.gdml();
    let path = folder.path().join("main.gdml");
    fs::write(&path, main.replace("world ref=\"World\"", "world ref=\"Top\"")).unwrap();
    let detector = gdml::read(&path).unwrap();
    let half_x = |id| {
        let volume = detector.volume(detector.placement(id).volume);
        let Shape::Box { half_mm } = detector.solid(volume.solid).shape else { panic!() };
        half_mm[0]
    };
    let daughters = &detector.world().daughters;
    assert_eq!((half_x(daughters[0]), half_x(daughters[1])), (0.5, 1.0));
    let warnings: Vec<String> = detector.warnings.iter().map(ToString::to_string).collect();
    let named = |what: &str| warnings.iter().any(|w| w.contains(what) && w.contains("Geant4 takes that one"));
    assert!(named("box 'chip'") && named("volume 'World'"), "{warnings:?}");
}

#[test]
fn structure_that_makes_no_sense_is_refused_by_name() {
    const WORLD: &str =
        r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>HERE</volume>"#;
    for (inside, part) in [
        (
            r#"<physvol name="p"><volumeref ref="Inner"/></physvol>"#,
            "volume 'Inner' is not defined before this line",
        ),
        (r#"<physvol name="p"><volumeref ref="World"/></physvol>"#, "volume 'World' contains itself"),
        (r#"<physvol name="p"><volumeref ref="Later"/></physvol>"#, "it is defined on line 8: move it up"),
        (r#"<physvol name="p"><volumeref ref="Mother"/></physvol>"#, "volume 'World' contains itself"),
        (r#"<physvol name="p"/>"#, "element 'volumeref' is missing"),
        (r#"<physvol copynumber="1.5"><volumeref ref="In"/></physvol>"#, "1.5 should be a whole number"),
        (r#"<physvol copynumber="3e9"><volumeref ref="In"/></physvol>"#, "32 bits"),
        (r#"<physvol><volumeref ref="In"/><scale z="-2"/></physvol>"#, "<scale> is not supported"),
        (
            r#"<physvol><volumeref ref="In"/><positionref ref="there"/></physvol>"#,
            "position 'there' is not defined",
        ),
        (
            r#"<physvol><volumeref ref="In"/><shear x="1"/></physvol>"#,
            "<shear> is not known inside <physvol>",
        ),
        (
            r#"<replicavol number="5"><volumeref ref="In"/></replicavol>"#,
            "element 'replicate_along_axis' is missing",
        ),
        (r#"<physvol><file name="other.gdml"/></physvol>"#, "cannot be read"),
        (r#"<loop for="k" from="1" to="3" step="1"/>"#, "variable 'k' is not defined"),
        (r#"<loop for="i" from="1" to="3" step="0"/>"#, "step 0 never reaches the end"),
        (r#"<loop for="i" from="5" to="0" step="1"/>"#, "loop from 5 to 0: its end lies below its start"),
        (r#"<loop for="i" from="1" to="1e15" step="1"/>"#, "bytes in the bodies of loops"),
        (r#"<auxiliary auxtype="StepLimit" auxvalue="0"/>"#, "StepLimit is 0 mm"),
        (r#"<auxiliary auxtype="StepLimit" auxvalue="NaN"/>"#, "unknown name 'NaN'"),
    ] {
        let structure = format!(
            "<volume name=\"In\"><materialref ref=\"Stuff\"/><solidref ref=\"small\"/></volume>\n{}\n{}{}",
            WORLD.replace("HERE", inside),
            r#"<volume name="Later"><materialref ref="Stuff"/><solidref ref="small"/></volume>"#,
            r#"<volume name="Mother"><materialref ref="Stuff"/><solidref ref="big"/>
               <physvol><volumeref ref="World"/></physvol></volume>"#,
        );
        let define = r#"<variable name="i" value="0"/>"#;
        let text = Text { define, structure: structure.leak(), ..Text::default() };
        let message = refused(&text.gdml()).to_string();
        assert!(message.starts_with("test.gdml:7: "), "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn the_first_of_equal_names_counts_with_a_warning() {
    let detector = read(&Text {
        solids: r#"<box name="big" x="1" y="1" z="1"/><box name="big" x="2" y="2" z="2"/>"#,
        structure: r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/></volume>
                      <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/></volume>"#,
        ..Text::default()
    });
    assert_eq!(detector.world().solid.index(), 0);
    assert_eq!((detector.volumes.len(), detector.warnings.len()), (1, 2));
    let twice =
        Text { define: r#"<constant name="a" value="1"/><constant name="a" value="2"/>"#, ..Text::default() };
    let message = refused(&twice.gdml()).to_string();
    assert!(message.contains("test.gdml:3: constant 'a': 'a' is already defined"), "{message}");
}

/// Geant4 11.3.0 reads them in the order of the file and keeps what the last one says.
#[test]
fn the_last_of_several_positions_counts() {
    let inside = r#"<physvol name="a"><volumeref ref="In"/><positionref ref="far"/><position x="50" y="0" z="0"/></physvol>
        <physvol name="b"><volumeref ref="In"/><position x="50"/><positionref ref="far"/></physvol>"#;
    let inner = r#"<volume name="In"><materialref ref="Stuff"/><solidref ref="small"/></volume>"#;
    let world = r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>"#;
    let structure = format!("{inner}{world}{inside}</volume>");
    let define = r#"<position name="far" x="10" unit="cm"/>"#;
    let detector = read(&Text { define, structure: structure.leak(), ..Text::default() });
    let x =
        |name: &str| detector.placements.iter().find(|p| p.name == name).unwrap().transform.translation_mm[0];
    assert_eq!((x("a"), x("b")), (50.0, 100.0));
}
