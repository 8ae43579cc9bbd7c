//! Replicas, divisions, parameterised volumes: numbers, frames, solids, names, and what is refused.

use cfg4::detector::{Copies, Detector, Placement, Shape};
use cfg4::gdml::{self, NoFiles};

use super::text::Text;
use super::{read, refused};

/// A mother `M` with content, in a world, and a cell `C` to fill it with.
fn text(solids: &str, content: &str) -> String {
    let structure = format!(
        "<volume name=\"C\"><materialref ref=\"Stuff\"/><solidref ref=\"cell\"/></volume>
         <volume name=\"M\"><materialref ref=\"Stuff\"/><solidref ref=\"mother\"/>{content}</volume>
         <volume name=\"World\"><materialref ref=\"Stuff\"/><solidref ref=\"big\"/>
           <physvol name=\"m\"><volumeref ref=\"M\"/></physvol></volume>"
    );
    let solids = format!("<box name=\"big\" x=\"1000\" y=\"1000\" z=\"1000\"/>{solids}");
    let text = Text { structure: structure.leak(), solids: solids.leak(), ..Text::default() };
    text.gdml()
}

fn detector(solids: &str, content: &str) -> Detector {
    gdml::read_str(&text(solids, content), "test.gdml", &NoFiles).unwrap_or_else(|error| panic!("{error}"))
}

fn repeated(detector: &Detector) -> &Placement {
    detector.placements.iter().find(|p| p.copies != Copies::Once).unwrap()
}

const BOXES: &str = r#"<box name="mother" x="100" y="60" z="80"/><box name="cell" x="20" y="60" z="80"/>"#;

fn replica(direction: &str, number: u32, width: &str, offset: &str) -> String {
    format!(
        "<replicavol number=\"{number}\"><volumeref ref=\"C\"/><replicate_along_axis><direction {direction}=\"1\"/>\
         <width {width}/><offset {offset}/></replicate_along_axis></replicavol>"
    )
}

