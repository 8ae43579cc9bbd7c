//! `g4opticks audit`: each fault in a tiny detector that has no other, and none in one that has none.

mod arrays;
mod geometry;
mod light;
mod refused;
mod surfaces;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::command::{Answer, g4opticks};

/// A detector of glass in air. `{…}` are filled in: properties of the glass, more solids and surfaces, what is placed in
/// the world, and where surfaces lie.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Detector<'a> {
    pub(super) properties: &'a str,
    pub(super) solids: &'a str,
    pub(super) volumes: &'a str,
    pub(super) placed: &'a str,
    pub(super) after: &'a str,
}

/// A detecting surface that reflects nothing, the same in both models, around `Sensor`.
pub(super) const CATHODE: &str = r#"<opticalsurface name="Cathode" model="glisur" finish="polished" type="dielectric_metal" value="1">
<property name="EFFICIENCY" ref="quarter"/><property name="REFLECTIVITY" ref="zero"/></opticalsurface>"#;
/// The skin of `Sensor`.
pub(super) const SKIN: &str =
    r#"<skinsurface name="skin" surfaceproperty="Cathode"><volumeref ref="Sensor"/></skinsurface>"#;
/// A sensor far from everything.
pub(super) const PLACED: &str = r#"<physvol name="s0" copynumber="7"><volumeref ref="Sensor"/><position name="ps" x="-300" unit="mm"/></physvol>"#;

impl Detector<'_> {
    /// One with a sensor and nothing wrong.
    pub(super) const CLEAN: Detector<'static> =
        Detector { properties: "", solids: CATHODE, volumes: "", placed: PLACED, after: SKIN };

    pub(super) fn text(&self) -> String {
        let Detector { properties, solids, volumes, placed, after } = self;
        format!(
            r#"<gdml><define>
<matrix name="air" coldim="2" values="1*eV 1.0003 8*eV 1.0003"/><matrix name="glass" coldim="2" values="1*eV 1.5 8*eV 1.5"/>
<matrix name="quarter" coldim="2" values="1*eV 0.25 8*eV 0.25"/><matrix name="zero" coldim="2" values="1*eV 0 8*eV 0"/>
<matrix name="one" coldim="2" values="1*eV 1 8*eV 1"/>
</define><materials>
<material name="Air" Z="7"><property name="RINDEX" ref="air"/><D value="0.0012"/><atom value="14"/></material>
<material name="Glass" Z="14"><property name="RINDEX" ref="glass"/>{properties}<D value="2.2"/><atom value="28"/></material>
<material name="Steel" Z="26"><D value="7.9"/><atom value="55.8"/></material>
</materials><solids>
<box name="world" x="1" y="1" z="1" lunit="m"/><box name="block" x="20" y="20" z="20" lunit="mm"/>
<box name="plate" x="2" y="20" z="20" lunit="mm"/>{solids}
</solids><structure>
<volume name="Block"><materialref ref="Glass"/><solidref ref="block"/></volume>
<volume name="Sensor"><materialref ref="Glass"/><solidref ref="plate"/></volume>{volumes}
<volume name="World"><materialref ref="Air"/><solidref ref="world"/>{placed}</volume>{after}
</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
        )
    }
}

/// Two of a kind at these places along x, mm.
pub(super) fn pair(volume: &str, x: [f64; 2]) -> String {
    let place = |i: usize| {
        format!(
            r#"<physvol name="v{i}" copynumber="{i}"><volumeref ref="{volume}"/><position name="q{i}" x="{}" unit="mm"/></physvol>"#,
            x[i]
        )
    };
    place(0) + &place(1) + PLACED
}

/// What an audit says of a text.
pub(super) struct Audited {
    pub(super) answer: Answer,
    pub(super) json: Value,
}

/// Audits, with these arguments beside the file.
pub(super) fn audit(text: &str, args: &[&str]) -> Audited {
    let folder = tempfile::tempdir().unwrap();
    let file = write(folder.path(), text);
    let words = [&["audit", file.to_str().unwrap(), "--json"], args].concat();
    let answer = g4opticks(words);
    let json = serde_json::from_str(&answer.stdout).unwrap();
    Audited { answer, json }
}

