//! The solids of GDML.

use optixrap::scene::SurfaceModel;

use super::probe::Probe;
use super::{Entry, Group};

/// Every solid that Geant4 reads from GDML, and one of them named `s`; `a` and `b` are boxes.
const SOLIDS: [(&str, &str); 33] = [
    ("box", r#"<box name="s" x="9" y="9" z="9"/>"#),
    ("tube", r#"<tube name="s" rmin="1" rmax="9" z="9" startphi="0" deltaphi="2"/>"#),
    ("orb", r#"<orb name="s" r="9"/>"#),
    ("sphere", r#"<sphere name="s" rmin="1" rmax="9" deltaphi="2" starttheta="1" deltatheta="1"/>"#),
    ("cone", r#"<cone name="s" rmin1="1" rmax1="5" rmin2="2" rmax2="9" z="9" deltaphi="2"/>"#),
    (
        "polycone",
        r#"<polycone name="s" deltaphi="2"><zplane rmin="0" rmax="9" z="0"/><zplane rmin="0" rmax="5" z="9"/></polycone>"#,
    ),
    (
        "genericPolycone",
        r#"<genericPolycone name="s" startphi="0" deltaphi="2"><rzpoint r="1" z="0"/><rzpoint r="9" z="0"/><rzpoint r="5" z="9"/></genericPolycone>"#,
    ),
    (
        "polyhedra",
        r#"<polyhedra name="s" startphi="0" deltaphi="6.283185307" numsides="6"><zplane rmin="0" rmax="9" z="0"/><zplane rmin="0" rmax="5" z="9"/></polyhedra>"#,
    ),
    (
        "genericPolyhedra",
        r#"<genericPolyhedra name="s" startphi="0" deltaphi="2" numsides="4"><rzpoint r="1" z="0"/><rzpoint r="9" z="0"/><rzpoint r="5" z="9"/></genericPolyhedra>"#,
    ),
    ("trd", r#"<trd name="s" x1="9" x2="5" y1="9" y2="5" z="9"/>"#),
    (
        "trap",
        r#"<trap name="s" z="9" theta="0.1" phi="0.1" y1="9" x1="8" x2="9" alpha1="0" y2="9" x3="8" x4="9" alpha2="0"/>"#,
    ),
    ("para", r#"<para name="s" x="9" y="9" z="9" alpha="0.1" theta="0.1" phi="0.1"/>"#),
    ("tet", r#"<tet name="s" vertex1="p0" vertex2="p1" vertex3="p2" vertex4="p3"/>"#),
    (
        "arb8",
        r#"<arb8 name="s" v1x="-9" v1y="-9" v2x="-9" v2y="9" v3x="9" v3y="9" v4x="9" v4y="-9" v5x="-5" v5y="-5" v6x="-5" v6y="5" v7x="5" v7y="5" v8x="5" v8y="-5" dz="9"/>"#,
    ),
    (
        "xtru",
        r#"<xtru name="s"><twoDimVertex x="0" y="0"/><twoDimVertex x="0" y="9"/><twoDimVertex x="9" y="0"/><section zOrder="0" zPosition="0" xOffset="0" yOffset="0" scalingFactor="1"/><section zOrder="1" zPosition="9" xOffset="0" yOffset="0" scalingFactor="0.5"/></xtru>"#,
    ),
    (
        "tessellated",
        r#"<tessellated name="s"><triangular vertex1="p0" vertex2="p2" vertex3="p1"/><triangular vertex1="p0" vertex2="p1" vertex3="p3"/><triangular vertex1="p0" vertex2="p3" vertex3="p2"/><triangular vertex1="p1" vertex2="p2" vertex3="p3"/></tessellated>"#,
    ),
    (
        "cutTube",
        r#"<cutTube name="s" rmin="0" rmax="9" z="20" deltaphi="2" lowX="0.1" lowY="0" lowZ="-0.995" highX="0" highY="0.1" highZ="0.995"/>"#,
    ),
    ("ellipsoid", r#"<ellipsoid name="s" ax="9" by="8" cz="7" zcut1="-5" zcut2="6"/>"#),
    ("eltube", r#"<eltube name="s" dx="9" dy="8" dz="7"/>"#),
    ("elcone", r#"<elcone name="s" dx="0.5" dy="0.4" zmax="20" zcut="9"/>"#),
    ("paraboloid", r#"<paraboloid name="s" rlo="2" rhi="9" dz="9"/>"#),
    ("hype", r#"<hype name="s" rmin="2" rmax="9" inst="0.1" outst="0.2" z="9"/>"#),
    ("torus", r#"<torus name="s" rmin="1" rmax="3" rtor="9" startphi="0" deltaphi="2"/>"#),
    ("twistedbox", r#"<twistedbox name="s" PhiTwist="0.5" x="9" y="9" z="9"/>"#),
    ("twistedtrd", r#"<twistedtrd name="s" PhiTwist="0.5" x1="9" x2="8" y1="9" y2="8" z="9"/>"#),
    (
        "twistedtrap",
        r#"<twistedtrap name="s" PhiTwist="0.5" z="9" Theta="0.1" Phi="0.1" y1="9" x1="8" x2="9" y2="9" x3="8" x4="9" Alph="0.1"/>"#,
    ),
    (
        "twistedtubs",
        r#"<twistedtubs name="s" twistedangle="0.5" endinnerrad="2" endouterrad="9" zlen="9" phi="1"/>"#,
    ),
    ("union", r#"<union name="s"><first ref="a"/><second ref="b"/><positionref ref="p1"/></union>"#),
    (
        "subtraction",
        r#"<subtraction name="s"><first ref="a"/><second ref="b"/><positionref ref="p1"/></subtraction>"#,
    ),
    (
        "intersection",
        r#"<intersection name="s"><first ref="a"/><second ref="b"/><positionref ref="p1"/></intersection>"#,
    ),
    (
        "multiUnion",
        r#"<multiUnion name="s"><multiUnionNode name="n1"><solid ref="a"/><positionref ref="p0"/></multiUnionNode><multiUnionNode name="n2"><solid ref="b"/><positionref ref="p1"/></multiUnionNode></multiUnion>"#,
    ),
    (
        "scaledSolid",
        r#"<scaledSolid name="s"><solidref ref="a"/><scale name="sc" x="1" y="2" z="1"/></scaledSolid>"#,
    ),
    (
        "reflectedSolid",
        r#"<reflectedSolid name="s" solid="a" sx="-1" sy="1" sz="1" rx="0" ry="0" rz="0" dx="0" dy="0" dz="0"/>"#,
    ),
];

/// Each solid, and whether it can be traced.
pub(super) fn entries() -> Vec<Entry> {
    let entry = |(name, solids): &(&str, &str)| {
        let probe = Probe { solids, solid: "s", ..Probe::default() };
        Entry { group: Group::Solid, name: (*name).to_owned(), reason: probe.refusal(SurfaceModel::Opticks) }
    };
    SOLIDS.iter().map(entry).collect()
}
