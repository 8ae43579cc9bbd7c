//! Detectors and sources of light that take the kernels through all of the physics.

use cfg4::detector::{MeasuredData, Transform};
use cfg4::gdml::{self, DEFAULT_GEOMETRY, NoFiles};
use cfg4::genstep::{
    CerenkovStep, ChargedStep, DsScintillationStep, Genstep, ScintillationStep, TorchKind, TorchMode,
    TorchSpec,
};
use optixrap::scene::{SceneData, SurfaceModel};

/// Gensteps with the photons that they give one by one.
pub(crate) struct Light {
    pub(crate) gensteps: Vec<Genstep>,
    pub(crate) input_photons: Vec<[f32; 16]>,
}

fn scene(text: &str, model: SurfaceModel) -> SceneData {
    SceneData::build(&gdml::read_str(text, "scene", &NoFiles).unwrap(), model).unwrap()
}

/// The built-in cube of scintillator, with reemission and sensors.
pub(crate) fn cube() -> SceneData {
    scene(DEFAULT_GEOMETRY, SurfaceModel::Opticks)
}

/// A torch that shines everywhere.
pub(crate) fn torch(photons: u32, [x, y, z]: [f64; 3]) -> Light {
    let spec = format!("type=sphere_photons={photons}_source={x},{y},{z}_target={x},{y},{}", z + 1.0);
    let spec: TorchSpec = spec.parse().unwrap();
    let gensteps = spec.place(&Transform::IDENTITY, 1).to_gensteps();
    Light { gensteps, input_photons: Vec::new() }
}

/// Photons one by one, in all directions from a point in the cube.
pub(crate) fn photons(n: u32) -> Light {
    let photon = |i: u32| {
        let (s, c) = (0.7 * i as f32).sin_cos();
        let z = 1.0 - 2.0 * (i as f32 + 0.5) / n as f32;
        let r = (1.0 - z * z).sqrt();
        let mut item = [0.0; 16];
        item[..12].copy_from_slice(&[5.0, 6.0, 7.0, 0.5, r * c, r * s, z, 1.0, -s, c, 0.0, 380.0 + i as f32]);
        item
    };
    Light { gensteps: vec![Genstep::emit_source(n, 2)], input_photons: (0..n).map(photon).collect() }
}

/// Every kind of genstep, in the cube.
pub(crate) fn lights(scene: &SceneData) -> Vec<(&'static str, Light)> {
    let middle = scene.geometry().nodes[1].material as i32;
    let step = ChargedStep {
        parent_id: 3,
        material: middle,
        num_photons: 40,
        position_mm: [-20.0, 30.0, 10.0],
        time_ns: 0.25,
        delta_mm: [3.0, 4.0, 12.0],
        length_mm: 13.5,
        pdg_code: 13,
        charge: -1.0,
        weight: 1.0,
        velocity_mm_per_ns: 290.0,
    };
    let cerenkov = CerenkovStep {
        step,
        beta_inverse: 1.01,
        energy_min_mev: 1.55e-6,
        energy_max_mev: 1.0e-5,
        max_cos: 0.563,
        max_sin2: 0.683,
        mean_photons_start: 30.0,
        mean_photons_end: 20.0,
        post_velocity_mm_per_ns: 280.0,
    };
    let glow = |component, rise_time_ns, charge| ScintillationStep {
        step: ChargedStep { charge, ..step },
        component,
        decay_time_ns: 6.5,
        rise_time_ns,
        post_velocity_mm_per_ns: 280.0,
    };
    let daya_bay = |component| DsScintillationStep {
        step,
        component,
        slower_ratio: 0.3,
        slow_time_ns: 30.0,
        slower_time_ns: 200.0,
        decay_time_ns: 5.0,
        integral_max: 0.0,
        spare: [0.0; 2],
    };
    let steps = vec![
        cerenkov.to_genstep(),
        glow(1, 0.9, -1.0).to_genstep(),
        Genstep::machinery(),
        glow(2, 0.0, 0.0).to_genstep(),
        cerenkov.to_ds_genstep(),
        daya_bay(1).to_genstep(),
        daya_bay(2).to_genstep(),
    ];
    let modes = [TorchMode::SPOL, TorchMode::PPOL, TorchMode::WAVELENGTH_SOURCE, TorchMode::WAVELENGTH_COMB];
    let torches = TorchKind::NAMES.iter().zip(modes.iter().cycle()).flat_map(|((_, kind), mode)| {
        let spec: TorchSpec = "photons=12_source=10,20,30_target=10,60,80".parse().unwrap();
        let spec = TorchSpec { kind: *kind, mode: *mode, radius_mm: 40.0, distance_mm: 90.0, ..spec };
        spec.place(&Transform::IDENTITY, 1).to_gensteps()
    });
    let torches = torches.collect();
    let mut mixed = photons(30);
    mixed.gensteps.insert(0, glow(1, 0.0, -1.0).to_genstep());
    mixed.gensteps.push(Genstep::emit_source(40, 4));
    mixed.input_photons.extend(photons(40).input_photons);
    vec![
        ("a torch", torch(150, [450.0, 0.0, 0.0])),
        ("charged steps", Light { gensteps: steps, input_photons: Vec::new() }),
        ("torches of every type", Light { gensteps: torches, input_photons: Vec::new() }),
        ("input photons", mixed),
    ]
}

