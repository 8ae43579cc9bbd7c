//! Materials that stop light, and sensors that it cannot reach.

use super::{Detector, PLACED, SKIN, audit};

const STEEL: &str = r#"<volume name="Bar"><materialref ref="Steel"/><solidref ref="block"/></volume>"#;
const BAR: &str = r#"<physvol name="bar"><volumeref ref="Bar"/></physvol>"#;

fn with_bar(after: &str) -> String {
    let placed = format!("{BAR}{PLACED}");
    let after = format!("{SKIN}{after}");
    Detector { volumes: STEEL, placed: &placed, after: &after, ..Detector::CLEAN }.text()
}

#[test]
fn a_material_without_rindex_that_light_meets_is_named() {
    let audited = audit(&with_bar(""), &[]);
    let dark = audited.only("dark_material", "warning");
    assert_eq!(dark["subject"], "Steel");
    assert!(dark["message"].as_str().unwrap().contains("where World meets Bar"), "{dark}");
    assert_eq!(audited.graded(&super::BAD).len(), 1);
}

#[test]
fn a_metal_surface_keeps_light_from_it() {
    let skin = r#"<skinsurface name="k" surfaceproperty="Cathode"><volumeref ref="Bar"/></skinsurface>"#;
    for model in ["opticks", "geant4"] {
        let audited = audit(&with_bar(skin), &["--surface-model", model]);
        assert_eq!(audited.graded(&super::BAD), [""; 0], "{model}");
    }
}

#[test]
fn a_material_that_light_cannot_reach_is_not_named() {
    let volumes = r#"<volume name="Core"><materialref ref="Steel"/><solidref ref="core"/></volume>
<volume name="Bar"><materialref ref="Steel"/><solidref ref="block"/><physvol name="core"><volumeref ref="Core"/></physvol></volume>"#;
    let solids = format!(r#"{}<orb name="core" r="5"/>"#, super::CATHODE);
    let skin = r#"<skinsurface name="k" surfaceproperty="Cathode"><volumeref ref="Bar"/></skinsurface>"#;
    let (placed, after) = (format!("{BAR}{PLACED}"), format!("{SKIN}{skin}"));
    let text =
        Detector { solids: &solids, volumes, placed: &placed, after: &after, ..Detector::CLEAN }.text();
    assert_eq!(audit(&text, &[]).graded(&super::BAD), [""; 0]);
}

#[test]
fn light_that_is_made_in_the_dark_is_named() {
    let text = with_bar("").replace(
        r#"<material name="Steel" Z="26">"#,
        r#"<material name="Steel" Z="26"><property name="SCINTILLATIONYIELD" ref="one"/>"#,
    );
    let findings = audit(&text, &[]);
    let messages: Vec<_> = findings.of("dark_material").iter().map(|f| f["message"].to_string()).collect();
    assert!(messages.iter().any(|m| m.contains("SCINTILLATIONYIELD but no RINDEX")), "{messages:?}");
}

/// A block in the world, with a border between the two.
fn border(from: &str, to: &str) -> String {
    let placed = r#"<physvol name="b0"><volumeref ref="Block"/></physvol>"#;
    let after = format!(
        r#"<bordersurface name="b" surfaceproperty="Cathode"><physvolref ref="{from}"/><physvolref ref="{to}"/></bordersurface>"#
    );
    Detector { placed, after: &after, ..Detector::CLEAN }.text()
}

#[test]
fn sensors_that_light_reaches_are_fine() {
    for (from, to) in [("World_PV", "b0"), ("b0", "World_PV")] {
        let audited = audit(&border(from, to), &["--strict"]);
        assert_eq!(audited.only("sensor", "exact")["numbers"]["sensors"], 1.0);
        assert_eq!(audited.answer.code, Some(0));
    }
}

#[test]
fn a_sensor_behind_a_border_the_wrong_way_round_is_named() {
    // Out of steel no photon comes, and into it the border does not act.
    let text = border("b0", "World_PV").replace(
        r#"<volume name="Block"><materialref ref="Glass"/>"#,
        r#"<volume name="Block"><materialref ref="Steel"/>"#,
    );
    let audited = audit(&text, &[]);
    let sensor = audited.only("sensor", "warning");
    assert_eq!(
        (&sensor["numbers"]["sensors"], &sensor["numbers"]["unreachable"]),
        (&1.0.into(), &1.0.into())
    );
    assert!(sensor["message"].as_str().unwrap().contains("World_PV#0/b0#0"), "{sensor}");
}

#[test]
fn a_sensor_inside_steel_is_named() {
    let volumes = r#"<volume name="Bar"><materialref ref="Steel"/><solidref ref="block"/>
<physvol name="s1"><volumeref ref="Hidden"/></physvol></volume>"#;
    let hidden = r#"<volume name="Hidden"><materialref ref="Steel"/><solidref ref="small"/></volume>"#;
    let solids = format!(r#"{}<box name="small" x="2" y="2" z="2"/>"#, super::CATHODE);
    let skin = r#"<skinsurface name="h" surfaceproperty="Cathode"><volumeref ref="Hidden"/></skinsurface>"#;
    let (placed, after) = (format!("{BAR}{PLACED}"), format!("{SKIN}{skin}"));
    let volumes = format!("{hidden}{volumes}");
    let text =
        Detector { solids: &solids, volumes: &volumes, placed: &placed, after: &after, ..Detector::CLEAN }
            .text();
    let audited = audit(&text, &[]);
    assert_eq!(audited.only("sensor", "warning")["subject"], "Hidden");
    assert_eq!(audited.only("sensor", "exact")["subject"], "Sensor");
}

#[test]
fn a_detector_that_detects_nothing_says_so() {
    let text = Detector { after: "", ..Detector::CLEAN }.text();
    assert_eq!(audit(&text, &[]).only("sensor", "warning")["subject"], "sensors");
}

/// Times of reemission are constants of a process that Geant4 has not, and that only materials with REEMISSIONPROB have.
#[test]
fn properties_of_reemission_are_notes() {
    let times = r#"<property name="ReemissionFASTTIMECONSTANT" ref="fast"/><property name="ReemissionYIELDRATIO" ref="fast"/>
<property name="SCINTILLATIONCOMPONENT1" ref="quarter"/>"#;
    let lines = |properties: &str| -> Vec<String> {
        let text = Detector { properties, ..Detector::CLEAN }.text();
        let fast = r#"<matrix name="fast" coldim="2" values="-1*MeV 0.5 1*MeV 0.5"/></define>"#;
        let audited = audit(&text.replace("</define>", fast), &["--samples", "10"]);
        assert_eq!(audited.answer.code, Some(0), "{:#}", audited.json);
        let lines = audited.of("property").into_iter().map(|f| {
            format!(
                "{} {}: {}",
                f["grade"].as_str().unwrap(),
                f["subject"].as_str().unwrap(),
                f["message"].as_str().unwrap()
            )
        });
        lines.filter(|line| line.contains("Reemission") || line.contains("COMPONENT1")).collect()
    };
    let with = lines(&format!(r#"{times}<property name="REEMISSIONPROB" ref="quarter"/>"#));
    let without = lines(times);
    assert_eq!((with.len(), without.len()), (3, 3));
    for line in with.iter().chain(&without).filter(|line| line.contains("Reemission")) {
        assert!(line.starts_with("note") && !line.contains("eV"), "{line}");
    }
    let component =
        |lines: &[String]| lines.iter().find(|line| line.contains("COMPONENT1")).cloned().unwrap();
    assert!(component(&with).contains("used by scintillation, reemission"), "{with:?}");
    assert!(!component(&without).contains("reemission"), "{without:?}");
}
