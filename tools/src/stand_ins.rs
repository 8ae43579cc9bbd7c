//! A detector whose shapes can be drawn and traced whatever its optics: what is refused is replaced.
//!
//! A surface that the surface model refuses (of a type that it has not, or without its data) becomes black where it lies,
//! a sensor if it is one. A property of a material that is refused is taken away.

use cfg4::detector::{
    Detector, Material, OpticalSurface, Property, PropertyMap, SurfaceFinish, SurfaceId, SurfaceType,
    without_pointer,
};
use optixrap::scene::property_tables::{PropertyTables, TableOptions};
use optixrap::scene::{SceneError, SurfaceModel};

/// The detector with stand-ins, and what was replaced and why, a line each; as it was where nothing is refused.
pub fn with_stand_ins(mut detector: Detector, model: SurfaceModel) -> (Detector, Vec<String>) {
    let mut replaced = Vec::new();
    if fault(&detector, model).is_none() {
        return (detector, replaced);
    }
    for material in &mut detector.materials {
        replaced.extend(accept_material(material).into_iter().map(|(_, fault)| fault));
    }
    replaced.extend(accept_surfaces(&mut detector, model));
    (detector, replaced)
}

/// The detector without the properties of materials that are refused.
pub(crate) fn with_sound_materials(mut detector: Detector) -> Detector {
    detector.materials.iter_mut().for_each(|material| drop(accept_material(material)));
    detector
}

/// The properties of a material that are refused, each with the reason. Properties are tried with all others of their
/// material, because a process needs several (Mie scattering its length and its asymmetry): one that is refused is taken
/// away, and the rest is tried again.
pub(crate) fn property_faults(material: &Material) -> Vec<(String, String)> {
    accept_material(&mut material.clone())
}

/// What is wrong with a surface that is named already.
pub(crate) fn surface_fault(surface: &OpticalSurface, error: &SceneError) -> String {
    let text = error.to_string();
    let named = format!("optical surface {}: ", surface.name);
    text.strip_prefix(&named).map(str::to_owned).unwrap_or(text)
}

fn fault(detector: &Detector, surface_model: SurfaceModel) -> Option<SceneError> {
    PropertyTables::new(detector, &TableOptions { surface_model, reemission: true }).err()
}

fn material_fault(material: &Material) -> Option<SceneError> {
    let alone = Detector { materials: vec![material.clone()], ..Detector::default() };
    fault(&alone, SurfaceModel::default())
}

/// Takes away what is refused, until the rest is not. What only lacks a property that was taken away goes too, without a
/// fault of its own.
fn accept_material(material: &mut Material) -> Vec<(String, String)> {
    let mut faults: Vec<(String, String)> = Vec::new();
    while let Some(fault) = material_fault(material) {
        let Some(name) = culprit(material, &fault) else {
            faults.push((String::new(), fault.to_string()));
            material.properties.0.clear();
            break;
        };
        material.properties.0.remove(&name);
        let follows = matches!(&fault, SceneError::MissingProperty { needs, .. } if faults.iter().any(|(gone, _)| gone == needs));
        if !follows {
            faults.push((name, fault.to_string()));
        }
    }
    faults
}

/// The property without which a material has this fault no more; of several the one that the fault names.
fn culprit(material: &Material, fault: &SceneError) -> Option<String> {
    let named = match fault {
        SceneError::BadProperty { property, .. } | SceneError::BadEnergy { property, .. } => {
            property.as_str()
        }
        SceneError::MissingProperty { has, .. } => has,
        _ => "",
    };
    let helps = |name: &&String| {
        let mut without = material.clone();
        without.properties.0.remove(*name);
        material_fault(&without).as_ref() != Some(fault)
    };
    let mut helpful: Vec<&String> = material.properties.0.keys().filter(helps).collect();
    helpful.sort_by_key(|name| *name != named);
    helpful.first().map(|name| (*name).clone())
}