/// What stands in the tank of [`solids`], each about 150 mm across.
const SOLIDS: &str = r#"
    <box name="s0" x="120" y="90" z="150"/>
    <tube name="s1" rmax="70" z="140" deltaphi="360" aunit="deg"/>
    <orb name="s2" r="75"/>
    <tube name="s3" rmin="40" rmax="70" z="140" deltaphi="360" aunit="deg"/>
    <tube name="s4" rmin="20" rmax="70" z="140" startphi="30" deltaphi="100" aunit="deg"/>
    <tube name="s5" rmax="70" z="140" startphi="60" deltaphi="280" aunit="deg"/>
    <sphere name="s6" rmin="60" rmax="75" deltaphi="360" deltatheta="180" aunit="deg"/>
    <sphere name="s7" rmin="30" rmax="75" startphi="20" deltaphi="230" starttheta="25" deltatheta="90" aunit="deg"/>
    <cone name="s8" rmax1="70" rmax2="15" z="140" deltaphi="360" aunit="deg"/>
    <cone name="s9" rmin1="10" rmax1="40" rmin2="40" rmax2="70" z="140" startphi="10" deltaphi="250" aunit="deg"/>
    <polycone name="s10" deltaphi="360" aunit="deg"><zplane rmax="30" z="-70"/><zplane rmax="65" z="-30"/>
      <zplane rmin="15" rmax="65" z="0"/><zplane rmin="35" rmax="45" z="20"/><zplane rmax="45" z="20"/>
      <zplane rmax="8" z="70"/></polycone>
    <polycone name="s11" startphi="40" deltaphi="250" aunit="deg"><zplane rmax="30" z="-70"/>
      <zplane rmin="10" rmax="70" z="70"/></polycone>
    <box name="b" x="130" y="130" z="130"/>
    <orb name="o" r="50"/>
    <tube name="t" rmin="15" rmax="30" z="200" deltaphi="360" aunit="deg"/>
    <subtraction name="s12"><first ref="b"/><second ref="o"/><position x="40" y="10" z="30"/></subtraction>
    <union name="s13"><first ref="o"/><second ref="s0"/><position x="0" y="20" z="40"/>
      <rotation x="20" y="30" z="40" unit="deg"/></union>
    <intersection name="s14"><first ref="b"/><second ref="s2"/></intersection>
    <subtraction name="s15"><first ref="s13"/><second ref="t"/></subtraction>"#;

