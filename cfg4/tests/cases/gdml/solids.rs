//! Solids and their dimensions.

use std::f64::consts::{FRAC_PI_2, PI, TAU};

use cfg4::detector::{BooleanOperator, Detector, Shape, TrapFace};

use super::text::Text;
use super::{read, refused};

const WORLD: &str = r#"<volume name="World"><materialref ref="Stuff"/><solidref ref="big"/></volume>"#;

fn shapes(define: &'static str, solids: &'static str) -> Detector {
    read(&Text { define, solids, structure: WORLD, ..Text::default() })
}

#[test]
fn every_solid_has_its_dimensions_in_mm_and_rad() {
    let detector = shapes(
        r#"<constant name="r" value="2"/>"#,
        r#"<box name="big" x="1" y="2" z="3" lunit="m"/>
           <tube name="t" rmax="3" z="0.5" deltaphi="360" aunit="deg" lunit="cm"/>
           <tube name="s" rmin="1" rmax="r" z="2*r" startphi="pi/5" deltaphi="pi"/>
           <orb name="o" r="r" lunit="cm"/>
           <sphere name="h" rmin="1" rmax="2" deltaphi="360" starttheta="0" deltatheta="90" aunit="deg"/>
           <cone name="c" rmax1="4" rmax2="0" z="10" deltaphi="180" aunit="deg"/>
           <polycone name="p" deltaphi="360" aunit="deg">
             <zplane rmax="1" z="-5"/><zplane rmin="0.5" rmax="2" z="5"/></polycone>"#,
    );
    let shape = |i: usize| &detector.solids[i].shape;
    assert_eq!(*shape(0), Shape::Box { half_mm: [500.0, 1000.0, 1500.0] });
    let full =
        Shape::Tube { rmin_mm: 0.0, rmax_mm: 30.0, half_z_mm: 2.5, start_phi_rad: 0.0, delta_phi_rad: TAU };
    assert_eq!(*shape(1), full);
    let segment = Shape::Tube {
        rmin_mm: 1.0,
        rmax_mm: 2.0,
        half_z_mm: 2.0,
        start_phi_rad: PI / 5.0,
        delta_phi_rad: PI,
    };
    assert_eq!(*shape(2), segment);
    assert_eq!(*shape(3), Shape::Orb { r_mm: 20.0 });
    let hemisphere = Shape::Sphere {
        rmin_mm: 1.0,
        rmax_mm: 2.0,
        start_phi_rad: 0.0,
        delta_phi_rad: TAU,
        start_theta_rad: 0.0,
        delta_theta_rad: FRAC_PI_2,
    };
    assert_eq!(*shape(4), hemisphere);
    assert!(matches!(shape(5), Shape::Cone { rmax1_mm: 4.0, half_z_mm: 5.0, .. }));
    assert!(matches!(shape(6), Shape::Polycone { planes, .. } if planes[1].rmin_mm == 0.5));
}

/// As `G4Polycone` and `G4GenericPolycone` read what makes no sense otherwise.
#[test]
fn polycones_without_an_extent_in_phi_go_all_around() {
    let detector = shapes(
        "",
        r#"<box name="big" x="1" y="2" z="3"/>
           <polycone name="p" startphi="1"><zplane rmax="1" z="0"/><zplane rmax="2" z="5"/></polycone>
           <polycone name="q" startphi="1" deltaphi="-2"><zplane rmax="1" z="0"/><zplane rmax="2" z="5"/></polycone>
           <genericPolycone name="r" startphi="1" deltaphi="0"><rzpoint r="1" z="0"/><rzpoint r="2" z="0"/><rzpoint r="1" z="3"/></genericPolycone>"#,
    );
    for solid in &detector.solids[1..] {
        assert_eq!(solid.shape.phi_rad(), Some((0.0, TAU)), "{}", solid.name);
    }
}

