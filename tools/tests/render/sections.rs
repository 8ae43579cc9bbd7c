//! Cross-sections, pixel by pixel.

use cfg4::gdml::DEFAULT_GEOMETRY;
use tools::render::{CrossSection, Markers, MaterialColours, Section, cross_section};

use super::{geometry, material, two_boxes};

const SENSOR: [u8; 3] = [213, 94, 0];
const HIT: [u8; 3] = [200, 0, 120];
const DISPUTED: [u8; 3] = [230, 0, 0];

fn section(cut: &str) -> Section {
    Section { cut: cut.parse().unwrap(), size: (1000, 800), hide: Vec::new(), window_mm: None, slab_mm: None }
}

/// The pixel of coordinates in the plane.
fn pixel(found: &CrossSection, x_mm: f64, y_mm: f64) -> (u32, u32) {
    let [left, top, right, bottom] = found.area.map(f64::from);
    let [low_x, high_x, low_y, high_y] = found.shown_mm;
    let column = left + (x_mm - low_x) / (high_x - low_x) * (right - left);
    let row = bottom - (y_mm - low_y) / (high_y - low_y) * (bottom - top);
    (column.floor() as u32, row.floor() as u32)
}

fn colour(found: &CrossSection, x_mm: f64, y_mm: f64) -> [u8; 3] {
    let (column, row) = pixel(found, x_mm, y_mm);
    found.image.pixel(column, row).unwrap()
}

/// Whether a pixel of this kind lies within two pixels.
fn has_near(found: &CrossSection, (x_mm, y_mm): (f64, f64), is: impl Fn([u8; 3]) -> bool) -> bool {
    let (column, row) = pixel(found, x_mm, y_mm);
    (0..25).any(|i| found.image.pixel(column + i % 5 - 2, row + i / 5 - 2).is_some_and(&is))
}

fn is_dark(c: [u8; 3]) -> bool {
    c.iter().all(|&x| x < 130)
}

#[test]
fn places_have_their_materials_colour_and_boundaries_a_line() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let colours = MaterialColours::of(geometry.detector());
    let found = cross_section(&geometry, &section("z=0"), &Markers::default()).unwrap();
    let (air, scintillator) =
        (colours.rgb(material(&geometry, "Air")), colours.rgb(material(&geometry, "LS")));
    assert_ne!(air, scintillator);
    for (x, y) in [(-480.0, -480.0), (100.0, 300.0), (480.0, 50.0), (480.0, -490.0)] {
        assert_eq!(colour(&found, x, y), scintillator, "{x} {y}");
    }
    for (x, y) in [(-515.0, 0.0), (515.0, 0.0), (0.0, 515.0), (0.0, -515.0)] {
        assert_eq!(colour(&found, x, y), air, "{x} {y}");
    }
    for at in [(-500.0, 0.0), (500.0, 200.0), (30.0, 500.0), (-70.0, -500.0)] {
        assert!(has_near(&found, at, is_dark), "no line at {at:?}");
    }
    assert!(has_near(&found, (495.0, 10.0), |c| c == SENSOR), "the sensor's surface");
    assert!(!has_near(&found, (495.0, 60.0), |c| c == SENSOR), "no sensor there");
    assert_eq!(found.surfaces, ["Detects"]);
    let names: Vec<&str> = found.volumes.iter().map(|(name, _, _)| name.as_str()).collect();
    assert_eq!(names, ["Obj", "World", "Det"]);
    assert!(found.disputed.is_empty(), "{:?}", found.disputed);
}

#[test]
fn an_overlap_is_striped_and_named() {
    let apart = geometry(&two_boxes(-15.0, 5.0));
    let found = cross_section(&apart, &section("z=0"), &Markers::default()).unwrap();
    assert!(found.disputed.is_empty(), "boxes that touch: {:?}", found.disputed);
    assert_eq!(found.volumes[2], ("Block".into(), "G4_Pyrex_Glass".into(), 2));
    // From -25 to -5 and from -10 to 10: 5 mm are claimed twice.
    let overlapping = geometry(&two_boxes(-15.0, 0.0));
    let found = cross_section(&overlapping, &section("y=0"), &Markers::default()).unwrap();
    let path = |copy: &str| format!("/World_PV#0/tank#0/{copy}");
    assert!(found.disputed.contains(&[path("one#1"), path("two#2")]), "{:?}", found.disputed);
    assert!(has_near(&found, (-7.5, 0.0), |c| c == DISPUTED));
    assert!(
        !has_near(&found, (-18.0, 0.0), |c| c == DISPUTED)
            && !has_near(&found, (4.0, 0.0), |c| c == DISPUTED)
    );
}

/// A box that sticks 5 mm out of the tank: what is outside is claimed by the world.
#[test]
fn a_volume_that_sticks_out_of_its_mother_is_striped() {
    let geometry = geometry(&two_boxes(-15.0, 45.0));
    let found = cross_section(&geometry, &section("z=3"), &Markers::default()).unwrap();
    assert!(has_near(&found, (52.5, 0.0), |c| c == DISPUTED));
    assert!(
        found.disputed.iter().any(|pair| pair.contains(&"/World_PV#0".to_owned())),
        "{:?}",
        found.disputed
    );
}

