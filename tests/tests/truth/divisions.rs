//! Divisions and replicas: every point of what is divided lies in the slice that its coordinates name.

use std::f64::consts::TAU;

use g4ok::DetectorGeometry;
use optixrap::physics::vec3::vec3;
use optixrap::scene::SurfaceModel;
use optixrap::trace::navigate;

use super::run::{SplitMix, detector};

/// A volume `M` whose solid is cut by `cut` into volumes `C`.
fn geometry(mother: &str, cell: &str, cut: &str) -> DetectorGeometry {
    let text = format!(
        r#"<gdml><define/><materials><material name="Stuff" Z="14"><D value="2"/><atom value="28"/></material></materials>
        <solids><box name="big" x="1000" y="1000" z="1000"/>{mother}{cell}</solids><structure>
        <volume name="C"><materialref ref="Stuff"/><solidref ref="cell"/></volume>
        <volume name="M"><materialref ref="Stuff"/><solidref ref="mother"/>{cut}</volume>
        <volume name="W"><materialref ref="Stuff"/><solidref ref="big"/><physvol name="m"><volumeref ref="M"/></physvol></volume>
        </structure><setup name="Default" version="1.0"><world ref="W"/></setup></gdml>"#
    );
    DetectorGeometry::new(detector(&text), SurfaceModel::Opticks).unwrap()
}

/// Checks random points: those in the mother are in the slice of the copy number that `index` gives (fractions count
/// from the slice's low end), unless that is -1 for none.
fn assert_cut(name: &str, geometry: &DetectorGeometry, index: impl Fn([f64; 3]) -> f64) {
    let g = geometry.scene().geometry();
    let mut random = SplitMix(7);
    let mut met = 0;
    for _ in 0..20_000 {
        let p = [0, 1, 2].map(|_| 240.0 * random.next() - 120.0);
        let Some(place) = navigate::locate(&g, vec3(p[0] as f32, p[1] as f32, p[2] as f32)) else { continue };
        let path = geometry.path(place.node);
        let Some(within) = path.strip_prefix("/W_PV#0/m#0") else { continue };
        let expected = index(p);
        let from_face = (expected - expected.round()).abs();
        if from_face < 1e-4 {
            continue;
        }
        met += 1;
        let suffix = if expected < 0.0 { String::new() } else { format!("/C_PV#{}", expected.floor()) };
        assert_eq!(within, suffix, "{name}: {p:?}, {expected}");
    }
    assert!(met > 500, "{name}: {met} points");
}

fn division(attributes: &str) -> String {
    format!("<divisionvol {attributes}><volumeref ref=\"C\"/></divisionvol>")
}

fn replica(direction: &str, number: u32, width: &str, offset: &str) -> String {
    format!(
        "<replicavol number=\"{number}\"><volumeref ref=\"C\"/><replicate_along_axis><direction {direction}=\"1\"/>\
         <width value={width}/><offset value={offset}/></replicate_along_axis></replicavol>"
    )
}

fn phi([x, y, _]: [f64; 3]) -> f64 {
    y.atan2(x).rem_euclid(TAU)
}

fn rho([x, y, _]: [f64; 3]) -> f64 {
    x.hypot(y)
}

/// The two solids of one kind.
fn pair(kind: &str, attributes: &str, inside: &str) -> (String, String) {
    let solid = |name| format!("<{kind} name=\"{name}\" {attributes} aunit=\"deg\">{inside}</{kind}>");
    (solid("mother"), solid("cell"))
}

