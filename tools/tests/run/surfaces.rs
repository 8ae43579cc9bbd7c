//! Optical surfaces from the file to the end states.

use super::{message_of, report_of, text, write};

/// A box of glass in air, with a skin surface of these attributes and properties.
fn geometry(attributes: &str, properties: &str) -> String {
    format!(
        r#"<gdml><define>
          <matrix name="glass" coldim="2" values="1.5*eV 1.5 6*eV 1.5"/><matrix name="one" coldim="2" values="1.5*eV 1 6*eV 1"/>
          <matrix name="none" coldim="2" values="1.5*eV 0 6*eV 0"/><matrix name="metre" coldim="2" values="1.5*eV 1*m 6*eV 1*m"/>
          <matrix name="map" coldim="3" values="0 0*deg 90*deg 2*eV 0.25 0.25 4*eV 0.25 0.25"/>
          <matrix name="opaque" coldim="2" values="1.5*eV 1.5 6*eV 1.5"/><matrix name="thick" coldim="1" values="20*um"/>
        </define><materials>
          <material name="Glass" Z="14"><property name="RINDEX" ref="glass"/><property name="ABSLENGTH" ref="metre"/><D value="2"/><atom value="28.09"/></material>
          <material name="Air" Z="7"><property name="RINDEX" ref="one"/><D value="0.001"/><atom value="14"/></material>
        </materials><solids><box name="big" x="1000" y="1000" z="1000"/><box name="small" x="200" y="200" z="200"/>
          <opticalsurface name="Wrap" {attributes} value="0">{properties}</opticalsurface></solids>
        <structure><volume name="Block"><materialref ref="Glass"/><solidref ref="small"/></volume>
          <volume name="World"><materialref ref="Air"/><solidref ref="big"/>
            <physvol name="block"><volumeref ref="Block"/></physvol></volume>
          <skinsurface name="skin" surfaceproperty="Wrap"><volumeref ref="Block"/></skinsurface></structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    )
}

const TORCH: [&str; 4] = ["--torch", "photons=4000_type=sphere", "--threads", "2"];

#[test]
fn a_filter_needs_its_data_and_takes_them_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let filter = r#"model="unified" finish="polished" type="dielectric_dichroic""#;
    let gdml = write(folder.path(), "filter.gdml", geometry(filter, ""));
    let geant4 = [&[text(&gdml)], &TORCH[..], &["--surface-model", "geant4"]].concat();
    let message = message_of(&geant4);
    assert!(message.contains("Wrap.dichroic") && message.contains("--surface-data"), "{message}");
    let data = ["--surface-data", text(folder.path())];
    let message = message_of(&[&geant4[..], &data].concat());
    assert!(message.contains("surface Wrap needs Wrap.dichroic or dichroic.dat"), "{message}");
    write(folder.path(), "dichroic.dat", "0 2 2\n300 600\n0 90\n100 100\n100 100\n");
    let report = report_of(&[&geant4[..], &data].concat());
    // All pass the filter at once, but for the few that the glass absorbs.
    assert!(report["ends"]["MI"].as_u64().unwrap() > 3400, "{}", report["ends"]);
    assert_eq!(report["options"]["surface_data"], text(folder.path()));
}

#[test]
fn an_efficiency_map_detects_in_both_models() {
    let folder = tempfile::tempdir().unwrap();
    let metal = r#"model="glisur" finish="polished" type="dielectric_metal""#;
    let properties =
        r#"<property name="EFFICIENCY_MAP" ref="map"/><property name="REFLECTIVITY" ref="none"/>"#;
    let gdml = write(folder.path(), "map.gdml", geometry(metal, properties));
    for model in ["opticks", "geant4"] {
        let report = report_of(&[&[text(&gdml)], &TORCH[..], &["--surface-model", model]].concat());
        let end = |name: &str| report["ends"][name].as_u64().unwrap_or(0) as f64;
        let (detected, met) = (end("SD"), end("SD") + end("SA"));
        // A quarter, 5 sigma.
        assert!((detected - met / 4.0).abs() < 5.0 * (met * 3.0 / 16.0).sqrt() && met > 3000.0, "{report}");
    }
}

/// A photocathode that nothing passes, with every electron collected: what it does not reflect is detected.
#[test]
fn a_photocathode_detects_in_both_models() {
    let folder = tempfile::tempdir().unwrap();
    let window = r#"model="unified" finish="polished" type="dielectric_dielectric""#;
    let layer = |what: &str, table: &str| format!(r#"<property name="LAYER1_{what}" ref="{table}"/>"#);
    let properties = [
        layer("RINDEX", "opaque"),
        layer("KINDEX", "opaque"),
        layer("THICKNESS", "thick"),
        r#"<property name="EFFICIENCY" ref="one"/>"#.to_owned(),
    ];
    let gdml = write(folder.path(), "window.gdml", geometry(window, &properties.concat()));
    let run = |model| {
        report_of(&[&[text(&gdml)], &TORCH[..], &["--surface-model", model]].concat())["ends"].clone()
    };
    let (opticks, geant4) = (run("opticks"), run("geant4"));
    assert_eq!(opticks, geant4);
    assert!(opticks["SD"].as_u64().unwrap() > 3000 && opticks["SA"].as_u64().unwrap_or(0) == 0, "{opticks}");
}