#[test]
fn a_polycone_whose_z_turns_back_is_a_contour() {
    let detector = shapes(
        "",
        r#"<box name="big" x="1" y="2" z="3"/><polycone name="p" deltaphi="2">
           <zplane rmin="4" rmax="10" z="0"/><zplane rmin="4" rmax="10" z="10"/><zplane rmin="6" rmax="8" z="5"/></polycone>"#,
    );
    let Shape::GenericPolycone { corners, .. } = &detector.solids[1].shape else { panic!() };
    let corners: Vec<_> = corners.iter().map(|corner| [corner.r_mm, corner.z_mm]).collect();
    assert_eq!(corners, [[10.0, 0.0], [10.0, 10.0], [8.0, 5.0], [6.0, 5.0], [4.0, 10.0], [4.0, 0.0]]);
}

/// Of the names that `G4UnitDefinition` knows, these are none of the expressions'.
#[test]
fn quantities_have_units_of_length_by_all_their_names() {
    let detector = shapes(
        r#"<quantity name="a" type="length" value="3e7" unit="Ang"/><quantity name="f" value="2e12" unit="fm"/>
           <quantity name="w" value="2" unit="cm"/>"#,
        r#"<box name="big" x="2*a" y="2*f" z="w"/><orb name="far" r="1" lunit="pc"/>"#,
    );
    assert_eq!(detector.solids[0].shape, Shape::Box { half_mm: [3.0, 2.0, 10.0] });
    assert_eq!(detector.solids[1].shape, Shape::Orb { r_mm: 3.085_677_580_7e19 });
}

#[test]
fn solids_with_planar_faces_have_their_corners() {
    let detector = shapes(
        r#"<position name="a" z="1"/><position name="b" x="1"/><position name="c" y="1" unit="cm"/><position name="d"/>"#,
        r#"<box name="big" x="1" y="2" z="3" lunit="m"/>
           <trd name="w" x1="2" x2="4" y1="6" y2="0" z="8" lunit="cm"/>
           <trap name="t" z="2" theta="45" phi="90" y1="2" x1="2" x2="4" alpha1="10" y2="4" x3="4" x4="8" alpha2="10" aunit="deg"/>
           <para name="p" x="2" y="4" z="6" alpha="45" aunit="deg"/>
           <tet name="k" vertex1="a" vertex2="b" vertex3="c" vertex4="d"/>"#,
    );
    let shape = |i: usize| &detector.solids[i].shape;
    let wedge = Shape::Trd { half_x_mm: [10.0, 20.0], half_y_mm: [30.0, 0.0], half_z_mm: 40.0 };
    assert_eq!(*shape(1), wedge);
    let corners = wedge.corners_mm().unwrap();
    assert_eq!(corners[0], [-10.0, -30.0, -40.0]);
    assert_eq!((corners[5], corners[6]), ([20.0, 0.0, 40.0], [20.0, 0.0, 40.0]));
    let Shape::Trap { faces: [low, high], .. } = *shape(2) else { panic!("{:?}", shape(2)) };
    let alpha_rad = 10f64.to_radians();
    assert_eq!(low, TrapFace { half_y_mm: 1.0, half_x_low_mm: 1.0, half_x_high_mm: 2.0, alpha_rad });
    assert_eq!(high, TrapFace { half_y_mm: 2.0, half_x_low_mm: 2.0, half_x_high_mm: 4.0, alpha_rad });
    let near = |found: [f64; 3], expected: [f64; 3]| (0..3).all(|i| (found[i] - expected[i]).abs() < 1e-12);
    let corners = shape(2).corners_mm().unwrap();
    // Tilted by 45 degrees towards y, and leaning by tan(10 degrees) along y.
    assert!(near(corners[2], [alpha_rad.tan() + 2.0, -1.0 + 1.0, -1.0]), "{corners:?}");
    assert!(near(corners[4], [-2.0 * alpha_rad.tan() - 2.0, 1.0 - 2.0, 1.0]), "{corners:?}");
    assert!(near(shape(3).corners_mm().unwrap()[6], [1.0 + 2.0, 2.0, 3.0]));
    let corners_mm = [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0], [0.0, 10.0, 0.0], [0.0; 3]];
    assert_eq!(*shape(4), Shape::Tet { corners_mm });
}

