//! `g4opticks render`

mod commands;
mod refused;
mod sections;
mod views;

use cfg4::gdml;
use g4ok::DetectorGeometry;
use optixrap::scene::SurfaceModel;

/// The geometry of GDML text.
fn geometry(text: &str) -> DetectorGeometry {
    let detector = gdml::read_str(text, "test.gdml", &gdml::NoFiles).unwrap();
    DetectorGeometry::new(detector, SurfaceModel::default()).unwrap()
}

/// A water cube of 100 mm in air, with two glass boxes of 20 mm in it at these x.
fn two_boxes(first_x: f64, second_x: f64) -> String {
    format!(
        r#"<gdml><define/><materials/>
 <solids><box name="W" x="400" y="400" z="400"/><box name="C" x="100" y="100" z="100"/><box name="B" x="20" y="20" z="20"/></solids>
 <structure>
  <volume name="Block"><materialref ref="G4_Pyrex_Glass"/><solidref ref="B"/></volume>
  <volume name="Tank"><materialref ref="G4_WATER"/><solidref ref="C"/>
   <physvol name="one" copynumber="1"><volumeref ref="Block"/><position name="p1" x="{first_x}" unit="mm"/></physvol>
   <physvol name="two" copynumber="2"><volumeref ref="Block"/><position name="p2" x="{second_x}" unit="mm"/></physvol>
  </volume>
  <volume name="World"><materialref ref="G4_AIR"/><solidref ref="W"/>
   <physvol name="tank"><volumeref ref="Tank"/></physvol>
  </volume>
 </structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    )
}

/// The index of a material.
fn material(geometry: &DetectorGeometry, name: &str) -> u32 {
    geometry.detector().material_by_name(name).unwrap().0
}
