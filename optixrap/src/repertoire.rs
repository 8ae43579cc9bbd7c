//! What a build of the physics has code for.
//!
//! The CPU engine has everything, and so have the GPU modules for any scene. On a GPU every photon pays for the most
//! demanding kind of solid or process that a kernel can meet, since registers and stack are shared out for that one. So
//! there are modules for simple scenes too, which leave the rest out: where [`EVERYTHING`] is asked, in the functions
//! that choose by kind. The host takes them where [`is_simple`] allows it. What a photon does is the same in both.
//!
//! A kind that is not in the lists here is in the modules for any scene alone. To bring one into the simple ones, list it
//! and move it to the other side of the question where kinds are chosen.

use crate::physics::surface::kind as surface;
use crate::trace::record as solid;
use crate::transport::Scene;

/// Whether this build has code for everything, or for simple scenes alone.
#[cfg(not(target_arch = "nvptx64"))]
pub const EVERYTHING: bool = true;
/// Whether this build has code for everything, or for simple scenes alone.
#[cfg(target_arch = "nvptx64")]
pub const EVERYTHING: bool = crate::EVERYTHING;

/// The kinds of solid of simple scenes.
pub const SIMPLE_SOLIDS: [u32; 3] = [solid::BOX, solid::TUBE, solid::ORB];

/// The kinds of surface of simple scenes.
pub const SIMPLE_SURFACES: [u32; 5] = [
    surface::OPTICKS,
    surface::METAL,
    surface::DIELECTRIC,
    surface::PAINTED_SPECULAR,
    surface::PAINTED_DIFFUSE,
];

/// Whether all that a photon can meet in a scene is in the modules for simple scenes: besides solids and surfaces of the
/// kinds above, no arrays of volumes, and no material with more than absorption, reemission at once and Rayleigh scattering.
pub fn is_simple(scene: &Scene) -> bool {
    let solids = scene.geometry.solids.records;
    let surfaces = scene.tables.surfaces;
    solids.iter().all(|solid| SIMPLE_SOLIDS.contains(&solid.kind))
        && surfaces.iter().all(|surface| SIMPLE_SURFACES.contains(&surface.kind))
        && scene.geometry.arrays.is_empty()
        && scene.tables.more.is_empty()
}