#[test]
fn outlines_and_surfaces_are_read_as_geant4_reads_them() {
    let detector = shapes(
        r#"<position name="a" x="1"/><position name="b" y="1"/><position name="c" z="1"/><position name="d"/>
           <scale name="mirror" z="-2"/>"#,
        r#"<box name="big" x="1" y="2" z="3" lunit="m"/>
           <arb8 name="r" v1x="-1" v1y="-1" v2x="-1" v2y="1" v3x="1" v3y="1" v4x="1" v4y="-1" v5x="-1" v5y="-1" v6x="-1" v6y="1" v7x="1" v7y="1" v8x="1" v8y="-1" dz="2" lunit="cm"/>
           <polyhedra name="p" startphi="10" deltaphi="360" numsides="4" aunit="deg"><zplane rmax="1" z="-1"/><zplane rmax="1" z="1"/></polyhedra>
           <genericPolyhedra name="g" numsides="4"><rzpoint r="1" z="0"/><rzpoint r="2" z="0"/><rzpoint r="2" z="3"/></genericPolyhedra>
           <xtru name="x"><twoDimVertex x="0" y="0"/><twoDimVertex x="0" y="2"/><twoDimVertex x="1" y="2"/><twoDimVertex x="2" y="2"/><twoDimVertex x="2" y="0"/>
             <section zOrder="0" zPosition="-1" xOffset="3" scalingFactor="0.5"/><section zOrder="1" zPosition="1"/></xtru>
           <tessellated name="t"><triangular vertex1="d" vertex2="b" vertex3="a" type="ABSOLUTE"/><triangular vertex1="d" vertex2="a" vertex3="c"/>
             <triangular vertex1="d" vertex2="c" vertex3="b"/><triangular vertex1="a" vertex2="b" vertex3="c"/></tessellated>
           <multiUnion name="m"><multiUnionNode name="n"><solid ref="t"/><positionref ref="a"/></multiUnionNode><multiUnionNode><solid ref="p"/></multiUnionNode></multiUnion>
           <scaledSolid name="s"><solidref ref="m"/><scaleref ref="mirror"/></scaledSolid>
           <reflectedSolid name="f" solid="s" sx="-1" rz="90" dx="5" aunit="deg"/>"#,
    );
    let shape = |i: usize| &detector.solids[i].shape;
    let Shape::Arb8 { half_z_mm, corners_mm } = shape(1) else { panic!("{:?}", shape(1)) };
    // Turned counterclockwise, the corners of both ends alike.
    assert_eq!((*half_z_mm, corners_mm[1], corners_mm[5]), (20.0, [10.0, -10.0], [10.0, -10.0]));
    let Shape::Polyhedra { start_phi_rad, n_sides: 4, corners_mm, .. } = shape(2) else {
        panic!("{:?}", shape(2))
    };
    assert!((start_phi_rad - 10f64.to_radians()).abs() < 1e-15);
    // The file's radius is that of the flats.
    assert!(corners_mm.iter().any(|[r, z]| (r - 2f64.sqrt()).abs() < 1e-12 && *z == 1.0), "{corners_mm:?}");
    let Shape::Polyhedra { delta_phi_rad, corners_mm, .. } = shape(3) else { panic!("{:?}", shape(3)) };
    assert_eq!((*delta_phi_rad, corners_mm.len(), corners_mm.contains(&[2.0, 3.0])), (TAU, 3, true));
    let Shape::Extruded { outline_mm, sections } = shape(4) else { panic!("{:?}", shape(4)) };
    assert_eq!((outline_mm.len(), sections[0].offset_mm, sections[0].scale), (4, [3.0, 0.0], 0.5));
    assert!(
        matches!(shape(5), Shape::Tessellated { vertices_mm, facets } if vertices_mm.len() == 4 && facets.len() == 4)
    );
    assert!(
        matches!(shape(6), Shape::MultiUnion { nodes } if nodes[0].1.translation_mm == [1.0, 0.0, 0.0] && nodes.len() == 2)
    );
    assert!(
        matches!(shape(7), Shape::Transformed { to_frame, .. } if to_frame.apply([1.0, 1.0, 1.0]) == [1.0, 1.0, -2.0])
    );
    let Shape::Transformed { to_frame, .. } = shape(8) else { panic!("{:?}", shape(8)) };
    // Mirroring, turning and moving leads to the old solid's frame: (0, 4, 0) is mirrored, turned to -x, moved by 5.
    assert_eq!(to_frame.apply([1.0, 0.0, 0.0]), [0.0, 4.0, 0.0]);
}

