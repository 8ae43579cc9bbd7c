//! The detector as plain data: what a GDML file says once every name, unit and expression is resolved.
//!
//! Units are Geant4's: mm, ns, MeV, rad, kelvin; densities in g/cm3. Assemblies are expanded: every
//! [`Placement`] puts one [`Volume`] into one mother volume.

use std::collections::HashSet;

mod copies;
mod corners;
mod extents;
mod id;
mod material;
mod notice;
mod places;
mod property;
mod solid;
mod structure;
mod surface;
mod surface_finish;
mod transform;

pub use copies::{Copies, PlacedCopy, RegularCopies, Step};
pub use id::{MaterialId, PlacementId, SolidId, SurfaceId, VolumeId};
pub use material::{Element, Material};
pub use notice::{UnusedProperty, Warning};
pub use places::{Named, Place, Places};
pub use property::{Property, PropertyGrid, PropertyMap, PropertyVector};
pub use solid::{BooleanOperator, ExtrusionSection, RzCorner, Shape, Solid, TrapFace, ZPlane};
pub use structure::{Auxiliary, Placement, Volume};
pub use surface::{BorderSurface, MeasuredData, OpticalSurface, SkinSurface, SurfaceModel, SurfaceType};
pub use surface_finish::SurfaceFinish;
pub use transform::Transform;

/// A complete detector: flat lists of everything, referring to each other by typed ids.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detector {
    /// Materials that the file defines, and the predefined (NIST) ones that volumes use directly.
    pub materials: Vec<Material>,
    /// Named solids, in file order; a boolean's operands come before it.
    pub solids: Vec<Solid>,
    /// Logical volumes.
    pub volumes: Vec<Volume>,
    /// Placements (physical volumes); index 0 is the world's own.
    pub placements: Vec<Placement>,
    /// Optical surfaces, by name.
    pub surfaces: Vec<OpticalSurface>,
    /// Surfaces between an ordered pair of placements.
    pub borders: Vec<BorderSurface>,
    /// Surfaces around every placement of a volume.
    pub skins: Vec<SkinSurface>,
    /// What the reader understood but the user should know (misspelt-looking properties, shared names, ...).
    pub warnings: Vec<Warning>,
    /// Properties that the simulation does not use, in file order.
    pub unused_properties: Vec<UnusedProperty>,
    /// Where materials, surfaces, their properties and solids are defined.
    pub places: Places,
}

impl Detector {
    /// The placement of the world volume.
    pub const WORLD: PlacementId = PlacementId(0);

    /// The material of `id`.
    pub fn material(&self, id: MaterialId) -> &Material {
        &self.materials[id.index()]
    }

    /// The solid of `id`.
    pub fn solid(&self, id: SolidId) -> &Solid {
        &self.solids[id.index()]
    }

    /// The volume of `id`.
    pub fn volume(&self, id: VolumeId) -> &Volume {
        &self.volumes[id.index()]
    }

    /// The placement of `id`.
    pub fn placement(&self, id: PlacementId) -> &Placement {
        &self.placements[id.index()]
    }

    /// The optical surface of `id`.
    pub fn surface(&self, id: SurfaceId) -> &OpticalSurface {
        &self.surfaces[id.index()]
    }

    /// The world's logical volume.
    pub fn world(&self) -> &Volume {
        self.volume(self.placement(Self::WORLD).volume)
    }

    /// Whether a volume occurs inside another, at any depth.
    pub fn holds(&self, outer: VolumeId, inner: VolumeId) -> bool {
        let (mut seen, mut open) = (HashSet::from([outer]), vec![outer]);
        while let Some(volume) = open.pop() {
            for &daughter in &self.volume(volume).daughters {
                let volume = self.placement(daughter).volume;
                if volume == inner {
                    return true;
                }
                if seen.insert(volume) {
                    open.push(volume);
                }
            }
        }
        false
    }

    /// The material of that name (exact, then with a trailing `0x...` pointer suffix ignored).
    pub fn material_by_name(&self, name: &str) -> Option<MaterialId> {
        let index = |matches: &dyn Fn(&str) -> bool| self.materials.iter().position(|m| matches(&m.name));
        index(&|n| n == name)
            .or_else(|| index(&|n| without_pointer(n) == without_pointer(name)))
            .map(|i| MaterialId(i as u32))
    }
}

/// `LS0x4b61c70` -> `LS`: GDML writers append the address of the Geant4 object to its name.
pub fn without_pointer(name: &str) -> &str {
    match name.rfind("0x") {
        Some(at)
            if at > 0 && name.len() > at + 2 && name[at + 2..].bytes().all(|b| b.is_ascii_hexdigit()) =>
        {
            &name[..at]
        }
        _ => name,
    }
}
