//! The bulk processes that few materials have: Mie scattering, both wavelength shifters, reemission that takes time.

use cfg4::gdml::{self, NoFiles};
use optixrap::launch::{ProcessAnswer, ProcessProbe, process, process_kind};
use optixrap::physics::photon::flag;
use optixrap::scene::{SceneData, SurfaceModel};

use super::device::bytes;
use super::events::{compare, everything, input, on_cpu};
use super::physics::{SEED, ask};
use super::scenes;

/// A tank of all of these around an orb of glass that detects.
fn tank() -> SceneData {
    let text = r#"<gdml><define>
        <matrix name="one" coldim="2" values="1.5*eV 1 10*eV 1"/>
        <matrix name="half" coldim="2" values="1.5*eV 0.5 10*eV 0.5"/>
        <matrix name="n" coldim="2" values="1.5*eV 1.45 3*eV 1.5 10*eV 1.6"/>
        <matrix name="m" coldim="2" values="1.5*eV 900 10*eV 700"/>
        <matrix name="wls" coldim="2" values="1.5*eV 1e8 2.6*eV 1e6 2.8*eV 300 10*eV 100"/>
        <matrix name="green" coldim="2" values="1.8*eV 0 2.3*eV 1 3*eV 0.2"/>
        <matrix name="red" coldim="2" values="1.6*eV 0 1.9*eV 1"/>
        <matrix name="few" coldim="1" values="0.7"/><matrix name="ns" coldim="1" values="2.5*ns"/>
        </define><materials>
        <material name="Air"><property name="RINDEX" ref="one"/><D value="1.29" unit="mg/cm3"/>
          <fraction n="1" ref="G4_AIR"/></material>
        <material name="Liquid"><property name="RINDEX" ref="n"/><property name="ABSLENGTH" ref="m"/>
          <property name="RAYLEIGH" ref="m"/><property name="MIEHG" ref="m"/>
          <property name="MIEHG_FORWARD" ref="few"/><property name="MIEHG_BACKWARD" ref="few"/>
          <property name="MIEHG_FORWARD_RATIO" ref="few"/><property name="WLSABSLENGTH" ref="wls"/>
          <property name="WLSCOMPONENT" ref="green"/><property name="WLSTIMECONSTANT" ref="ns"/>
          <property name="WLSABSLENGTH2" ref="m"/><property name="WLSCOMPONENT2" ref="red"/>
          <property name="WLSTIMECONSTANT2" ref="ns"/><property name="REEMISSIONPROB" ref="half"/>
          <property name="SLOWCOMPONENT" ref="green"/><property name="ReemissionFASTTIMECONSTANT" ref="ns"/>
          <property name="ReemissionSLOWTIMECONSTANT" ref="few"/><property name="ReemissionYIELDRATIO" ref="few"/>
          <D value="1" unit="g/cm3"/><fraction n="1" ref="G4_WATER"/></material>
        </materials><solids><box name="world" x="800" y="800" z="800"/><box name="tank" x="600" y="600" z="600"/>
        <orb name="bulb" r="120"/>
        <opticalsurface name="skin" model="glisur" type="dielectric_metal" finish="polished" value="1">
          <property name="REFLECTIVITY" ref="one"/><property name="EFFICIENCY" ref="half"/></opticalsurface></solids>
        <structure><volume name="Bulb"><materialref ref="Air"/><solidref ref="bulb"/></volume>
        <volume name="Tank"><materialref ref="Liquid"/><solidref ref="tank"/>
          <physvol name="bulb"><volumeref ref="Bulb"/><position x="150" y="20" z="-30"/></physvol></volume>
        <volume name="World"><materialref ref="Air"/><solidref ref="world"/>
          <physvol name="tank"><volumeref ref="Tank"/></physvol></volume>
        <skinsurface name="s" surfaceproperty="skin"><volumeref ref="Bulb"/></skinsurface></structure>
        <setup name="Default" version="1.0"><world ref="World"/></setup></gdml>"#;
    SceneData::build(&gdml::read_str(text, "tank", &NoFiles).unwrap(), SurfaceModel::Opticks).unwrap()
}

#[test]
fn events_in_a_tank_of_all_of_them() {
    let scene = tank();
    let light = scenes::torch(400, [0.0, 0.0, 0.0]);
    let cpu = on_cpu(&scene, &input(&light, 7), &everything(), None);
    let met = |flag: u32| cpu.photons.iter().filter(|p| p.flag_mask() & flag != 0).count();
    for flag in [flag::WAVELENGTH_SHIFT, flag::BULK_SCATTER, flag::BULK_REEMIT, flag::SURFACE_DETECT] {
        assert!(met(flag) > 20, "{} of flag {flag:#x}", met(flag));
    }
    compare(&scene, &light, "tank");
}

#[test]
fn processes_one_by_one() {
    let scene = tank();
    let liquid = scene.view().tables.materials.iter().position(|m| m.reemits != 0).unwrap() as u32;
    let probe = |i: u32| {
        let (s, c) = (0.1 * i as f32).sin_cos();
        let kind = if i.is_multiple_of(3) { process_kind::MIE } else { process_kind::SHIFT };
        let arguments = [(i % 2) as f32, 1.0 + (i / 2 % 2) as f32];
        let state = [0.0, 0.0, 0.0, 1.5, s, c, 0.0, 1.0, 0.0, 0.0, 1.0, 380.0 + (i % 200) as f32];
        let photon = u64::from(i);
        ProcessProbe { kind, index: liquid, arguments, state, photon, ..ProcessProbe::default() }
    };
    let questions: Vec<ProcessProbe> = (0..600).map(probe).collect();
    let gpu: Vec<ProcessAnswer> = ask(&scene, "probe_processes", &questions, questions.len());
    for (question, gpu) in questions.iter().zip(&gpu) {
        let cpu = process(&scene.view(), SEED, question);
        assert!(bytes(&[*gpu]) == bytes(&[cpu]), "{question:?}: {gpu:?}, not {cpu:?}");
    }
}