/// Materials, and the values that their properties and those of surfaces refer to.
const DEFINITIONS: &str = r#"
  <define>
    <matrix name="one" coldim="2" values="1.5*eV 1 10*eV 1"/>
    <matrix name="half" coldim="2" values="1.5*eV 0.5 10*eV 0.5"/>
    <matrix name="much" coldim="2" values="1.5*eV 0.8 10*eV 0.9"/>
    <matrix name="liquid" coldim="2" values="1.5*eV 1.45 3*eV 1.5 10*eV 1.6"/>
    <matrix name="glass" coldim="2" values="1.5*eV 1.3 10*eV 1.4"/>
    <matrix name="tenth" coldim="2" values="1.5*eV 0.1 10*eV 0.1"/>
    <matrix name="metal" coldim="2" values="1.5*eV 2 10*eV 3"/>
    <matrix name="film" coldim="1" values="60*nm"/>
    <matrix name="map" coldim="3" values="0 10*deg 80*deg 1.5*eV 0.3 0.1 10*eV 0.9 0.5"/>
    <matrix name="metres" coldim="2" values="1.5*eV 2*m 10*eV 1*m"/>
  </define>
  <materials>
    <material name="Air"><property name="RINDEX" ref="one"/><D value="1.29" unit="mg/cm3"/>
      <fraction n="1" ref="G4_AIR"/></material>
    <material name="Liquid"><property name="RINDEX" ref="liquid"/><property name="ABSLENGTH" ref="metres"/>
      <property name="RAYLEIGH" ref="metres"/><D value="1" unit="g/cm3"/><fraction n="1" ref="G4_WATER"/></material>
    <material name="Glass"><property name="RINDEX" ref="glass"/><D value="2.2" unit="g/cm3"/>
      <fraction n="1" ref="G4_Pyrex_Glass"/></material>
    <material name="Steel"><D value="7.9" unit="g/cm3"/><fraction n="1" ref="G4_Fe"/></material>
  </materials>"#;

/// A tank of liquid with one of every kind of solid, turned, every fourth a sensor, every seventh opaque, and one
/// that holds another which touches it.
pub(crate) fn solids() -> SceneData {
    let (mut volumes, mut places) = (String::new(), String::new());
    for i in 0..16 {
        let material = if i % 7 == 6 { "Steel" } else { "Glass" };
        let inside = if i == 0 {
            r#"<physvol name="in"><volumeref ref="inner"/><position x="40"/></physvol>"#
        } else {
            ""
        };
        volumes += &format!(
            r#"<volume name="v{i}"><materialref ref="{material}"/><solidref ref="s{i}"/>{inside}</volume>"#
        );
        let [x, y, z] = [i % 4, i / 4, i % 3].map(|k| 190.0 * f64::from(k));
        let [a, b] = [17 * i, 31 * i];
        places += &format!(
            r#"<physvol name="p{i}" copynumber="{i}"><volumeref ref="v{i}"/>
               <position x="{}" y="{}" z="{}"/><rotation x="{a}" y="{b}" z="5" unit="deg"/></physvol>"#,
            x - 285.0,
            y - 285.0,
            z - 190.0
        );
    }
    let skins: String = (0..16)
        .step_by(4)
        .map(|i| {
            format!(
                r#"<skinsurface name="k{i}" surfaceproperty="detects"><volumeref ref="v{i}"/></skinsurface>"#
            )
        })
        .collect();
    let detects = r#"<opticalsurface name="detects" model="glisur" type="dielectric_metal" finish="polished" value="1">
        <property name="REFLECTIVITY" ref="one"/><property name="EFFICIENCY" ref="half"/></opticalsurface>"#;
    let text = format!(
        r#"<gdml>{DEFINITIONS}<solids><box name="world" x="2000" y="2000" z="2000"/><box name="tank" x="900" y="900" z="900"/>
        <box name="inner" x="40" y="90" z="100"/>{SOLIDS}{detects}</solids><structure>
        <volume name="inner"><materialref ref="Liquid"/><solidref ref="inner"/></volume>{volumes}
        <volume name="Tank"><materialref ref="Liquid"/><solidref ref="tank"/>{places}</volume>
        <volume name="World"><materialref ref="Air"/><solidref ref="world"/>
          <physvol name="tank"><volumeref ref="Tank"/></physvol></volume>{skins}</structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    );
    scene(&text, SurfaceModel::Opticks)
}

