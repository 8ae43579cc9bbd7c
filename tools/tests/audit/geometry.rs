//! Overlaps and coincident faces.

use super::{Detector, audit, pair};

/// Blocks of 20 mm so far apart.
fn blocks(x: [f64; 2]) -> String {
    Detector { placed: &pair("Block", x), ..Detector::CLEAN }.text()
}

#[test]
fn sisters_that_overlap_are_named_with_the_depth() {
    let audited = audit(&blocks([0.0, 19.0]), &["--strict"]);
    let overlap = audited.only("overlap", "warning");
    assert_eq!(overlap["subject"].as_str().map(|s| s.contains("v0 #0") && s.contains("v1 #1")), Some(true));
    let depth = overlap["numbers"]["depth_mm"].as_f64().unwrap();
    assert!((depth - 1.0).abs() < 0.01, "blocks of 20 mm at a distance of 19 mm: {depth}");
    assert_eq!(audited.graded(&super::BAD).len(), 1);
    assert_eq!(audited.answer.code, Some(1));
    assert_eq!(audit(&blocks([0.0, 19.0]), &[]).answer.code, Some(0), "a warning is none without --strict");
    assert_eq!(audit(&blocks([0.0, 19.0]), &["--strict", "--tolerance", "2"]).answer.code, Some(0));
}

#[test]
fn a_volume_that_is_placed_twice_overlaps_in_all_of_it() {
    let audited = audit(&blocks([0.0, 0.0]), &[]);
    let depth = audited.only("overlap", "warning")["numbers"]["depth_mm"].as_f64().unwrap();
    assert!(
        (9.0..10.01).contains(&depth),
        "the ball in a cube of 20 mm, as near to its middle as points are: {depth}"
    );
}

#[test]
fn a_small_volume_inside_a_sister_is_found() {
    let placed = r#"<physvol name="out"><volumeref ref="Block"/></physvol><physvol name="in"><volumeref ref="Small"/></physvol>"#;
    let solids = format!(r#"{}<orb name="small" r="2"/>"#, super::CATHODE);
    let volumes = r#"<volume name="Small"><materialref ref="Glass"/><solidref ref="small"/></volume>"#;
    let placed = format!("{placed}{}", super::PLACED);
    let text = Detector { solids: &solids, volumes, placed: &placed, ..Detector::CLEAN }.text();
    let audited = audit(&text, &[]);
    let depth = audited.only("overlap", "warning")["numbers"]["depth_mm"].as_f64().unwrap();
    // The surface of the orb lies 8 to 10 mm deep in the block: the faces are 10 mm off, the orb reaches 2 mm out.
    assert!((7.99..10.01).contains(&depth), "{depth}");
}

#[test]
fn a_daughter_that_sticks_out_of_its_mother_is_named() {
    let audited = audit(&blocks([0.0, 492.0]), &[]);
    let overlap = audited.only("overlap", "warning");
    assert_eq!(overlap["subject"], "v1 #1 in World");
    let depth = overlap["numbers"]["depth_mm"].as_f64().unwrap();
    assert!((depth - 2.0).abs() < 0.01, "the world ends at 500, the block at 502 mm: {depth}");
}

#[test]
fn faces_that_touch_are_counted_and_are_no_overlap() {
    let audited = audit(&blocks([470.0, 490.0]), &["--strict"]);
    let touching = audited.only("coincidence", "note");
    assert_eq!(touching["numbers"]["between_sisters"], 1.0);
    assert_eq!(touching["numbers"]["with_mother"], 1.0);
    assert_eq!(audited.answer.code, Some(0), "{:#}", audited.json);
    assert!(audit(&blocks([0.0, 30.0]), &[]).of("coincidence").is_empty());
}

#[test]
fn turned_volumes_overlap_at_their_corners() {
    let turned = r#"<physvol name="a"><volumeref ref="Block"/></physvol><physvol name="b"><volumeref ref="Block"/>
<position name="pb" x="24" unit="mm"/><rotation name="rb" z="45" unit="deg"/></physvol>"#;
    let apart = turned.replace("x=\"24\"", "x=\"24.2\"");
    let text = |placed: &str| {
        let placed = format!("{placed}{}", super::PLACED);
        Detector { placed: &placed, ..Detector::CLEAN }.text()
    };
    let audited = audit(&text(turned), &["--samples", "20000"]);
    let depth = audited.only("overlap", "warning")["numbers"]["depth_mm"].as_f64().unwrap();
    let law = 10.0 + 10.0 * 2.0_f64.sqrt() - 24.0;
    assert!(depth > 0.6 * law && depth < law + 0.01, "the corner reaches {law} mm: {depth}");
    assert!(audit(&text(&apart), &["--samples", "20000"]).graded(&["warning"]).is_empty());
}

#[test]
fn many_pairs_of_a_kind_are_one_line() {
    let mut placed = String::from(super::PLACED);
    for i in 0..10 {
        placed += &format!(
            r#"<physvol name="c{i}" copynumber="{i}"><volumeref ref="Block"/><position name="c{i}" y="{}" unit="mm"/></physvol>"#,
            19.5 * f64::from(i)
        );
    }
    let audited = audit(&Detector { placed: &placed, ..Detector::CLEAN }.text(), &[]);
    let overlap = audited.only("overlap", "warning");
    assert_eq!(overlap["numbers"]["pairs"], 9.0);
    let depth = overlap["numbers"]["depth_mm"].as_f64().unwrap();
    assert!((depth - 0.5).abs() < 0.01, "{depth}");
}

/// A cell of 60 mm of which a plate of 30 mm, flush with two of its faces, sticks out by 29 to 30 mm at points of its end.
#[test]
fn a_face_in_the_plane_of_the_mother_s_does_not_lengthen_what_sticks_out() {
    let solids = format!(
        r#"{}<box name="cell" x="60" y="60" z="60" lunit="mm"/><box name="long" x="60" y="60" z="30" lunit="mm"/>"#,
        super::CATHODE
    );
    let volumes = r#"<volume name="Long"><materialref ref="Glass"/><solidref ref="long"/></volume>
<volume name="Cell"><materialref ref="Glass"/><solidref ref="cell"/>
<physvol name="l"><volumeref ref="Long"/><position name="pl" x="30" unit="mm"/></physvol></volume>"#;
    let placed = format!(r#"<physvol name="c"><volumeref ref="Cell"/></physvol>{}"#, super::PLACED);
    let text = Detector { solids: &solids, volumes, placed: &placed, ..Detector::CLEAN }.text();
    let audited = audit(&text, &[]);
    let overlap = audited.only("overlap", "warning");
    let depth = overlap["numbers"]["depth_mm"].as_f64().unwrap();
    assert!((29.0..30.01).contains(&depth), "the cell ends at 30, the plate at 60 mm: {depth}");
}
