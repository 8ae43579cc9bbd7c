//! `g4opticks info`

use std::path::{Path, PathBuf};

use cfg4::gdml::DEFAULT_GEOMETRY;
use serde_json::Value;

use crate::command::g4opticks;

/// Four crystals of two kinds in an air world; one surface around the first kind, one at a border, one nowhere.
const CRYSTALS: &str = r#"<gdml>
 <define>
  <matrix name="n" coldim="2" values="2*eV 1.5 4*eV 1.6"/>
  <matrix name="eff" coldim="2" values="2*eV 0.1 4*eV 0.3"/>
  <matrix name="len" coldim="2" values="2*eV 10*m 4*eV 2*m"/>
 </define>
 <materials>
  <element name="Lead" formula="Pb" Z="82"><atom value="207.2"/></element>
  <element name="Fluorine" formula="F" Z="9"><atom value="18.998"/></element>
  <material name="PbF2" state="solid">
   <property name="RINDEX" ref="n"/><property name="ABSLENGHT" ref="len"/><property name="MYSTERY" ref="n"/>
   <property name="PERMITTIVITY" ref="len"/>
   <D value="7.77" unit="g/cm3"/><fraction n="0.845" ref="Lead"/><fraction n="0.155" ref="Fluorine"/>
  </material>
 </materials>
 <solids>
  <box name="WorldBox" x="1" y="1" z="1" lunit="m"/>
  <box name="CrystalBox" x="30" y="30" z="180" lunit="mm"/>
  <tube name="Window" rmin="0" rmax="5" z="2" startphi="0" deltaphi="90" aunit="deg" lunit="mm"/>
  <opticalsurface name="Wrap" model="unified" finish="ground" type="dielectric_metal" value="0.1">
   <property name="EFFICIENCY" ref="eff"/>
  </opticalsurface>
  <opticalsurface name="Glue" model="glisur" finish="polished" type="dielectric_dielectric" value="1"/>
  <opticalsurface name="Spare" model="glisur" finish="polished" type="dielectric_metal" value="1"/>
 </solids>
 <structure>
  <volume name="WindowVolume"><materialref ref="PbF2"/><solidref ref="Window"/></volume>
  <volume name="Crystal"><materialref ref="PbF2"/><solidref ref="CrystalBox"/>
   <physvol name="w0"><volumeref ref="WindowVolume"/></physvol>
   <physvol name="w1"><volumeref ref="WindowVolume"/><position name="p" x="12" unit="mm"/></physvol>
  </volume>
  <volume name="World"><materialref ref="G4_AIR"/><solidref ref="WorldBox"/>
   <physvol name="c0" copynumber="0"><volumeref ref="Crystal"/></physvol>
   <physvol name="c1" copynumber="1"><volumeref ref="Crystal"/><position name="q" x="100" unit="mm"/></physvol>
   <physvol name="c2" copynumber="2"><volumeref ref="Crystal"/><position name="r" x="200" unit="mm"/></physvol>
  </volume>
  <skinsurface name="wrapping" surfaceproperty="Wrap"><volumeref ref="WindowVolume"/></skinsurface>
  <bordersurface name="glued" surfaceproperty="Glue"><physvolref ref="c0"/><physvolref ref="c1"/></bordersurface>
 </structure>
 <setup name="Default" version="1.0"><world ref="World"/></setup>
</gdml>"#;

fn file(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("detector.gdml");
    std::fs::write(&path, text).unwrap();
    path
}

fn json(gdml: &Path) -> Value {
    let answer = g4opticks(["info", gdml.to_str().unwrap(), "--json"]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).unwrap()
}

#[test]
fn the_default_detector_has_five_sensors() {
    let folder = tempfile::tempdir().unwrap();
    let summary = json(&file(folder.path(), DEFAULT_GEOMETRY));
    assert_eq!((&summary["counts"]["sensors"], &summary["counts"]["placements"]), (&5.into(), &7.into()));
    assert_eq!(summary["tree"][0]["depth"], 0);
    assert_eq!(summary["tree"].as_array().unwrap().len(), 3, "five discs share a line");
}