/// A tank of liquid whose six walls have 5 x 5 photomultipliers each: a bulb of glass with a neck, and in it the vacuum whose
/// surface detects.
pub(crate) fn photomultipliers() -> SceneData {
    let mut places = String::new();
    for wall in 0..6 {
        for i in 0..25 {
            let [u, v] = [i % 5, i / 5].map(|k| 380.0 * f64::from(k) - 760.0);
            let ([x, y, z], [a, b]) = match wall {
                0 => ([u, v, 950.0], [180, 0]),
                1 => ([u, v, -950.0], [0, 0]),
                2 => ([950.0, u, v], [0, 90]),
                3 => ([-950.0, u, v], [0, -90]),
                4 => ([u, 950.0, v], [-90, 0]),
                _ => ([u, -950.0, v], [90, 0]),
            };
            places += &format!(
                r#"<physvol name="p{wall}_{i}" copynumber="{i}"><volumeref ref="Bulb"/>
                   <position x="{x}" y="{y}" z="{z}"/><rotation x="{a}" y="{b}" z="0" unit="deg"/></physvol>"#
            );
        }
    }
    let text = format!(
        r#"<gdml>{DEFINITIONS}<solids><box name="world" x="4000" y="4000" z="4000"/><box name="tank" x="2400" y="2400" z="2400"/>
        <ellipsoid name="head" ax="125" by="125" cz="95"/><tube name="neck" rmax="42" z="200" deltaphi="360" aunit="deg"/>
        <union name="bulb"><first ref="head"/><second ref="neck"/><position x="0" y="0" z="-100"/></union>
        <ellipsoid name="vacuum" ax="122" by="122" cz="92"/>
        <opticalsurface name="detects" model="glisur" type="dielectric_metal" finish="polished" value="1">
        <property name="REFLECTIVITY" ref="half"/><property name="EFFICIENCY" ref="half"/></opticalsurface></solids><structure>
        <volume name="Vacuum"><materialref ref="Air"/><solidref ref="vacuum"/></volume>
        <volume name="Bulb"><materialref ref="Glass"/><solidref ref="bulb"/>
          <physvol name="in"><volumeref ref="Vacuum"/></physvol></volume>
        <volume name="Tank"><materialref ref="Liquid"/><solidref ref="tank"/>{places}</volume>
        <volume name="World"><materialref ref="Steel"/><solidref ref="world"/>
          <physvol name="tank"><volumeref ref="Tank"/></physvol></volume>
        <skinsurface name="cathode" surfaceproperty="detects"><volumeref ref="Vacuum"/></skinsurface></structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    );
    scene(&text, SurfaceModel::Opticks)
}

/// All other kinds of solid: the scene of `g4opticks selftest`.
pub(crate) fn more_solids() -> SceneData {
    scene(include_str!("../../../tools/data/more_solids.gdml"), SurfaceModel::Geant4)
}

/// A box of liquid with an optical surface of every kind around it, and an orb of glass in it that detects.
pub(crate) fn surfaces() -> Vec<(&'static str, SceneData)> {
    let mirror = [("REFLECTIVITY", "much")];
    let leaky = [("REFLECTIVITY", "half"), ("TRANSMITTANCE", "half")];
    let lobes = [
        ("REFLECTIVITY", "much"),
        ("SPECULARLOBECONSTANT", "half"),
        ("SPECULARSPIKECONSTANT", "tenth"),
        ("BACKSCATTERCONSTANT", "tenth"),
        ("RINDEX", "glass"),
    ];
    let silver = [("REALRINDEX", "half"), ("IMAGINARYRINDEX", "metal"), ("SPECULARLOBECONSTANT", "one")];
    let coat = [("COATEDRINDEX", "glass"), ("COATEDTHICKNESS", "film")];
    let window = [
        ("ARC_RINDEX", "metal"),
        ("ARC_THICKNESS", "film"),
        ("PHC_RINDEX", "metal"),
        ("PHC_KINDEX", "one"),
        ("PHC_THICKNESS", "film"),
        ("EFFICIENCY", "half"),
    ];
    let sensor = [("EFFICIENCY_MAP", "map")];
    let (geant4, opticks) = (SurfaceModel::Geant4, SurfaceModel::Opticks);
    let glisur = |kind, finish, value| ["glisur", kind, finish, value];
    let unified = |kind, finish, value| ["unified", kind, finish, value];
    let (metal, dielectric) = ("dielectric_metal", "dielectric_dielectric");
    let of = |model, wall: [&str; 4], properties: &[(&str, &str)]| scene(&in_a_box(wall, properties), model);
    vec![
        ("opticks, polished", of(opticks, glisur(metal, "polished", "1"), &mirror)),
        ("opticks, ground", of(opticks, glisur(metal, "ground", "0"), &mirror)),
        ("opticks, efficiency by angle", of(opticks, glisur(metal, "polished", "1"), &sensor)),
        ("polished metal", of(geant4, glisur(metal, "polished", "1"), &mirror)),
        ("ground metal", of(geant4, glisur(metal, "ground", "0.4"), &mirror)),
        ("metal with lobes", of(geant4, unified(metal, "ground", "0.2"), &lobes)),
        ("metal with a complex index", of(geant4, unified(metal, "ground", "0.2"), &silver)),
        ("polished dielectric", of(geant4, glisur(dielectric, "polished", "1"), &leaky)),
        ("ground dielectric", of(geant4, glisur(dielectric, "ground", "0.6"), &[])),
        ("dielectric with lobes", of(geant4, unified(dielectric, "ground", "0.2"), &lobes)),
        ("mirror paint", of(geant4, glisur(dielectric, "polishedfrontpainted", "1"), &mirror)),
        ("diffuse paint", of(geant4, glisur(dielectric, "groundfrontpainted", "1"), &mirror)),
        ("paint behind a gap", of(geant4, unified(dielectric, "groundbackpainted", "0.1"), &lobes)),
        ("mirror behind a gap", of(geant4, unified(dielectric, "polishedbackpainted", "0.1"), &lobes)),
        ("coated", of(geant4, unified("coated", "polished", "0"), &coat)),
        ("photocathode", of(geant4, unified(dielectric, "polished", "0"), &window)),
        ("filter", measured(unified("dielectric_dichroic", "polished", "0"), filter())),
        ("measured", measured(unified("dielectric_LUT", "polishedtyvekair", "0"), distribution())),
    ]
}