#[test]
fn curved_and_twisted_solids_have_the_dimensions_of_geant4() {
    let detector = shapes(
        "",
        r#"<box name="big" x="1" y="2" z="3" lunit="m"/>
           <cutTube name="a" rmax="2" z="5" deltaphi="360" aunit="deg" highX="3" highZ="4"/>
           <ellipsoid name="b" ax="1" by="2" cz="3" lunit="cm" zcut1="-50" zcut2="1"/>
           <ellipsoid name="c" ax="1" by="2" cz="3"/>
           <eltube name="d" dx="1" dy="2" dz="3"/>
           <elcone name="e" dx="0.5" dy="0.25" zmax="2" zcut="4" lunit="cm"/>
           <paraboloid name="f" rlo="1" rhi="2" dz="3"/>
           <hype name="g" rmin="1" rmax="2" inst="10" outst="20" z="6" aunit="deg"/>
           <torus name="h" rmin="1" rmax="2" rtor="10" startphi="90" deltaphi="400" aunit="deg"/>
           <genericPolycone name="i" deltaphi="1"><rzpoint r="0" z="0"/><rzpoint r="0" z="0"/>
             <rzpoint r="1" z="0"/><rzpoint r="1" z="2"/><rzpoint r="0" z="0"/></genericPolycone>
           <twistedtrd name="j" PhiTwist="30" aunit="deg" x1="2" x2="4" y1="6" y2="8" z="10"/>
           <twistedtubs name="k" twistedangle="1" endinnerrad="1" endouterrad="2" zlen="4" phi="1"/>"#,
    );
    let shape = |i: usize| &detector.solids[i].shape;
    let Shape::CutTube { half_z_mm: 2.5, low_normal, high_normal, .. } = shape(1) else {
        panic!("{:?}", shape(1))
    };
    assert_eq!((*low_normal, *high_normal), ([0.0, 0.0, -1.0], [0.6, 0.0, 0.8]));
    let cut = Shape::Ellipsoid { half_axes_mm: [10.0, 20.0, 30.0], z_cuts_mm: [-30.0, 10.0] };
    assert_eq!(*shape(2), cut);
    assert_eq!(*shape(3), Shape::Ellipsoid { half_axes_mm: [1.0, 2.0, 3.0], z_cuts_mm: [-3.0, 3.0] });
    assert_eq!(*shape(4), Shape::EllipticalTube { half_mm: [1.0, 2.0, 3.0] });
    let half_axes_per_length = [0.5, 0.25];
    assert_eq!(*shape(5), Shape::EllipticalCone { half_axes_per_length, height_mm: 20.0, half_z_mm: 20.0 });
    assert_eq!(*shape(6), Shape::Paraboloid { r_low_mm: 1.0, r_high_mm: 2.0, half_z_mm: 3.0 });
    assert!(matches!(shape(7), Shape::Hyperboloid { half_z_mm: 3.0, inner_stereo_rad, .. }
        if (inner_stereo_rad - PI / 18.0).abs() < 1e-12));
    assert!(matches!(shape(8), Shape::Torus { start_phi_rad: 0.0, delta_phi_rad: TAU, swept_mm: 10.0, .. }));
    assert!(matches!(shape(9), Shape::GenericPolycone { corners, .. } if corners.len() == 3));
    assert!(matches!(
        shape(10),
        Shape::TwistedTrap { half_x_mm: [1.0, 1.0, 2.0, 2.0], half_y_mm: [3.0, 4.0], half_z_mm: 5.0, .. }
    ));
    assert!(matches!(shape(11), Shape::TwistedTube { end_rmin_mm: 1.0, half_z_mm: 2.0, .. }));
}