#[test]
fn copies_of_copies_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let summary = json(&file(folder.path(), CRYSTALS));
    let counts = &summary["counts"];
    assert_eq!(
        (&counts["placements"], &counts["touchables"], &counts["sensors"]),
        (&6.into(), &10.into(), &6.into())
    );
    let sensor = &summary["sensors"][0];
    assert_eq!((&sensor["volume"], &sensor["touchables"]), (&"WindowVolume".into(), &6.into()));
    assert_eq!((&sensor["efficiency"][0], &sensor["efficiency"][1]), (&0.1.into(), &0.3.into()));
    assert_eq!(summary["surfaces"][1]["places"][0]["border"]["to"], "c1");
}

#[test]
fn a_border_out_to_the_mother_makes_the_daughter_a_sensor() {
    let folder = tempfile::tempdir().unwrap();
    let skin = r#"<skinsurface name="wrapping" surfaceproperty="Wrap"><volumeref ref="WindowVolume"/></skinsurface>"#;
    for (from, to) in [("w0", "c1"), ("c1", "w0")] {
        let border = format!(
            r#"<bordersurface name="b" surfaceproperty="Wrap"><physvolref ref="{from}"/><physvolref ref="{to}"/></bordersurface>"#
        );
        let summary = json(&file(folder.path(), &CRYSTALS.replace(skin, &border)));
        assert_eq!(summary["counts"]["sensors"], 1, "the window w0 in the crystal c1 alone");
        assert_eq!(summary["sensors"][0]["volume"], "WindowVolume");
    }
}

#[test]
fn the_text_tells_what_is_odd() {
    let folder = tempfile::tempdir().unwrap();
    let answer = g4opticks(["info", file(folder.path(), CRYSTALS).to_str().unwrap()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let expected = [
        "c0 .. c2 x3 #0..2: Crystal, box 30 x 30 x 180 mm, PbF2",
        "w0 .. w1 x2 #0: WindowVolume, tube r 0..5 mm, length 2 mm, phi 0..90 deg, PbF2",
        "PbF2: 7.77 g/cm3, 2 volumes, Lead 84.5 %, Fluorine 15.5 %",
        "NOT USED: is ABSLENGTH meant?",
        "NOT USED by this simulation, though Geant4 does",
        "2 points, 2 .. 4 eV (619.9 .. 310 nm)",
        "border c0 -> c1",
        "skin of WindowVolume",
        "nowhere",
        "WindowVolume: 6 with surface Wrap, EFFICIENCY 0.1 .. 0.3",
    ];
    for words in expected {
        assert!(answer.stdout.contains(words), "{words} in\n{}", answer.stdout);
    }
    let line_of = |name: &str| answer.stdout.lines().find(|line| line.contains(name)).unwrap_or("");
    assert!(line_of("MYSTERY").ends_with("NOT USED by the simulation"), "{}", line_of("MYSTERY"));
    assert!(answer.stdout.lines().all(|line| !line.ends_with(' ')));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let broken = file(folder.path(), &CRYSTALS.replace("ref=\"CrystalBox\"", "ref=\"NoBox\""));
    for gdml in [broken.as_path(), Path::new("no_such.gdml"), folder.path()] {
        let answer = g4opticks(["info", gdml.to_str().unwrap(), "--json"]);
        assert_eq!((answer.code, answer.stdout.as_str()), (Some(1), ""), "{}", gdml.display());
        assert!(answer.stderr.starts_with("error: "), "{}", answer.stderr);
    }
    let answer = g4opticks(["info", broken.to_str().unwrap()]);
    assert!(answer.stderr.contains("NoBox") && answer.stderr.contains("detector.gdml:"), "{}", answer.stderr);
}
