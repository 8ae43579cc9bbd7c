//! Border surfaces between any two placements: across levels of the tree, in assemblies, in replicas; in one direction.

use optixrap::scene::{SceneData, SurfaceModel};

use super::run::{Outcome, Source, config, item, run, scene};

/// A detector of one transparent material; `structure` has the volumes, and `BORDERS` is replaced by borders that detect.
fn detector(structure: &str, borders: &[(&str, &str)]) -> SceneData {
    let border = |(i, (from, to)): (usize, &(&str, &str))| {
        format!(
            "<bordersurface name=\"border{i}\" surfaceproperty=\"detects\"><physvolref ref=\"{from}\"/><physvolref ref=\"{to}\"/></bordersurface>"
        )
    };
    let borders: String = borders.iter().enumerate().map(border).collect();
    let text = format!(
        r#"<gdml><define><matrix name="one" coldim="2" values="1*eV 1 10*eV 1"/></define>
        <materials><material name="M" Z="14"><property name="RINDEX" ref="one"/><D value="2"/><atom value="28"/></material></materials>
        <solids><box name="world" x="400" y="400" z="400"/><box name="big" x="100" y="100" z="100"/><box name="half" x="50" y="100" z="100"/>
        <box name="slice" x="20" y="100" z="100"/><orb name="orb" r="5"/>
        <opticalsurface name="detects" model="glisur" finish="polished" type="dielectric_metal" value="1"><property name="EFFICIENCY" ref="one"/></opticalsurface>
        </solids><structure>{}</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#,
        structure.replace("BORDERS", &borders)
    );
    scene(&text, SurfaceModel::Opticks)
}

fn volume(name: &str, solid: &str, content: &str) -> String {
    format!("<volume name=\"{name}\"><materialref ref=\"M\"/><solidref ref=\"{solid}\"/>{content}</volume>")
}

fn place(name: &str, volume: &str, x: f64) -> String {
    format!(
        "<physvol name=\"{name}\"><volumeref ref=\"{volume}\"/><position x=\"{x}\" y=\"0\" z=\"0\"/></physvol>"
    )
}

/// One photon along x from `x`.
fn along_x(scene: &SceneData, x: f64, sign: f64) -> Outcome {
    let source = Source::Photons(vec![item([x, 1.0, 2.0], [sign, 0.0, 0.0], [0.0, 1.0, 0.0], 430.0)]);
    run(scene, &source, &config())
}

/// Where the photon is detected, and at which sensor; `None` where it leaves the world.
fn detected(scene: &SceneData, x: f64, sign: f64) -> Option<(f32, u32)> {
    let ours = along_x(scene, x, sign);
    let sensor = ours.summary.hits_per_sensor.keys().next().copied();
    ours.hits.first().map(|hit| (hit.0[0], sensor.unwrap_or_default()))
}

/// `Inner` fills the right half of `Left`, whose right face is the left one of `Right`.
fn levels(borders: &[(&str, &str)]) -> SceneData {
    let structure = [
        volume("Inner", "half", ""),
        volume("Left", "big", &place("inner", "Inner", 25.0)),
        volume("Right", "big", ""),
        volume("World", "world", &(place("left", "Left", -50.0) + &place("right", "Right", 50.0))),
        "BORDERS".to_owned(),
    ];
    detector(&structure.concat(), borders)
}

#[test]
fn a_border_lies_between_volumes_of_different_levels() {
    let scene = levels(&[("inner", "right")]);
    assert_eq!(scene.num_sensors(), 1);
    assert_eq!(detected(&scene, -150.0, 1.0), Some((0.0, 1)));
    assert_eq!(detected(&scene, 150.0, -1.0), None, "in one direction only");
    assert_eq!(detected(&levels(&[("right", "inner")]), 150.0, -1.0), Some((0.0, 1)));
    // The mother is not met where its face is that of its daughter.
    assert_eq!(detected(&levels(&[("left", "right")]), -150.0, 1.0), None);
    assert_eq!(detected(&levels(&[("left", "inner")]), -150.0, 1.0), Some((-50.0, 1)));
    assert_eq!(detected(&levels(&[("inner", "left")]), 150.0, -1.0), Some((-50.0, 1)));
    assert_eq!(detected(&levels(&[("left", "World_PV")]), 150.0, -1.0), Some((-100.0, 1)));
}

#[test]
fn light_that_leaves_for_the_grandmother_is_detected_by_what_it_leaves() {
    let structure = [
        volume("Inner", "half", ""),
        volume("Left", "big", &place("inner", "Inner", 25.0)),
        volume("World", "world", &place("left", "Left", -50.0)),
        "BORDERS".to_owned(),
    ];
    let scene = detector(&structure.concat(), &[("inner", "World_PV")]);
    assert_eq!(
        scene.source_placement(scene.sensor_node(1).unwrap()).index(),
        1,
        "the inner volume, placed first"
    );
    assert_eq!(scene.num_sensors(), 1);
    assert_eq!(detected(&scene, -150.0, 1.0), Some((0.0, 1)));
    assert_eq!(detected(&scene, 150.0, -1.0), None);
}

#[test]
fn placements_of_assemblies_have_borders() {
    let structure = [
        volume("Half", "half", ""),
        format!(
            "<assembly name=\"Pair\">{}{}</assembly>",
            place("a", "Half", -25.0),
            place("b", "Half", 25.0)
        ),
        volume("World", "world", &(place("one", "Pair", -100.0) + &place("two", "Pair", 50.0))),
        "BORDERS".to_owned(),
    ];
    let scene = detector(&structure.concat(), &[("av_1_impr_2_Half_pv_0", "av_1_impr_2_Half_pv_1")]);
    assert_eq!(detected(&scene, -190.0, 1.0), Some((50.0, 1)), "of the second imprint alone");
    assert_eq!(detected(&scene, 190.0, -1.0), None);
}

#[test]
fn a_border_of_a_replica_is_that_of_all_its_copies() {
    let replica = "<replicavol number=\"5\"><volumeref ref=\"Slice\"/><replicate_along_axis><direction x=\"1\"/><width value=\"20\"/>\
                   <offset value=\"0\"/></replicate_along_axis></replicavol>";
    let structure = [
        volume("Orb", "orb", ""),
        volume("Slice", "slice", &place("orb", "Orb", 0.0)),
        volume("Stack", "big", replica),
        volume("World", "world", &place("stack", "Stack", 0.0)),
        "BORDERS".to_owned(),
    ];
    let made = |borders: &[(&str, &str)]| detector(&structure.concat(), borders);
    let scene = made(&[("Slice_PV", "orb")]);
    assert_eq!(scene.num_sensors(), 5);
    for k in 0..5 {
        let middle = -40.0 + 20.0 * f64::from(k);
        let Some((x, sensor)) = detected(&scene, middle - 9.0, 1.0) else { panic!("copy {k}") };
        // On the orb's face, off its axis by 1 and 2 mm.
        assert!((f64::from(x) - middle + 20_f64.sqrt()).abs() < 1e-3, "copy {k}: {x}");
        assert_eq!(sensor, k + 1);
    }
    // From copy to copy, and out of the stack.
    assert_eq!(detected(&made(&[("Slice_PV", "Slice_PV")]), -42.0, 1.0).map(|hit| hit.0), Some(-30.0));
    assert_eq!(detected(&made(&[("Slice_PV", "World_PV")]), -42.0, 1.0).map(|hit| hit.0), Some(50.0));
    assert_eq!(detected(&made(&[("World_PV", "Slice_PV")]), -150.0, 1.0).map(|hit| hit.0), Some(-50.0));
}