/// The GDML of a box of liquid whose wall has a surface of this model, type, finish, value and these properties.
fn in_a_box([model, kind, finish, value]: [&str; 4], properties: &[(&str, &str)]) -> String {
    let properties: String = properties
        .iter()
        .map(|(name, table)| format!(r#"<property name="{name}" ref="{table}"/>"#))
        .collect();
    format!(
        r#"<gdml>{DEFINITIONS}<solids><box name="world" x="800" y="800" z="800"/><box name="tank" x="600" y="600" z="600"/>
        <orb name="bulb" r="80"/>
        <opticalsurface name="wall" model="{model}" type="{kind}" finish="{finish}" value="{value}">{properties}</opticalsurface>
        <opticalsurface name="bulb_skin" model="glisur" type="dielectric_metal" finish="polished" value="1">
          <property name="REFLECTIVITY" ref="half"/><property name="EFFICIENCY" ref="much"/></opticalsurface></solids>
        <structure><volume name="Bulb"><materialref ref="Glass"/><solidref ref="bulb"/></volume>
        <volume name="Tank"><materialref ref="Liquid"/><solidref ref="tank"/>
          <physvol name="bulb"><volumeref ref="Bulb"/><position x="150" y="20" z="-30"/></physvol></volume>
        <volume name="World"><materialref ref="Air"/><solidref ref="world"/>
          <physvol name="tank"><volumeref ref="Tank"/></physvol></volume>
        <skinsurface name="w" surfaceproperty="wall"><volumeref ref="Tank"/></skinsurface>
        <skinsurface name="b" surfaceproperty="bulb_skin"><volumeref ref="Bulb"/></skinsurface></structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#
    )
}

/// The same with data that would come from a file.
fn measured(wall: [&str; 4], data: MeasuredData) -> SceneData {
    let text = in_a_box(wall, &[("REFLECTIVITY", "much")]);
    let mut detector = gdml::read_str(&text, "scene", &NoFiles).unwrap();
    detector.surfaces[0].measured = Some(data);
    SceneData::build(&detector, SurfaceModel::Geant4).unwrap()
}

fn filter() -> MeasuredData {
    MeasuredData::Dichroic {
        wavelengths_nm: vec![300.0, 430.0, 600.0],
        angles_deg: vec![0.0, 50.0],
        transmittance_percent: vec![10.0, 70.0, 20.0, 5.0, 40.0, 60.0],
    }
}

fn distribution() -> MeasuredData {
    let probability = |i: u32| (i.wrapping_mul(2_654_435_761) >> 8) as f32 / (1 << 24) as f32;
    MeasuredData::AngularDistribution((0..91 * 45 * 37).map(probability).collect())
}
