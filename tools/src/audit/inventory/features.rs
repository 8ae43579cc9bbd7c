//! How GDML places volumes.

use optixrap::scene::SurfaceModel;

use super::probe::Probe;
use super::{Entry, Group};

/// Ways to place volumes: name, and where it stands in the file.
const FEATURES: [(&str, Probe<'static>); 9] = [
    ("placements", Probe { content: r#"<physvol name="q"><volumeref ref="B"/></physvol>"#, ..NOTHING }),
    (
        "mirrored placements",
        Probe {
            content: r#"<physvol name="q"><volumeref ref="B"/><scale name="m" x="-1" y="1" z="1"/></physvol>"#,
            ..NOTHING
        },
    ),
    (
        "scaled placements",
        Probe {
            content: r#"<physvol name="q"><volumeref ref="B"/><scale name="m" x="0.5" y="1" z="1"/></physvol>"#,
            ..NOTHING
        },
    ),
    (
        "assemblies",
        Probe {
            placement: r#"<physvol name="p"><volumeref ref="As"/></physvol></volume><volume name="Unused"><materialref ref="Medium"/><solidref ref="a"/>"#,
            solids: "",
            content: r#"</volume><assembly name="As"><physvol name="q"><volumeref ref="B"/></physvol></assembly><volume name="Rest"><materialref ref="Medium"/><solidref ref="a"/>"#,
            ..NOTHING
        },
    ),
    (
        "loops",
        Probe {
            content: r#"<loop for="i" from="1" to="2" step="1"><physvol name="q[i]"><volumeref ref="B"/></physvol></loop>"#,
            ..NOTHING
        },
    ),
    (
        "replicas (`replicavol`)",
        Probe {
            content: r#"<replicavol number="2"><volumeref ref="B"/><replicate_along_axis><direction x="1"/><width value="10" unit="mm"/><offset value="0" unit="mm"/></replicate_along_axis></replicavol>"#,
            ..NOTHING
        },
    ),
    (
        "divisions (`divisionvol`)",
        Probe {
            content: r#"<divisionvol axis="kXAxis" number="2" width="10" offset="0" unit="mm"><volumeref ref="B"/></divisionvol>"#,
            ..NOTHING
        },
    ),
    (
        "parameterised volumes (`paramvol`)",
        Probe {
            content: r#"<paramvol ncopies="1"><volumeref ref="B"/><parameterised_position_size><parameters number="1"><positionref ref="p0"/><box_dimensions x="5" y="5" z="5"/></parameters></parameterised_position_size></paramvol>"#,
            ..NOTHING
        },
    ),
    ("auxiliaries", Probe { content: r#"<auxiliary auxtype="SensDet" auxvalue="sd"/>"#, ..NOTHING }),
];

const NOTHING: Probe<'static> =
    Probe { material: "", solids: "", solid: "", content: "", placement: "", after: "" };

/// Each of them, and whether it is understood.
pub(super) fn entries() -> Vec<Entry> {
    let entry = |(name, probe): &(&str, Probe)| Entry {
        group: Group::Structure,
        name: (*name).to_owned(),
        reason: probe.refusal(SurfaceModel::Opticks),
    };
    FEATURES.iter().map(entry).collect()
}