#[test]
fn booleans_keep_both_frames() {
    let detector = shapes(
        r#"<position name="up" z="3" unit="cm"/><rotation name="quarter" z="90" unit="deg"/>"#,
        r#"<box name="big" x="9" y="9" z="9"/><orb name="o" r="1"/>
           <subtraction name="b"><first ref="big"/><second ref="o"/>
             <positionref ref="up"/><rotationref ref="quarter"/>
             <firstposition x="1"/><firstrotation z="90" unit="deg"/></subtraction>
           <union name="u"><first ref="b"/><second ref="o"/></union>"#,
    );
    let Shape::Boolean { operator, first_to_frame, second_to_frame, .. } = detector.solids[2].shape else {
        panic!("{:?}", detector.solids[2])
    };
    assert_eq!(operator, BooleanOperator::Subtraction);
    // The rotations of operands, unlike those of placements, turn the solid: a quarter turn about z takes x to y.
    assert_eq!(second_to_frame.apply([1.0, 0.0, 0.0]), [0.0, 1.0, 30.0]);
    assert_eq!(first_to_frame.apply([1.0, 0.0, 0.0]), [1.0, 1.0, 0.0]);
}

/// Each solid is refused at its line, with a message that has the words beside it.
fn all_refused(cases: &[(&str, &str)]) {
    for (solid, part) in cases {
        let solids = format!("<box name=\"big\" x=\"9\" y=\"9\" z=\"9\"/>\n{solid}").leak();
        let message = refused(&Text { solids, structure: WORLD, ..Text::default() }.gdml()).to_string();
        assert!(message.starts_with("test.gdml:6: "), "{message}");
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn contradictory_dimensions_are_refused() {
    all_refused(&[
        (r#"<box name="x" x="-1" y="1" z="1"/>"#, "x is -1 mm"),
        (r#"<box name="x" x="1" y="1"/>"#, "attribute 'z' is missing"),
        (r#"<box name="x" x="1" y="1" z="1" lunit="kg"/>"#, "unit \"kg\""),
        (r#"<box name="x" x="1e400" y="1" z="1"/>"#, "x=\"1e400\""),
        (r#"<box name="x" x="1e308" y="1" z="1" lunit="km"/>"#, "too large"),
        (r#"<box name="x" x="nan" y="1" z="1"/>"#, "unknown name 'nan'"),
        (r#"<box name="x" x="wdth" y="1" z="1"/>"#, "unknown name 'wdth'"),
        (r#"<tube name="x" rmin="3" rmax="2" z="1" deltaphi="1"/>"#, "rmin (3 mm) should not be larger"),
        (r#"<tube name="x" rmin="2" rmax="2" z="1" deltaphi="1"/>"#, "larger than rmin"),
        (r#"<tube name="x" rmax="2" z="1" deltaphi="0"/>"#, "deltaphi"),
        (r#"<orb name="x" r="0"/>"#, "above 0"),
        (r#"<sphere name="x" rmax="1" deltaphi="6" starttheta="4" deltatheta="1"/>"#, "starttheta"),
        (r#"<cone name="x" rmax1="0" rmax2="0" z="1" deltaphi="6"/>"#, "at one end"),
        (r#"<polycone name="x" deltaphi="6"><zplane rmax="1" z="0"/></polycone>"#, "at least two"),
        (
            r#"<polycone name="x" deltaphi="6"><zplane rmax="1" z="0"/><zplane rmax="1" z="2"/><zplane rmax="2" z="1"/></polycone>"#,
            "crosses itself",
        ),
    ]);
}

#[test]
fn contradictory_faceted_solids_are_refused() {
    all_refused(&[
        (r#"<trd name="x" x1="0" x2="0" y1="1" y2="1" z="1"/>"#, "x1 and x2"),
        (r#"<trd name="x" x1="1" x2="-1" y1="1" y2="1" z="1"/>"#, "x2 is -1 mm"),
        (r#"<trd name="x" x1="1" x2="1" y1="1" y2="1" z="0"/>"#, "z is 0 mm"),
        (r#"<para name="x" x="1" y="1" z="1" theta="90" aunit="deg"/>"#, "between -pi/2 and pi/2"),
        (r#"<para name="x" x="1" y="0" z="1"/>"#, "y is 0 mm"),
        (r#"<trap name="x" z="1" y1="1" x1="1" x2="2" y2="1" x3="1" x4="1"/>"#, "side at -x is not planar"),
        (r#"<trap name="x" z="1" y1="1" x1="1" x2="2" y2="1" x3="1"/>"#, "attribute 'x4' is missing"),
        (r#"<tet name="x" vertex1="o" vertex2="o" vertex3="o" vertex4="o"/>"#, "position 'o' is not defined"),
        (
            r#"<arb8 name="x" v1x="-1" v1y="-1" v2x="1" v2y="1" v3x="-1" v3y="1" v4x="2" v4y="-2" v5x="-1" v5y="-1" v6x="1" v6y="1" v7x="-1" v7y="1" v8x="2" v8y="-2" dz="1"/>"#,
            "cross",
        ),
        (r#"<arb8 name="x" v1x="0" dz="1"/>"#, "no area"),
        (
            r#"<polyhedra name="x" numsides="2"><zplane rmax="1" z="0"/><zplane rmax="1" z="1"/></polyhedra>"#,
            "may not turn by pi",
        ),
        (
            r#"<polyhedra name="x" numsides="0"><zplane rmax="1" z="0"/><zplane rmax="1" z="1"/></polyhedra>"#,
            "numsides is 0",
        ),
        (
            r#"<genericPolyhedra name="x" numsides="4"><rzpoint r="1" z="0"/><rzpoint r="2" z="0"/></genericPolyhedra>"#,
            "no area",
        ),
        (
            r#"<genericPolyhedra name="x" numsides="4"><rzpoint r="-1" z="0"/></genericPolyhedra>"#,
            "r is -1 mm",
        ),
        (
            r#"<xtru name="x"><twoDimVertex x="0" y="0"/><twoDimVertex x="1" y="1"/><twoDimVertex x="1" y="0"/><twoDimVertex x="0" y="2"/><section zPosition="0"/><section zPosition="1"/></xtru>"#,
            "crosses itself",
        ),
        (r#"<xtru name="x"><section zPosition="0"/><section zPosition="0"/></xtru>"#, "should ascend"),
        (r#"<xtru name="x"><section zPosition="0" scalingFactor="0"/></xtru>"#, "scalingFactor is 0"),
        (r#"<tessellated name="x"></tessellated>"#, "hold no volume"),
    ]);
}

#[test]
fn contradictory_solids_made_of_others_are_refused() {
    all_refused(&[
        (r#"<multiUnion name="x"/>"#, "element 'multiUnionNode' is missing"),
        (
            r#"<multiUnion name="x"><multiUnionNode><solid ref="x"/></multiUnionNode></multiUnion>"#,
            "solid 'x' contains itself",
        ),
        (r#"<scaledSolid name="x"><solidref ref="big"/><scale x="0"/></scaledSolid>"#, "a scale of 0"),
        (r#"<scaledSolid name="x"><solidref ref="big"/></scaledSolid>"#, "element 'scale' is missing"),
        (r#"<reflectedSolid name="x" solid="big" sx="2"/>"#, "should be 1 or -1"),
    ]);
}

#[test]
fn contradictory_curved_solids_are_refused() {
    all_refused(&[
        (r#"<cutTube name="x" rmax="1" z="1" deltaphi="7" lowZ="1"/>"#, "lowZ is 1"),
        (r#"<cutTube name="x" rmax="1" z="1" deltaphi="7" lowX="2" lowZ="-1" highZ="1"/>"#, "planes cross"),
        (r#"<cutTube name="x" rmin="2" rmax="1" z="1" deltaphi="7"/>"#, "should not be larger than rmax"),
        (r#"<ellipsoid name="x" ax="1" by="1" cz="1" zcut1="1" zcut2="2"/>"#, "zcut1"),
        (r#"<ellipsoid name="x" ax="1" by="0" cz="1"/>"#, "by is 0 mm"),
        (r#"<eltube name="x" dx="1" dy="1"/>"#, "attribute 'dz' is missing"),
        (r#"<elcone name="x" dx="-1" dy="1" zmax="1" zcut="1"/>"#, "dx is -1"),
        (r#"<elcone name="x" dx="1" dy="1" zmax="1" zcut="0"/>"#, "zcut is 0 mm"),
        (r#"<paraboloid name="x" rlo="2" rhi="1" dz="1"/>"#, "should not be larger than rhi"),
        (r#"<paraboloid name="x" rlo="1" rhi="1" dz="1"/>"#, "rhi (1 mm)"),
        (r#"<hype name="x" rmin="1" rmax="2" inst="0" outst="90" z="1" aunit="deg"/>"#, "outst is 90 deg"),
        (r#"<hype name="x" rmin="2" rmax="2" z="1"/>"#, "larger than rmin"),
        (r#"<torus name="x" rmax="2" rtor="2" deltaphi="7"/>"#, "rtor (2 mm)"),
        (r#"<torus name="x" rmin="2" rmax="2" rtor="5" deltaphi="7"/>"#, "rmax (2 mm)"),
        (
            r#"<genericPolycone name="x" deltaphi="7"><rzpoint r="1" z="0"/></genericPolycone>"#,
            "at least three",
        ),
        (
            r#"<genericPolycone name="x" deltaphi="7"><rzpoint r="1" z="0"/><rzpoint r="2" z="1"/><rzpoint r="3" z="2"/></genericPolycone>"#,
            "no area",
        ),
        (
            r#"<genericPolycone name="x" deltaphi="7"><rzpoint r="0" z="0"/><rzpoint r="3" z="3"/><rzpoint r="3" z="0"/><rzpoint r="0" z="2"/></genericPolycone>"#,
            "crosses itself",
        ),
        (r#"<twistedbox name="x" PhiTwist="0" x="1" y="1" z="1"/>"#, "PhiTwist is 0"),
        (r#"<twistedtrd name="x" PhiTwist="2" x1="1" x2="1" y1="1" y2="1" z="1"/>"#, "PhiTwist is 114."),
        (
            r#"<twistedtrap name="x" PhiTwist="30" z="120" Theta="20" Phi="40" y1="60" x1="50" x2="80" y2="80" x3="70" x4="112" Alph="10" aunit="deg"/>"#,
            "not planar before the twist",
        ),
        (
            r#"<twistedtrap name="x" PhiTwist="1" z="1" y1="1" x1="1" x2="1" y2="1" x3="1" x4="2"/>"#,
            "not planar before the twist",
        ),
        (
            r#"<twistedtubs name="x" twistedangle="1" endinnerrad="0" endouterrad="2" zlen="1" phi="1"/>"#,
            "endinnerrad is 0 mm",
        ),
        (
            r#"<twistedtubs name="x" twistedangle="4" endinnerrad="1" endouterrad="2" zlen="1" phi="1"/>"#,
            "twistedangle",
        ),
        (r#"<blob name="x"/>"#, "<blob> is not known inside <solids>"),
        (r#"<union name="x"><first ref="big"/></union>"#, "element 'second' is missing"),
        (r#"<union name="x"><first ref="big"/><second ref="x"/></union>"#, "solid 'x' contains itself"),
        (r#"<union name="x"><first ref="big"/><second ref="bog"/></union>"#, "did you mean 'big'"),
    ]);
}

#[test]
fn solids_may_not_contain_one_another_in_a_circle_nor_without_end() {
    let circle = r#"<box name="big" x="9" y="9" z="9"/>
        <union name="a"><first ref="b"/><second ref="big"/></union>
        <union name="b"><first ref="a"/><second ref="big"/></union>"#;
    let message = refused(&Text { solids: circle, ..Text::default() }.gdml()).to_string();
    assert!(message.contains("solid 'a' contains itself"), "{message}");
    let mut chain = String::from(r#"<box name="u0" x="9" y="9" z="9"/>"#);
    for i in 1..2000 {
        let inner = i - 1;
        chain.push_str(&format!(r#"<union name="u{i}"><first ref="u{inner}"/><second ref="u0"/></union>"#));
    }
    let message = refused(&Text { solids: chain.leak(), ..Text::default() }.gdml()).to_string();
    assert!(message.contains("more than 1000 booleans inside one another"), "{message}");
}