pub(super) fn write(folder: &Path, text: &str) -> PathBuf {
    let file = folder.join("detector.gdml");
    std::fs::write(&file, text).unwrap();
    file
}

impl Audited {
    /// The findings of a check.
    pub(super) fn of(&self, check: &str) -> Vec<&Value> {
        self.json["findings"].as_array().unwrap().iter().filter(|f| f["check"] == check).collect()
    }

    /// The only finding of a check that is of a grade.
    #[track_caller]
    pub(super) fn only(&self, check: &str, grade: &str) -> &Value {
        let found: Vec<&Value> = self.of(check).into_iter().filter(|f| f["grade"] == grade).collect();
        assert_eq!(found.len(), 1, "{check} {grade}: {found:#?} of {:#}", self.json);
        found[0]
    }

    /// Findings of these grades, as `check: subject`.
    pub(super) fn graded(&self, grades: &[&str]) -> Vec<String> {
        let all = self.json["findings"].as_array().unwrap().iter();
        let wanted = all.filter(|f| grades.iter().any(|grade| f["grade"] == *grade));
        wanted
            .map(|f| format!("{}: {}", f["check"].as_str().unwrap(), f["subject"].as_str().unwrap()))
            .collect()
    }
}

const BAD: [&str; 3] = ["approximated", "warning", "refused"];

#[test]
fn a_clean_detector_passes_strictly_in_both_models() {
    for model in ["opticks", "geant4"] {
        let audited = audit(&Detector::CLEAN.text(), &["--strict", "--surface-model", model]);
        assert_eq!(audited.graded(&BAD), [""; 0], "{model}");
        assert_eq!(audited.answer.code, Some(0), "{model}");
    }
}

#[test]
fn there_is_a_line_for_each_solid_surface_and_property() {
    let audited = audit(&Detector::CLEAN.text(), &[]);
    let count = |check| audited.of(check).len();
    assert_eq!((count("solid"), count("surface"), count("property")), (3, 1, 4));
    let block = audited.of("solid").into_iter().find(|f| f["subject"] == "block").unwrap();
    let bound = block["numbers"]["bound_mm"].as_f64().unwrap();
    assert!((bound / (10.0 * 5e-7) - 1.0).abs() < 1e-6, "largest coordinate times 5e-7: {bound}");
    assert_eq!(block["numbers"]["off_part"], 0.0);
}

#[test]
fn the_page_holds_everything_and_escapes_names() {
    let folder = tempfile::tempdir().unwrap();
    let text = Detector::CLEAN.text().replace("\"Cathode\"", "\"&lt;b&gt;Cathode\"");
    let (file, page) = (write(folder.path(), &text), folder.path().join("audit.html"));
    let answer = g4opticks(["audit".as_ref(), file.as_os_str(), "--html".as_ref(), page.as_os_str()]);
    assert_eq!(answer.code, Some(0), "{}", answer.stderr);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("&lt;b&gt;Cathode") && !page.contains("<b>Cathode"), "names are escaped");
    assert_eq!(page.matches("data:image/png;base64,").count(), 4, "from outside, and cut in x, y and z");
    for words in ["From above and in front", "in the plane x = ", "in the plane y = ", "in the plane z = "] {
        assert!(page.contains(words), "{words}");
    }
    assert!(page.contains("off part: the share"), "numbers are explained");
    assert!(page.contains("Coincident") || page.contains("Overlaps"));
    assert!(!page.contains("<script") && !page.contains("<link"), "one file");
    assert!(answer.stdout.ends_with("exact)\n"), "{}", answer.stdout);
}

#[test]
fn the_same_seed_gives_the_same_report() {
    let text = Detector { placed: &pair("Block", [0.0, 19.0]), ..Detector::CLEAN }.text();
    let once = audit(&text, &["--seed", "5"]);
    assert_eq!(once.json["findings"], audit(&text, &["--seed", "5"]).json["findings"]);
    assert_ne!(once.json["findings"], audit(&text, &["--seed", "6"]).json["findings"]);
}