#[test]
fn replicas_along_x_are_centred_and_numbered_from_0() {
    let detector = detector(BOXES, &replica("x", 5, r#"value="2" unit="cm""#, r#"value="3""#));
    let cells = repeated(&detector);
    assert_eq!((cells.name.as_str(), cells.number_of_copies()), ("C_PV", 5));
    let x: Vec<f64> = (0..5).map(|k| cells.transform_of_copy(k).translation_mm[0]).collect();
    assert_eq!(x, [-40.0, -20.0, 0.0, 20.0, 40.0]);
    assert_eq!(cells.copy_number_of(3), 3);
    assert!(detector.warnings.is_empty(), "{:?}", detector.warnings);
}

#[test]
fn a_replica_is_its_slice_whatever_its_solid() {
    let solids = r#"<tube name="mother" rmax="50" z="80" deltaphi="360" aunit="deg"/>
                    <tube name="cell" rmax="50" z="80" startphi="0" deltaphi="45" aunit="deg"/>"#;
    let content = replica("phi", 8, r#"value="45" unit="deg""#, r#"value="10" unit="deg""#);
    let detector = detector(solids, &content);
    let cells = repeated(&detector);
    let Copies::Regular(copies) = cells.copies else { panic!("{cells:?}") };
    let Shape::Tube { start_phi_rad, delta_phi_rad, .. } = detector.solid(copies.solid).shape else {
        panic!("{copies:?}")
    };
    assert_eq!((start_phi_rad.to_degrees(), delta_phi_rad.to_degrees()), (-22.5, 45.0));
    let middle = cells.transform_of_copy(2).apply([1.0, 0.0, 0.0]);
    let phi = middle[1].atan2(middle[0]).to_degrees();
    assert!((phi - (10.0 + 2.5 * 45.0)).abs() < 1e-9, "{phi}");
    assert_eq!(detector.warnings.len(), 1, "{:?}", detector.warnings);
}

/// What is left empty is odd, what sticks out is refused, along every axis.
#[test]
fn replicas_that_stick_out_of_their_mother_are_refused() {
    let short = detector(BOXES, &replica("x", 4, r#"value="20""#, r#"value="0""#));
    assert!(short.warnings[0].message.contains("replicas should fill it"), "{:?}", short.warnings);
    let tubes = r#"<tube name="mother" rmax="50" z="80" deltaphi="360" aunit="deg"/>
                   <tube name="cell" rmax="50" z="80" deltaphi="360" aunit="deg"/>"#;
    for (axis, number, width, part) in [
        ("z", 5, r#"value="20""#, "5 slices of 20 mm have 100 mm, the mother has 80 mm"),
        ("rho", 6, r#"value="10""#, "reach a radius of 60 mm, the mother has 50 mm"),
        ("phi", 9, r#"value="45" unit="deg""#, "rad, the mother has 6.283"),
    ] {
        let message = refused(&text(tubes, &replica(axis, number, width, r#"value="0""#))).to_string();
        assert!(message.contains("replicavol") && message.contains(part), "{message}: {part}");
    }
    let half = tubes.replacen("360", "180", 1);
    let message =
        refused(&text(&half, &replica("phi", 5, r#"value="45" unit="deg""#, r#"value="0""#))).to_string();
    assert!(message.contains("the mother has 3.14"), "{message}");
}

#[test]
fn rings_of_replicas_have_solids_of_their_own() {
    let solids = r#"<tube name="mother" rmax="50" z="80" deltaphi="360" aunit="deg"/>
                    <tube name="cell" rmin="10" rmax="20" z="80" deltaphi="360" aunit="deg"/>"#;
    let detector = detector(solids, &replica("rho", 4, r#"value="1" unit="cm""#, r#"value="10""#));
    let Copies::Each(list) = &repeated(&detector).copies else { panic!() };
    let radii: Vec<_> = list
        .iter()
        .map(|copy| match detector.solid(copy.solid).shape {
            Shape::Tube { rmin_mm, rmax_mm, .. } => (rmin_mm, rmax_mm),
            _ => panic!(),
        })
        .collect();
    assert_eq!(radii, [(10.0, 20.0), (20.0, 30.0), (30.0, 40.0), (40.0, 50.0)]);
}

/// Geant4 never asks the solid of the volume.
#[test]
fn replicas_have_the_dimensions_of_their_mother() {
    let solids = r#"<tube name="mother" rmin="10" rmax="50" z="80" deltaphi="360" aunit="deg"/>
                    <tube name="cell" rmin="20" rmax="40" z="20" deltaphi="360" aunit="deg"/>"#;
    let detector = detector(solids, &replica("z", 4, r#"value="20""#, r#"value="0""#));
    let Copies::Regular(copies) = repeated(&detector).copies else { panic!() };
    let Shape::Tube { rmin_mm, rmax_mm, half_z_mm, .. } = detector.solid(copies.solid).shape else {
        panic!()
    };
    assert_eq!((rmin_mm, rmax_mm, half_z_mm), (10.0, 50.0, 10.0));
    assert!(
        detector.warnings[0].message.contains("the slice counts, as in Geant4"),
        "{:?}",
        detector.warnings
    );
}

#[test]
fn replicas_of_a_cone_are_cones_along_z_and_are_cut_along_x() {
    let solids = r#"<cone name="mother" rmax1="50" rmax2="10" z="80" deltaphi="360" aunit="deg"/>
                    <box name="cell" x="1" y="1" z="1"/>"#;
    let along_z = detector(solids, &replica("z", 4, r#"value="20""#, r#"value="0""#));
    let Copies::Each(list) = &repeated(&along_z).copies else { panic!() };
    let radii: Vec<_> = (list.iter().map(|copy| &along_z.solid(copy.solid).shape))
        .map(|shape| {
            if let Shape::Cone { rmax1_mm, rmax2_mm, .. } = shape { (*rmax1_mm, *rmax2_mm) } else { panic!() }
        })
        .collect();
    assert_eq!(radii, [(50.0, 40.0), (40.0, 30.0), (30.0, 20.0), (20.0, 10.0)]);
    let along_x = detector(solids, &replica("x", 4, r#"value="25""#, r#"value="0""#));
    assert_eq!(repeated(&along_x).number_of_copies(), 4);
    assert!(along_x.warnings[0].message.contains("cut from their mother, a cone"), "{:?}", along_x.warnings);
}

fn division(attributes: &str) -> String {
    format!("<divisionvol {attributes}><volumeref ref=\"C\"/></divisionvol>")
}

#[test]
fn divisions_take_a_number_a_width_or_both() {
    for (attributes, number, first, step) in [
        (r#"axis="kXAxis" number="4" unit="mm""#, 4, -37.5, 25.0),
        (r#"axis="kXAxis" number="3" offset="1" unit="cm""#, 3, -25.0, 30.0),
        (r#"axis="kXAxis" width="30" unit="mm""#, 3, -35.0, 30.0),
        (r#"axis="kXAxis" width="30" offset="20" unit="mm""#, 2, -15.0, 30.0),
        (r#"name="slice" axis="kXAxis" number="2" width="5" offset="60" unit="mm""#, 2, 12.5, 5.0),
    ] {
        let detector = detector(BOXES, &division(attributes));
        let cells = repeated(&detector);
        assert_eq!(cells.number_of_copies(), number, "{attributes}");
        let x = [0, 1].map(|k| cells.transform_of_copy(k).translation_mm[0]);
        assert_eq!(x, [first, first + step], "{attributes}");
        let Copies::Regular(copies) = cells.copies else { panic!("{cells:?}") };
        let half_mm = [step / 2.0, 30.0, 40.0];
        assert_eq!(detector.solid(copies.solid).shape, Shape::Box { half_mm }, "{attributes}");
        assert_eq!(cells.name == "slice", attributes.contains("slice"));
    }
}

/// As `G4ParameterisationPolyhedraRho` counts: against the first plane, whose edges are at twice its flats here.
#[test]
fn a_width_divides_a_polyhedra_as_wide_as_its_first_plane() {
    let solid = |name: &str| {
        format!(
            "<polyhedra name=\"{name}\" numsides=\"3\"><zplane rmin=\"10\" rmax=\"25\" z=\"0\"/><zplane rmin=\"10\" rmax=\"90\" \
             z=\"40\"/></polyhedra>"
        )
    };
    let solids = format!("{}{}", solid("mother"), solid("cell"));
    let rho = detector(&solids, &division(r#"axis="kRho" width="9" unit="mm""#));
    assert_eq!(repeated(&rho).number_of_copies(), 3);
    let message = refused(&text(&solids, &division(r#"axis="kZAxis" number="2" unit="mm""#))).to_string();
    assert!(message.contains("there are 1 sections between zplanes"), "{message}");
}

#[test]
fn parameterised_volumes_have_dimensions_of_their_own() {
    let parameters = |x: u32, size: u32| {
        format!(
            "<parameters number=\"1\"><position x=\"{x}\"/><rotation z=\"90\" unit=\"deg\"/>\
             <box_dimensions x=\"{size}\" y=\"6\" z=\"8\"/></parameters>"
        )
    };
    let content = format!(
        "<paramvol ncopies=\"4\"><volumeref ref=\"C\"/><parameterised_position_size>{}{}{}</parameterised_position_size></paramvol>",
        parameters(1, 4),
        parameters(2, 4),
        parameters(3, 20)
    );
    let detector = detector(BOXES, &content);
    let cells = repeated(&detector);
    assert_eq!((cells.name.as_str(), cells.copy_number_of(2)), ("C_param", 2));
    let Copies::Each(list) = &cells.copies else { panic!("{cells:?}") };
    let shapes: Vec<&Shape> = list.iter().map(|copy| &detector.solid(copy.solid).shape).collect();
    let half = |x: f64| Shape::Box { half_mm: [x, 3.0, 4.0] };
    assert_eq!(shapes, [&half(2.0), &half(2.0), &half(10.0)]);
    assert_eq!(list[0].solid, list[1].solid);
    assert_eq!(cells.transform_of_copy(1).apply([1.0, 0.0, 0.0]), [2.0, -1.0, 0.0]);
    assert_eq!(detector.warnings.len(), 1, "ncopies: {:?}", detector.warnings);
}

/// Tubes have names of their own for their dimensions, and the radii of polyhedra are those of the edges, as
/// `G4GDMLParameterisation` sets them.
#[test]
fn parameterised_tubes_and_polyhedra_are_read_as_in_geant4() {
    let shape = |solids: &str, dimensions: &str| {
        let content = format!(
            "<paramvol ncopies=\"1\"><volumeref ref=\"C\"/><parameterised_position_size><parameters number=\"1\">\
             <position x=\"1\"/>{dimensions}</parameters></parameterised_position_size></paramvol>"
        );
        let detector =
            detector(&format!("<box name=\"mother\" x=\"500\" y=\"500\" z=\"500\"/>{solids}"), &content);
        let Copies::Each(list) = &repeated(&detector).copies else { panic!() };
        detector.solid(list[0].solid).shape.clone()
    };
    let tube = shape(
        r#"<tube name="cell" rmax="50" z="80" deltaphi="360" aunit="deg"/>"#,
        r#"<tube_dimensions InR="1" OutR="2" hz="30" StartPhi="0" DeltaPhi="360" aunit="deg"/>"#,
    );
    assert!(matches!(tube, Shape::Tube { rmin_mm: 1.0, rmax_mm: 2.0, half_z_mm: 15.0, .. }), "{tube:?}");
    let planes = r#"<zplane rmin="0" rmax="20" z="0"/><zplane rmin="0" rmax="20" z="40"/>"#;
    let polyhedra = shape(
        &format!("<polyhedra name=\"cell\" numsides=\"3\">{planes}</polyhedra>"),
        &format!(
            "<polyhedra_dimensions startPhi=\"0\" openPhi=\"360\" aunit=\"deg\" numRZ=\"2\" numSide=\"3\">{planes}</polyhedra_dimensions>"
        ),
    );
    let Shape::Polyhedra { corners_mm, .. } = polyhedra else { panic!() };
    let most = corners_mm.iter().map(|corner| corner[0]).fold(0.0, f64::max);
    assert!((most - 20.0).abs() < 1e-12, "{corners_mm:?}");
}

#[test]
fn parameters_come_from_loops_and_for_every_solid() {
    for (solid, attributes) in [
        ("box", r#"x="5" y="6" z="7""#),
        ("trd", r#"x1="5" x2="6" y1="7" y2="8" z="9""#),
        (
            "trap",
            r#"z="9" theta="0" phi="0" y1="5" x1="5" x2="5" alpha1="0" y2="5" x3="5" x4="5" alpha2="0""#,
        ),
        ("tube", r#"rmin="1" rmax="2" z="3" startphi="0" deltaphi="90" aunit="deg""#),
        ("cone", r#"rmin1="1" rmax1="2" rmin2="1" rmax2="3" z="3" startphi="0" deltaphi="90" aunit="deg""#),
        (
            "sphere",
            r#"rmin="1" rmax="2" startphi="0" deltaphi="90" starttheta="0" deltatheta="90" aunit="deg""#,
        ),
        ("orb", r#"r="4""#),
        ("torus", r#"rmin="1" rmax="2" rtor="8" startphi="0" deltaphi="90" aunit="deg""#),
        ("ellipsoid", r#"ax="1" by="2" cz="3" zcut1="-1" zcut2="2""#),
        ("para", r#"x="5" y="6" z="7" alpha="10" theta="20" phi="30" aunit="deg""#),
        ("hype", r#"rmin="1" rmax="2" inst="10" outst="20" z="4" aunit="deg""#),
    ] {
        let solids = format!(
            "<box name=\"mother\" x=\"100\" y=\"60\" z=\"80\"/><{solid} name=\"cell\" {attributes}/>"
        );
        let content = format!(
            "<paramvol><volumeref ref=\"C\"/><parameterised_position_size><parameters><position x=\"1\"/>\
             <{solid}_dimensions {attributes} lunit=\"cm\"/></parameters><parameters><{solid}_dimensions {attributes}/>\
             </parameters></parameterised_position_size></paramvol>"
        );
        let detector = detector(&solids, &content);
        let Copies::Each(list) = &repeated(&detector).copies else { panic!("{solid}") };
        let own = detector.solids.iter().position(|s| s.name == "cell").unwrap();
        assert_eq!(list[1].solid.index(), own, "{solid}: its own dimensions");
        assert_ne!(list[0].solid.index(), own, "{solid}: ten times as large");
    }
    let planes =
        |r: u32| format!(r#"<zplane rmin="1" rmax="{r}" z="-5"/><zplane rmin="1" rmax="{r}" z="5"/>"#);
    for (solid, own, here) in [
        ("polycone", r#"startphi="0" deltaphi="1""#, r#"startPhi="0" openPhi="1" numRZ="2""#),
        (
            "polyhedra",
            r#"startphi="0" deltaphi="1" numsides="3""#,
            r#"startPhi="0" openPhi="1" numRZ="2" numSide="3""#,
        ),
    ] {
        let solids = format!(
            "<box name=\"mother\" x=\"100\" y=\"60\" z=\"80\"/><{solid} name=\"cell\" {own}>{}</{solid}>",
            planes(6)
        );
        let copy = |r| {
            format!("<parameters><{solid}_dimensions {here}>{}</{solid}_dimensions></parameters>", planes(r))
        };
        let content = format!(
            "<paramvol><volumeref ref=\"C\"/><parameterised_position_size>{}{}</parameterised_position_size></paramvol>",
            copy(6),
            copy(7)
        );
        let detector = detector(&solids, &content);
        let Copies::Each(list) = &repeated(&detector).copies else { panic!("{solid}") };
        let own = detector.solids.iter().position(|s| s.name == "cell").unwrap();
        // The radii of a polyhedra are those of its flats in the solid, and of its edges here.
        let same = solid == "polycone";
        assert!((list[0].solid.index() == own) == same && list[1].solid.index() != own, "{solid}");
    }
}

#[test]
fn parameters_inside_loops_are_repeated() {
    let structure = r#"
        <volume name="C"><materialref ref="Stuff"/><solidref ref="small"/></volume>
        <volume name="World"><materialref ref="Stuff"/><solidref ref="big"/>
          <paramvol ncopies="3"><volumeref ref="C"/><parameterised_position_size>
            <loop for="i" from="1" to="3" step="1"><parameters number="i"><position x="100*i"/></parameters></loop>
          </parameterised_position_size></paramvol></volume>"#;
    let define = r#"<variable name="i" value="0"/>"#;
    let detector = read(&Text { define, structure, ..Text::default() });
    let cells = repeated(&detector);
    let x: Vec<f64> = (0..3).map(|k| cells.transform_of_copy(k).translation_mm[0]).collect();
    assert_eq!(x, [100.0, 200.0, 300.0]);
}

#[test]
fn repeated_volumes_that_make_no_sense_are_refused_by_name() {
    let copies = "<parameterised_position_size><parameters/></parameterised_position_size>";
    for (content, part) in [
        (replica("x", 0, "value=\"20\"", "value=\"0\""), "number is 0"),
        (replica("x", 5, "value=\"-20\"", "value=\"0\""), "width is -20"),
        (
            replica("x", 6, "value=\"20\"", "value=\"0\""),
            "6 slices of 20 mm have 120 mm, the mother has 100 mm",
        ),
        (replica("w", 5, "value=\"20\"", "value=\"0\""), "one of x, y, z, rho and phi should be 1"),
        (
            replica("x", 5, "value=\"20\" unit=\"deg\"", "value=\"0\""),
            "unit \"deg\" is not one of the lengths",
        ),
        (division(r#"axis="kRho" number="3" unit="mm""#), "a box cannot be divided along rho"),
        (division(r#"axis="x" number="3""#), "axis=\"x\" should be one of kXAxis"),
        (division(r#"axis="kXAxis""#), "a number or a width above 0 is needed"),
        (
            division(r#"axis="kXAxis" number="6" width="20""#),
            "reach to 120, beyond the mother's extent of 100",
        ),
        (division(r#"axis="kXAxis" number="6" offset="100""#), "offset is 100"),
        (format!("{0}{0}", division(r#"axis="kXAxis" number="3""#)), "the only daughter"),
        (
            format!("{}<physvol><volumeref ref=\"C\"/></physvol>", division(r#"axis="kXAxis" number="3""#)),
            "its sister 'C_PV' is repeated",
        ),
        (
            format!("<physvol><volumeref ref=\"C\"/></physvol>{}", division(r#"axis="kXAxis" number="3""#)),
            "the only daughter",
        ),
        ("<paramvol><volumeref ref=\"C\"/></paramvol>".to_owned(), "it has no parameters"),
        (
            format!(
                "<paramvol><volumeref ref=\"C\"/>{}</paramvol>",
                copies.replace("<parameters/>", "<parameters><orb_dimensions r=\"1\"/></parameters>")
            ),
            "the volume is a box; give box_dimensions",
        ),
        (format!("<paramvol><volumeref ref=\"M\"/>{copies}</paramvol>"), "volume 'M' contains itself"),
    ] {
        let message = refused(&text(BOXES, &content)).to_string();
        assert!(message.starts_with("test.gdml:7: ") && message.contains(part), "{message}\n{part}");
    }
}

#[test]
fn a_division_into_another_kind_of_solid_is_refused() {
    let solids = r#"<box name="mother" x="100" y="60" z="80"/><orb name="cell" r="5"/>"#;
    let message = refused(&text(solids, &division(r#"axis="kXAxis" number="3""#))).to_string();
    assert!(
        message.contains("the slices of a box have that shape too, but the volume is of the shape orb"),
        "{message}"
    );
}

/// Geant4 11.3.0 cuts each ring anew; its slices here would be those of the one ring that the volume's solid is.
#[test]
fn segments_of_rings_are_refused_and_rings_of_segments_are_not() {
    let tube = |name: &str, rmax: f64, phi: &str| {
        format!("<tube name=\"{name}\" rmin=\"20\" rmax=\"{rmax}\" z=\"80\" {phi} aunit=\"deg\"/>")
    };
    let (whole, quarter) = (r#"deltaphi="360""#, r#"startphi="-45" deltaphi="90""#);
    let solids = ["<box name=\"big\" x=\"1000\" y=\"1000\" z=\"1000\"/>".to_owned()]
        .into_iter()
        .chain([tube("mother", 60.0, whole), tube("ring", 30.0, whole), tube("segment", 60.0, quarter)])
        .chain([tube("cell", 30.0, quarter)])
        .collect::<String>();
    let rings = replica("rho", 4, "value=\"10\"", "value=\"20\"");
    let segments = replica("phi", 4, "value=\"90\" unit=\"deg\"", "value=\"0\"");
    let text = |middle: &str, inner: &str, outer: &str| {
        let structure = format!(
            "<volume name=\"C\"><materialref ref=\"Stuff\"/><solidref ref=\"cell\"/></volume>
             <volume name=\"Middle\"><materialref ref=\"Stuff\"/><solidref ref=\"{middle}\"/>{inner}</volume>
             <volume name=\"M\"><materialref ref=\"Stuff\"/><solidref ref=\"mother\"/>{}</volume>
             <volume name=\"World\"><materialref ref=\"Stuff\"/><solidref ref=\"big\"/>
               <physvol name=\"m\"><volumeref ref=\"M\"/></physvol></volume>",
            outer.replace("\"C\"", "\"Middle\"")
        );
        Text { structure: structure.leak(), solids: solids.clone().leak(), ..Text::default() }.gdml()
    };
    let message = refused(&text("ring", &segments, &rings)).to_string();
    assert!(
        message.contains("volume 'Middle' is cut into slices itself, and not all its copies"),
        "{message}"
    );
    gdml::read_str(&text("segment", &rings, &segments), "test.gdml", &NoFiles).unwrap();
}