/// Makes black what is refused.
fn accept_surfaces(detector: &mut Detector, model: SurfaceModel) -> Vec<String> {
    let mut replaced = Vec::new();
    // A copy that has one surface at a time, as number 0.
    let mut alone = detector.clone();
    for index in 0..detector.surfaces.len() {
        let (borders, skins) = (detector.borders.iter(), detector.skins.iter());
        alone.surfaces = vec![detector.surfaces[index].clone()];
        alone.borders = borders.filter(|b| b.surface.index() == index).cloned().collect();
        alone.borders.iter_mut().for_each(|border| border.surface = SurfaceId(0));
        alone.skins = skins.filter(|s| s.surface.index() == index).cloned().collect();
        alone.skins.iter_mut().for_each(|skin| skin.surface = SurfaceId(0));
        if let Some(error) = fault(&alone, model) {
            let surface = &mut detector.surfaces[index];
            let (name, fault) = (without_pointer(&surface.name), surface_fault(surface, &error));
            replaced.push(format!("surface {name} is taken as black: {fault}"));
            *surface = black(surface);
        }
    }
    replaced
}

/// A black surface in place of another; where that detects, it detects all.
pub(crate) fn black(of: &OpticalSurface) -> OpticalSurface {
    let most = |name| of.properties.0.get(name).map_or(0.0, |property| property.range().1);
    let detects = most("EFFICIENCY") > 0.0 || most("EFFICIENCY_MAP") > 0.0;
    let number = |name: &str, value: f64| (name.to_owned(), Property::Constant(value));
    let efficiency = number("EFFICIENCY", f64::from(u8::from(detects)));
    OpticalSurface {
        kind: SurfaceType::DielectricMetal,
        finish: SurfaceFinish::Polished,
        measured: None,
        properties: PropertyMap([number("REFLECTIVITY", 0.0), efficiency].into()),
        ..of.clone()
    }
}

#[cfg(test)]
mod tests {
    use cfg4::gdml::{DEFAULT_GEOMETRY, NoFiles, read_str};
    use optixrap::scene::SceneData;

    use super::*;

    #[test]
    fn a_detector_that_is_accepted_stays_as_it_is() {
        let cube = read_str(DEFAULT_GEOMETRY, "cube", &NoFiles).unwrap();
        let (same, replaced) = with_stand_ins(cube.clone(), SurfaceModel::Geant4);
        assert_eq!((same, replaced), (cube, Vec::new()));
    }

    #[test]
    fn what_is_refused_becomes_black_and_stays_a_sensor() {
        for (kind, finish) in [
            ("x_ray", "polished"),
            ("dielectric_LUT", "polishedtyvekair"),
            ("firsov", "ground"),
            ("coated", "polished"),
        ] {
            let text = DEFAULT_GEOMETRY
                .replace(r#"type="1""#, &format!(r#"type="{kind}""#))
                .replace(r#"type="dielectric_metal""#, &format!(r#"type="{kind}""#))
                .replace(r#"finish="polished""#, &format!(r#"finish="{finish}""#));
            let cube = read_str(&text, "cube", &NoFiles).unwrap();
            let sensors = SceneData::build(
                &read_str(DEFAULT_GEOMETRY, "cube", &NoFiles).unwrap(),
                SurfaceModel::Opticks,
            );
            assert!(SceneData::build(&cube, SurfaceModel::Geant4).is_err(), "{kind} is refused");
            let (drawable, replaced) = with_stand_ins(cube, SurfaceModel::Geant4);
            assert_eq!(replaced.len(), 1, "{replaced:?}");
            assert!(replaced[0].contains("is taken as black: "), "{replaced:?}");
            let scene = SceneData::build(&drawable, SurfaceModel::Geant4).unwrap();
            assert!(scene.sensors().eq(sensors.unwrap().sensors()), "{kind}");
        }
    }

    #[test]
    fn a_property_that_is_refused_is_taken_away_alone() {
        let mut cube = read_str(DEFAULT_GEOMETRY, "cube", &NoFiles).unwrap();
        let material = cube.materials.iter_mut().find(|m| m.properties.0.contains_key("RAYLEIGH")).unwrap();
        let count = material.properties.0.len();
        let name = material.name.clone();
        let bad = cfg4::detector::PropertyVector::new(vec![1e-6, 8e-6], vec![-1.0, -1.0]).unwrap();
        material.properties.0.insert("RAYLEIGH".to_owned(), Property::Vector(bad));
        let (drawable, replaced) = with_stand_ins(cube, SurfaceModel::Opticks);
        let left = drawable.materials.iter().find(|m| m.name == name).unwrap();
        assert_eq!((left.properties.0.len(), replaced.len()), (count - 1, 1), "{replaced:?}");
        assert!(replaced[0].contains("RAYLEIGH"), "{replaced:?}");
        assert!(SceneData::build(&drawable, SurfaceModel::Opticks).is_ok());
    }
}
