//! The smallest detector that has something, and the program's answer to it.

use cfg4::detector::Detector;
use cfg4::gdml::{GdmlError, NoFiles, read_str};
use optixrap::scene::{SceneData, SurfaceModel};

/// A property of a surface or a material with a value that makes sense for it.
pub(super) fn property(name: &str) -> String {
    let matrix = match name {
        "EFFICIENCY_MAP" => "map",
        "PHOTOCATHODE_LAYER" => "one",
        // What it is without being given is 1.
        "COATEDFRUSTRATEDTRANSMISSION" => "zero",
        _ if name.ends_with("THICKNESS") => "thin",
        _ => "half",
    };
    format!(r#"<property name="{name}" ref="{matrix}"/>"#)
}

/// Where something is put into the file that is asked about.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Probe<'a> {
    /// Properties of the material `Medium`, which fills the volume `P`.
    pub(super) material: &'a str,
    /// Solids after the boxes `a` (20 mm) and `b` (10 mm).
    pub(super) solids: &'a str,
    /// The solid of the volume `P`.
    pub(super) solid: &'a str,
    /// Inside the volume `P`.
    pub(super) content: &'a str,
    /// The placement of `P` in the world, if it is not a plain one.
    pub(super) placement: &'a str,
    /// After the volumes.
    pub(super) after: &'a str,
}

impl Probe<'_> {
    fn text(&self) -> String {
        let solid = if self.solid.is_empty() { "a" } else { self.solid };
        let plain = r#"<physvol name="p"><volumeref ref="P"/></physvol>"#;
        let placement = if self.placement.is_empty() { plain } else { self.placement };
        let Probe { material, solids, content, after, .. } = self;
        format!(
            r#"<gdml><define>
<matrix name="index" coldim="2" values="1*eV 1.5 8*eV 1.5"/><matrix name="half" coldim="2" values="1*eV 0.5 8*eV 0.5"/>
<matrix name="one" coldim="2" values="1*eV 1 8*eV 1"/><matrix name="zero" coldim="2" values="1*eV 0 8*eV 0"/>
<matrix name="thin" coldim="2" values="1*eV 1e-4 8*eV 1e-4"/><matrix name="map" coldim="3" values="0 0 1 1*eV 0.5 0.5 8*eV 0.5 0.5"/>
<variable name="i" value="1"/><position name="p0" unit="mm"/><position name="p1" x="9" unit="mm"/><position name="p2" y="9" unit="mm"/><position name="p3" z="9" unit="mm"/>
</define><materials>
<material name="Medium" Z="6"><property name="RINDEX" ref="index"/>{material}<D value="1"/><atom value="12"/></material>
</materials><solids>
<box name="world" x="1" y="1" z="1" lunit="m"/><box name="a" x="20" y="20" z="20"/><box name="b" x="10" y="10" z="10"/>{solids}
</solids><structure>
<volume name="B"><materialref ref="Medium"/><solidref ref="b"/></volume>
<volume name="P"><materialref ref="Medium"/><solidref ref="{solid}"/>{content}</volume>
<volume name="World"><materialref ref="Medium"/><solidref ref="world"/>{placement}</volume>{after}
</structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
        )
    }

    /// The detector.
    pub(super) fn read(&self) -> Result<Detector, GdmlError> {
        read_str(&self.text(), "probe", &NoFiles)
    }

    /// Why the detector is refused; `None` where it can be simulated.
    pub(super) fn refusal(&self, model: SurfaceModel) -> Option<String> {
        match self.read() {
            Err(error) => Some(error.kind.to_string()),
            Ok(detector) => SceneData::build(&detector, model).err().map(|error| error.to_string()),
        }
    }
}