#[test]
fn boxes_and_paras_are_cut_along_their_axes() {
    let (mother, cell) = pair("box", r#"x="100" y="120" z="140""#, "");
    for (i, (axis, length)) in [("X", 100.0), ("Y", 120.0), ("Z", 140.0)].into_iter().enumerate() {
        let cut = division(&format!("axis=\"k{axis}Axis\" number=\"7\" unit=\"mm\""));
        let whole = geometry(&mother, &cell, &cut);
        assert_cut("box", &whole, |p| (p[i] / length + 0.5) * 7.0);
        let cut =
            division(&format!("axis=\"k{axis}Axis\" number=\"3\" width=\"1\" offset=\"2\" unit=\"cm\""));
        let part = |p: [f64; 3]| (p[i] + length / 2.0 - 20.0) / 10.0;
        assert_cut("part of a box", &geometry(&mother, &cell, &cut), |p| match part(p) {
            k if (0.0..3.0).contains(&k) => k,
            _ => -0.5,
        });
    }
    let (mother, cell) = pair("para", r#"x="100" y="120" z="140" alpha="20" theta="15" phi="50""#, "");
    let (alpha, theta, azimuth) = (20_f64.to_radians(), 15_f64.to_radians(), 50_f64.to_radians());
    let upright = |p: [f64; 3]| {
        let y = p[1] - p[2] * theta.tan() * azimuth.sin();
        [p[0] - p[2] * theta.tan() * azimuth.cos() - y * alpha.tan(), y, p[2]]
    };
    for (i, (axis, length)) in [("X", 100.0), ("Y", 120.0), ("Z", 140.0)].into_iter().enumerate() {
        let cut = division(&format!("axis=\"k{axis}Axis\" number=\"5\" unit=\"mm\""));
        assert_cut("para", &geometry(&mother, &cell, &cut), |p| (upright(p)[i] / length + 0.5) * 5.0);
    }
}

#[test]
fn tubes_and_cones_are_cut_along_rho_phi_and_z() {
    let (mother, cell) = pair("tube", r#"rmin="20" rmax="100" z="140" startphi="30" deltaphi="240""#, "");
    let of_phi = |p, n: f64| (phi(p).to_degrees() - 30.0) / 240.0 * n;
    let cut = |axis: &str, unit: &str| division(&format!("axis=\"{axis}\" number=\"6\" unit=\"{unit}\""));
    assert_cut("tube z", &geometry(&mother, &cell, &cut("kZAxis", "mm")), |p| (p[2] / 140.0 + 0.5) * 6.0);
    assert_cut("tube rho", &geometry(&mother, &cell, &cut("kRho", "rad")), |p| (rho(p) - 20.0) / 80.0 * 6.0);
    assert_cut("tube phi", &geometry(&mother, &cell, &cut("kPhi", "deg")), |p| of_phi(p, 6.0));
    let cone = r#"rmin1="10" rmax1="60" rmin2="30" rmax2="110" z="140" startphi="30" deltaphi="240""#;
    let (mother, cell) = pair("cone", cone, "");
    let share = |p: [f64; 3]| p[2] / 140.0 + 0.5;
    let of_rho = |p| {
        let (inner, outer) = (10.0 + 20.0 * share(p), 60.0 + 50.0 * share(p));
        (rho(p) - inner) / (outer - inner) * 6.0
    };
    assert_cut("cone z", &geometry(&mother, &cell, &cut("kZAxis", "mm")), |p| share(p) * 6.0);
    assert_cut("cone rho", &geometry(&mother, &cell, &cut("kRho", "mm")), of_rho);
    assert_cut("cone phi", &geometry(&mother, &cell, &cut("kPhi", "deg")), |p| of_phi(p, 6.0));
}

#[test]
fn trds_are_cut_into_trds_and_traps() {
    let trd = r#"x1="60" x2="180" y1="80" y2="80" z="140""#;
    let (mother, cell) = pair("trd", trd, "");
    let width = |p: [f64; 3]| 60.0 + 120.0 * (p[2] / 140.0 + 0.5);
    let cut = |axis: &str| division(&format!("axis=\"{axis}\" number=\"6\" unit=\"mm\""));
    assert_cut("trd z", &geometry(&mother, &cell, &cut("kZAxis")), |p| (p[2] / 140.0 + 0.5) * 6.0);
    assert_cut("trd y", &geometry(&mother, &cell, &cut("kYAxis")), |p| (p[1] / 80.0 + 0.5) * 6.0);
    let trap = r#"<trap name="cell" z="9" theta="0" phi="0" y1="5" x1="5" x2="5" alpha1="0" y2="5" x3="5" x4="5" alpha2="0"/>"#;
    assert_cut("trd x", &geometry(&mother, trap, &cut("kXAxis")), |p| (p[0] / width(p) + 0.5) * 6.0);
    let trd = r#"x1="80" x2="80" y1="60" y2="180" z="140""#;
    let by_width = division(r#"axis="kYAxis" number="6" width="20" unit="mm""#);
    let (mother, _) = pair("trd", trd, "");
    assert_cut("trd y", &geometry(&mother, trap, &by_width), |p| (p[1] / width(p) + 0.5) * 6.0);
}

#[test]
fn polycones_and_polyhedra_are_cut() {
    let planes = r#"<zplane rmin="10" rmax="60" z="-70"/><zplane rmin="10" rmax="60" z="0"/><zplane rmin="30" rmax="110" z="80"/>"#;
    let inner = |z: f64| 10.0 + 20.0 * z.max(0.0) / 80.0;
    let outer = |z: f64| 60.0 + 50.0 * z.max(0.0) / 80.0;
    let cut =
        |axis: &str, n: u32, unit: &str| division(&format!("axis=\"{axis}\" number=\"{n}\" unit=\"{unit}\""));
    let in_z = |p: [f64; 3]| if p[2] < 0.0 { 0.5 } else { 1.5 };
    let between = division(r#"axis="kZAxis" number="4" width="15" offset="80" unit="mm""#);
    let in_part = |p: [f64; 3]| match (p[2] - 10.0) / 15.0 {
        k if (0.0..4.0).contains(&k) => k,
        _ => -0.5,
    };
    let (mother, cell) = pair("polycone", r#"startphi="30" deltaphi="240""#, planes);
    let made = |cut: &str| geometry(&mother, &cell, cut);
    assert_cut("polycone z", &made(&cut("kZAxis", 2, "mm")), in_z);
    assert_cut("polycone z, part", &made(&between), in_part);
    assert_cut("polycone phi", &made(&cut("kPhi", 6, "deg")), |p| (phi(p).to_degrees() - 30.0) / 40.0);
    assert_cut("polycone rho", &made(&cut("kRho", 4, "mm")), |p| {
        (rho(p) - inner(p[2])) / (outer(p[2]) - inner(p[2])) * 4.0
    });
    let (mother, cell) = pair("polyhedra", r#"startphi="30" deltaphi="240" numsides="4""#, planes);
    let made = |cut: &str| geometry(&mother, &cell, cut);
    // The distance of a side's flat from the axis.
    let flat = |p: [f64; 3]| {
        let from_middle = (phi(p).to_degrees() - 30.0).rem_euclid(60.0) - 30.0;
        rho(p) * from_middle.to_radians().cos()
    };
    assert_cut("polyhedra z", &made(&cut("kZAxis", 2, "mm")), in_z);
    assert_cut("polyhedra z, part", &made(&between), in_part);
    assert_cut("polyhedra phi", &made(&cut("kPhi", 4, "deg")), |p| (phi(p).to_degrees() - 30.0) / 60.0);
    assert_cut("polyhedra rho", &made(&cut("kRho", 4, "mm")), |p| {
        (flat(p) - inner(p[2])) / (outer(p[2]) - inner(p[2])) * 4.0
    });
}

#[test]
fn replicas_fill_their_mother() {
    let (mother, _) = pair("box", r#"x="100" y="120" z="140""#, "");
    let cell = r#"<box name="cell" x="100" y="15" z="140"/>"#;
    let cut = replica("y", 8, "\"15\" unit=\"mm\"", "\"0\"");
    assert_cut("replicas y", &geometry(&mother, cell, &cut), |p| (p[1] / 120.0 + 0.5) * 8.0);
    let (mother, _) = pair("tube", r#"rmin="20" rmax="100" z="140" startphi="0" deltaphi="360""#, "");
    let cell = r#"<tube name="cell" rmin="20" rmax="100" z="140" startphi="-15" deltaphi="30" aunit="deg"/>"#;
    let cut = replica("phi", 12, "\"30\" unit=\"deg\"", "\"20\" unit=\"deg\"");
    let around = |p| (phi(p).to_degrees() - 20.0).rem_euclid(360.0) / 30.0;
    assert_cut("replicas phi", &geometry(&mother, cell, &cut), around);
    let cell = r#"<tube name="cell" rmin="20" rmax="40" z="140" deltaphi="360" aunit="deg"/>"#;
    let cut = replica("rho", 4, "\"2\" unit=\"cm\"", "\"20\"");
    assert_cut("replicas rho", &geometry(&mother, cell, &cut), |p| (rho(p) - 20.0) / 20.0);
}

/// Geant4 bounds a slice by its mother and its own two ends, whatever the solids are.
#[test]
fn replicas_are_cut_from_mothers_of_every_kind() {
    let planes = r#"<zplane rmin="20" rmax="60" z="-70"/><zplane rmin="20" rmax="90" z="10"/><zplane rmax="90" z="70"/>"#;
    let all_around = r#"deltaphi="360""#;
    let mothers = [
        pair("box", r#"x="100" y="120" z="140""#, ""),
        pair("tube", r#"rmin="20" rmax="100" z="140" startphi="0" deltaphi="360""#, ""),
        pair("cone", r#"rmin1="10" rmax1="60" rmin2="30" rmax2="110" z="140" deltaphi="360""#, ""),
        pair(
            "cone",
            r#"rmin1="10" rmax1="60" rmin2="30" rmax2="110" z="140" startphi="30" deltaphi="240""#,
            "",
        ),
        pair("trd", r#"x1="60" x2="180" y1="200" y2="90" z="140""#, ""),
        pair("para", r#"x="100" y="120" z="140" alpha="20" theta="15" phi="50""#, ""),
        pair("sphere", r#"rmin="30" rmax="100" deltaphi="360" starttheta="20" deltatheta="130""#, ""),
        pair("orb", r#"r="100""#, ""),
        pair("polycone", all_around, planes),
        pair("polyhedra", r#"numsides="5" startphi="10" deltaphi="360""#, planes),
        pair("ellipsoid", r#"ax="100" by="70" cz="90""#, ""),
        pair("eltube", r#"dx="100" dy="70" dz="70""#, ""),
        pair("torus", r#"rmin="10" rmax="40" rtor="70" deltaphi="360""#, ""),
        pair(
            "cutTube",
            r#"rmin="20" rmax="90" z="120" deltaphi="360" lowX="0.3" lowZ="-1" highY="0.4" highZ="1""#,
            "",
        ),
    ];
    let cell = r#"<box name="cell" x="1" y="1" z="1"/>"#;
    for (mother, _) in &mothers {
        for (i, axis) in ["x", "y", "z"].into_iter().enumerate() {
            let cut = replica(axis, 4, r#""25""#, r#""7""#);
            let cut = geometry(mother, cell, &cut);
            assert_cut(&format!("{axis} of {mother}"), &cut, |p| match p[i] / 25.0 + 2.0 {
                k if (0.0..4.0).contains(&k) => k,
                _ => -0.5,
            });
        }
        let cut = geometry(mother, cell, &replica("rho", 3, r#""20""#, r#""30""#));
        assert_cut(&format!("rho of {mother}"), &cut, |p| match (rho(p) - 30.0) / 20.0 {
            k if (0.0..3.0).contains(&k) => k,
            _ => -0.5,
        });
        let cut = replica("phi", 5, r#""45" unit="deg""#, r#""30" unit="deg""#);
        assert_cut(&format!("phi of {mother}"), &geometry(mother, cell, &cut), |p| {
            match (phi(p).to_degrees() - 30.0).rem_euclid(360.0) / 45.0 {
                k if k < 5.0 => k,
                _ => -0.5,
            }
        });
    }
}
