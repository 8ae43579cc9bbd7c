//! Replicas and parameterised volumes: every copy counts, and few are looked at.

use super::{Detector, audit};

const SOLIDS: &str = r#"<box name="pad" x="500" y="500" z="10"/><box name="row" x="500" y="0.5" z="10"/>
<box name="cell" x="0.5" y="0.5" z="10"/><box name="core" x="0.4" y="0.4" z="8"/>"#;

fn replicas(of: &str, axis: &str) -> String {
    format!(
        r#"<replicavol number="1000"><volumeref ref="{of}"/><replicate_along_axis><direction {axis}="1"/>
<width value="0.5" unit="mm"/><offset value="0" unit="mm"/></replicate_along_axis></replicavol>"#
    )
}

fn volume(name: &str, solid: &str, content: &str) -> String {
    format!(r#"<volume name="{name}"><materialref ref="Glass"/><solidref ref="{solid}"/>{content}</volume>"#)
}

/// A million sensors. Each of 1000 rows touches the pad and each of 1000 cells its row, with two faces at least; of either
/// 999 pairs lie face to face.
#[test]
fn a_million_copies_are_counted() {
    let volumes = [
        volume("Core", "core", ""),
        volume("Cell", "cell", r#"<physvol name="core"><volumeref ref="Core"/></physvol>"#),
        volume("Row", "row", &replicas("Cell", "x")),
        volume("Pad", "pad", &replicas("Row", "y")),
    ];
    let solids = format!("{}{SOLIDS}", super::CATHODE);
    let placed = format!(r#"<physvol name="pad"><volumeref ref="Pad"/></physvol>{}"#, super::PLACED);
    let after = r#"<skinsurface name="k" surfaceproperty="Cathode"><volumeref ref="Core"/></skinsurface>"#;
    let text =
        Detector { properties: "", solids: &solids, volumes: &volumes.concat(), placed: &placed, after }
            .text();
    let audited = audit(&text, &[]);
    assert_eq!(audited.answer.code, Some(0), "{}", audited.answer.stderr);
    let sensors = &audited.only("sensor", "exact")["numbers"];
    assert_eq!((sensors["sensors"].as_f64(), sensors["unreachable"].as_f64()), (Some(1e6), Some(0.0)));
    let faces = &audited.only("coincidence", "note")["numbers"];
    assert_eq!(
        (faces["with_mother"].as_f64(), faces["between_sisters"].as_f64()),
        (Some(2000.0), Some(1998.0))
    );
    assert_eq!(
        audited.only("overlap", "exact")["numbers"]["placements"],
        2003.0,
        "rows, cells, core, pad, sensor"
    );
}

/// Copies of another size than the volume's own solid, of which two overlap by 1 mm.
#[test]
fn parameterised_copies_that_overlap_are_named_by_their_numbers() {
    let copy = |number: u32, x: f64| {
        format!(
            r#"<parameters number="{number}"><position name="at{number}" x="{x}" unit="mm"/>
<box_dimensions x="10" y="10" z="10" lunit="mm"/></parameters>"#
        )
    };
    let copies = [copy(1, -30.0), copy(2, 0.0), copy(3, 9.0)].concat();
    let content = format!(
        r#"<paramvol ncopies="3"><volumeref ref="Block"/><parameterised_position_size>{copies}</parameterised_position_size></paramvol>"#
    );
    let volumes = volume("Holder", "holder", &content);
    let solids = format!(r#"{}<box name="holder" x="100" y="30" z="30"/>"#, super::CATHODE);
    let placed = format!(r#"<physvol name="h"><volumeref ref="Holder"/></physvol>{}"#, super::PLACED);
    let text = Detector { solids: &solids, volumes: &volumes, placed: &placed, ..Detector::CLEAN }.text();
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("page.html");
    let audited = audit(&text, &["--html", page.to_str().unwrap()]);
    assert_eq!(audited.answer.code, Some(0), "{}", audited.answer.stderr);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("Red stripes: volumes overlap, "), "the copies are drawn with their own solids");
    let overlap = audited.only("overlap", "warning");
    let subject = overlap["subject"].as_str().unwrap();
    assert!(subject.contains("#1") && subject.contains("#2") && subject.contains("in Holder"), "{subject}");
    let depth = overlap["numbers"]["depth_mm"].as_f64().unwrap();
    assert!((depth - 1.0).abs() < 0.01, "boxes of 10 mm at a distance of 9 mm: {depth}");
}

/// Arrays that fill their mother share faces and no space, whether their copies detect or not.
#[test]
fn arrays_that_fit_have_no_overlap() {
    let replica = r#"<replicavol number="5"><volumeref ref="Slice"/><replicate_along_axis><direction x="1"/>
<width value="20" unit="mm"/><offset value="0" unit="mm"/></replicate_along_axis></replicavol>"#;
    let division = r#"<divisionvol axis="kXAxis" number="5" width="20" offset="0" unit="mm"><volumeref ref="Slice"/></divisionvol>"#;
    let copy = |number: i32| {
        format!(
            r#"<parameters number="{number}"><position name="at{number}" x="{}" unit="mm"/>
<box_dimensions x="20" y="30" z="30" lunit="mm"/></parameters>"#,
            20 * (number - 3)
        )
    };
    let copies: String = (1..=5).map(copy).collect();
    let parameterised = format!(
        r#"<paramvol ncopies="5"><volumeref ref="Slice"/><parameterised_position_size>{copies}</parameterised_position_size></paramvol>"#
    );
    let solids = format!(
        r#"{}<box name="holder" x="100" y="30" z="30"/><box name="slice" x="20" y="30" z="30"/>"#,
        super::CATHODE
    );
    let placed = format!(r#"<physvol name="h"><volumeref ref="Holder"/></physvol>{}"#, super::PLACED);
    let skin = r#"<skinsurface name="k" surfaceproperty="Cathode"><volumeref ref="Slice"/></skinsurface>"#;
    for content in [replica, division, &parameterised] {
        let volumes = [volume("Slice", "slice", ""), volume("Holder", "holder", content)].concat();
        for (after, sensors) in [(super::SKIN.to_owned(), 1.0), (format!("{}{skin}", super::SKIN), 6.0)] {
            let text = Detector {
                properties: "",
                solids: &solids,
                volumes: &volumes,
                placed: &placed,
                after: &after,
            }
            .text();
            let audited = audit(&text, &["--samples", "200"]);
            assert_eq!(audited.answer.code, Some(0), "{content}: {}", audited.answer.stderr);
            audited.only("overlap", "exact");
            let faces = &audited.only("coincidence", "note")["numbers"];
            assert_eq!(
                (&faces["with_mother"], &faces["between_sisters"]),
                (&5.0.into(), &4.0.into()),
                "{content}"
            );
            let found = audited.of("sensor").into_iter().filter_map(|f| f["numbers"]["sensors"].as_f64());
            assert_eq!(found.sum::<f64>(), sensors, "{content}");
        }
    }
}