#[test]
fn hidden_volumes_give_way_to_what_is_around_them() {
    let geometry = geometry(&two_boxes(-15.0, 15.0));
    let colours = MaterialColours::of(geometry.detector());
    let [glass, water] = ["G4_Pyrex_Glass", "G4_WATER"].map(|m| colours.rgb(material(&geometry, m)));
    let mut section = section("z=0");
    for (hide, expected) in
        [(vec![], [glass, glass]), (vec!["one"], [water, glass]), (vec!["Block"], [water, water])]
    {
        section.hide = hide.iter().map(|name| (*name).to_owned()).collect();
        let found = cross_section(&geometry, &section, &Markers::default()).unwrap();
        assert_eq!([(-20.0, 5.0), (20.0, 5.0)].map(|(x, y)| colour(&found, x, y)), expected, "{hide:?}");
    }
    section.hide = vec!["Blok".into()];
    let error = cross_section(&geometry, &section, &Markers::default()).unwrap_err().to_string();
    assert!(error.contains("did you mean 'Block'?"), "{error}");
}

#[test]
fn a_window_shows_a_thin_layer() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let section = Section { window_mm: Some([485.0, 505.0, -10.0, 10.0]), ..section("z=0") };
    let found = cross_section(&geometry, &section, &Markers::default()).unwrap();
    let glass = MaterialColours::of(geometry.detector()).rgb(material(&geometry, "Glass"));
    assert_eq!(colour(&found, 497.5, 3.0), glass);
    assert_ne!(colour(&found, 494.0, 3.0), glass);
}

#[test]
fn hits_and_paths_are_drawn_within_the_slab() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let mut section = section("z=0");
    section.slab_mm = Some(5.0);
    let markers = Markers {
        hits_mm: vec![[100.0, 200.0, 4.0], [-100.0, 200.0, 6.0]],
        // Rises through the plane from -100 to 100 over 400 mm of x: within the slab for 20 mm.
        paths_mm: vec![vec![[-200.0, -300.0, -100.0], [200.0, -300.0, 100.0]]],
        not_finite: 0,
    };
    let found = cross_section(&geometry, &section, &markers).unwrap();
    assert_eq!(colour(&found, 100.0, 200.0), HIT);
    assert!(!has_near(&found, (-100.0, 200.0), |c| c == HIT), "6 mm off the plane");
    let blue = |c: [u8; 3]| c[2] > c[0] && c[2] > c[1];
    assert!(has_near(&found, (0.0, -300.0), blue));
    assert!(!has_near(&found, (20.0, -300.0), blue) && !has_near(&found, (-20.0, -300.0), blue));
}

#[test]
fn a_plane_beside_the_geometry_is_an_error() {
    let geometry = geometry(DEFAULT_GEOMETRY);
    let error = cross_section(&geometry, &section("x=700"), &Markers::default()).unwrap_err().to_string();
    assert!(error.contains("x=700") && error.contains("from -500 to 500 mm along x"), "{error}");
}

/// Light that leaves the block meets the sensor at its faces towards the two pads, light that enters its skin: the line
/// is the sensor's on both ends, whichever of the two the picture comes to first.
#[test]
fn a_border_towards_a_sensor_is_drawn_before_the_skin() {
    let text = r#"<gdml><define><matrix name="E" coldim="2" values="1*eV 1 5*eV 1"/><matrix name="R" coldim="2" values="1*eV 0 5*eV 0"/></define><materials/>
 <solids><box name="W" x="400" y="400" z="400"/><box name="B" x="100" y="100" z="100"/><box name="P" x="100" y="100" z="20"/>
  <opticalsurface name="paint" model="unified" finish="ground" type="dielectric_metal" value="0.1">
   <property name="REFLECTIVITY" ref="R"/></opticalsurface>
  <opticalsurface name="diode" model="unified" finish="polished" type="dielectric_metal" value="0">
   <property name="EFFICIENCY" ref="E"/><property name="REFLECTIVITY" ref="R"/></opticalsurface></solids>
 <structure>
  <volume name="Pad"><materialref ref="G4_Pyrex_Glass"/><solidref ref="P"/></volume>
  <volume name="Block"><materialref ref="G4_WATER"/><solidref ref="B"/></volume>
  <volume name="World"><materialref ref="G4_AIR"/><solidref ref="W"/>
   <physvol name="block"><volumeref ref="Block"/></physvol>
   <physvol name="low"><volumeref ref="Pad"/><position name="p1" z="-60" unit="mm"/></physvol>
   <physvol name="high"><volumeref ref="Pad"/><position name="p2" z="60" unit="mm"/></physvol>
  </volume>
  <skinsurface name="skin" surfaceproperty="paint"><volumeref ref="Block"/></skinsurface>
  <bordersurface name="b1" surfaceproperty="diode"><physvolref ref="block"/><physvolref ref="low"/></bordersurface>
  <bordersurface name="b2" surfaceproperty="diode"><physvolref ref="block"/><physvolref ref="high"/></bordersurface>
 </structure><setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#;
    let found = cross_section(&geometry(text), &section("x=0"), &Markers::default()).unwrap();
    for z in [-50.0, 50.0] {
        assert!(has_near(&found, (12.0, z), |c| c == SENSOR), "z = {z}");
    }
    assert!(!has_near(&found, (50.0, 12.0), |c| c == SENSOR), "painted");
    let low_end = Section { window_mm: Some([-15.0, 15.0, -60.0, -30.0]), ..section("x=0") };
    let found = cross_section(&geometry(text), &low_end, &Markers::default()).unwrap();
    assert_eq!(found.surfaces, ["diode"]);
}
