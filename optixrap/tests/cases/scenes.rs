//! Small detectors made by hand, for tests with closed-form answers.

use cfg4::detector::*;

/// A material with RINDEX `n`, and absorption and scattering lengths in mm where given.
pub(crate) fn material(name: &str, n: f64, absorption: Option<f64>, scattering: Option<f64>) -> Material {
    let mut properties = PropertyMap::default();
    let mut set = |name: &str, value: f64| {
        let table = PropertyVector::new(vec![1.0e-6, 10.0e-6], vec![value; 2]).unwrap();
        properties.0.insert(name.into(), Property::Vector(table));
    };
    set("RINDEX", n);
    absorption.into_iter().for_each(|l| set("ABSLENGTH", l));
    scattering.into_iter().for_each(|l| set("RAYLEIGH", l));
    Material {
        name: name.into(),
        density_g_cm3: 1.0,
        temperature_k: 293.15,
        is_gas: false,
        components: vec![(Element { name: "C".into(), z: 6.0, a_g_per_mol: 12.011 }, 1.0)],
        mean_excitation_ev: None,
        properties,
    }
}

/// Adds solid, volume and placement in one go.
pub(crate) struct Builder(pub(crate) Detector);

impl Builder {
    /// A world that is a box of these half lengths.
    pub(crate) fn world(material: Material, half_mm: [f64; 3]) -> Self {
        let mut builder = Self(Detector::default());
        builder.add(None, "World", material, Shape::Box { half_mm }, Transform::IDENTITY);
        builder
    }

    /// A new volume placed in `mother`.
    pub(crate) fn add(
        &mut self,
        mother: Option<VolumeId>,
        name: &str,
        material: Material,
        shape: Shape,
        transform: Transform,
    ) -> VolumeId {
        let d = &mut self.0;
        let id = match d.materials.iter().position(|m| m == &material) {
            Some(i) => MaterialId(i as u32),
            None => {
                d.materials.push(material);
                MaterialId(d.materials.len() as u32 - 1)
            }
        };
        d.solids.push(Solid { name: name.into(), shape });
        let volume = VolumeId(d.volumes.len() as u32);
        d.volumes.push(Volume {
            name: name.into(),
            material: id,
            solid: SolidId(d.solids.len() as u32 - 1),
            daughters: vec![],
            auxiliaries: vec![],
            step_limit_mm: None,
            sensitive_detector: None,
        });
        self.place(mother, name, volume, 0, transform);
        volume
    }

    /// One more placement of a volume.
    pub(crate) fn place(
        &mut self,
        mother: Option<VolumeId>,
        name: &str,
        volume: VolumeId,
        copy_number: i32,
        transform: Transform,
    ) -> PlacementId {
        let d = &mut self.0;
        let id = PlacementId(d.placements.len() as u32);
        d.placements.push(Placement {
            name: name.into(),
            copy_number,
            volume,
            mother,
            transform,
            copies: Copies::Once,
        });
        if let Some(mother) = mother {
            d.volumes[mother.index()].daughters.push(id);
        }
        id
    }

    /// A polished surface around every placement of a volume.
    pub(crate) fn skin(&mut self, volume: VolumeId, properties: &[(&str, f64)]) {
        let d = &mut self.0;
        let mut map = PropertyMap::default();
        for (name, value) in properties {
            let table = PropertyVector::new(vec![1.0e-6, 10.0e-6], vec![*value; 2]).unwrap();
            map.0.insert((*name).into(), Property::Vector(table));
        }
        let name = format!("surface{}", d.surfaces.len());
        d.surfaces.push(OpticalSurface {
            name: name.clone(),
            model: SurfaceModel::Glisur,
            kind: SurfaceType::DielectricMetal,
            finish: SurfaceFinish::Polished,
            value: 1.0,
            properties: map,
            measured: None,
        });
        let surface = SurfaceId(d.surfaces.len() as u32 - 1);
        d.skins.push(SkinSurface { name, volume, surface });
    }
}

/// A torch of `photons` at `position_mm`, shining everywhere.
pub(crate) fn point_torch(photons: u32, position_mm: [f32; 3]) -> cfg4::genstep::Genstep {
    let [x, y, z] = position_mm;
    let spec = format!("type=sphere_photons={photons}_source={x},{y},{z}_target={x},{y},{}", z + 1.0);
    let spec: cfg4::genstep::TorchSpec = spec.parse().unwrap();
    spec.place(&Transform::IDENTITY, 1).to_gensteps()[0]
}
