//! What rays are traced through.

use cfg4::detector::{Detector, SolidId, without_pointer};
use cfg4::suggestion::did_you_mean;
use g4ok::DetectorGeometry;
use optixrap::scene::bounding_box::BoundingBox;
use optixrap::scene::solids::FlatSolids;
use optixrap::walk::{RayWalk, SolidWalk, StraightRay};

use super::{Place, TraceError, TracedRay};
use crate::ToolsError;

/// A whole detector, with rays in the world's frame, or one of its solids, with rays in that solid's frame.
#[derive(Debug)]
pub enum Target {
    /// Every volume.
    World(Box<DetectorGeometry>),
    /// One solid, wherever it is placed.
    Solid {
        /// Its name.
        name: String,
        /// All solids.
        solids: Box<FlatSolids>,
        /// Which one.
        id: SolidId,
        /// Its box.
        bounds: BoundingBox,
    },
}

impl Target {
    /// The solid of a name, without the pointer that writers of GDML append or with it.
    ///
    /// # Errors
    /// [`TraceError::UnknownSolid`] where there is none; where a solid cannot be traced.
    pub fn solid(detector: &Detector, name: &str) -> Result<Self, ToolsError> {
        let exact = detector.solids.iter().position(|s| s.name == name);
        let position = exact.or_else(|| {
            detector.solids.iter().position(|s| without_pointer(&s.name) == without_pointer(name))
        });
        let Some(index) = position else {
            let names = || detector.solids.iter().map(|s| without_pointer(&s.name));
            let more = if detector.solids.len() > 12 { ", ..." } else { "" };
            return Err(TraceError::UnknownSolid {
                name: name.to_owned(),
                hint: did_you_mean(name, names()),
                known: names().take(12).collect::<Vec<_>>().join(", ") + more,
            }
            .into());
        };
        let solids = FlatSolids::new(detector).map_err(optixrap::scene::SceneError::from)?;
        let bounds = solids.bounds[index];
        let name = without_pointer(&detector.solids[index].name).to_owned();
        Ok(Self::Solid { name, solids: Box::new(solids), id: SolidId(index as u32), bounds })
    }

    /// The boundaries of a ray.
    pub fn trace(&self, ray: &StraightRay) -> TracedRay {
        match self {
            Self::World(geometry) => {
                let place = |node: Option<u32>| node.map_or(Place::Outside, Place::Node);
                let mut walk = RayWalk::new(geometry.scene().geometry(), *ray).merged();
                let mut traced = TracedRay::starting(place(walk.start()));
                for crossing in walk.by_ref() {
                    traced.add(crossing.distance_mm, place(crossing.to), crossing.normal, crossing.lost);
                }
                traced.stuck = walk.is_stuck();
                traced
            }
            Self::Solid { solids, id, bounds, .. } => {
                let place = |inside: bool| Place::Node(u32::from(inside));
                let mut walk = SolidWalk::new(solids.view(), id.0, bounds, *ray);
                let mut traced = TracedRay::starting(place(walk.starts_inside()));
                for crossing in walk.by_ref() {
                    traced.add(crossing.distance_mm, place(crossing.enters), crossing.normal, crossing.lost);
                }
                traced.stuck = walk.is_stuck();
                traced
            }
        }
    }

    /// The name of a place: the path of a touchable, the side of a solid.
    pub fn path(&self, node: u32) -> String {
        match self {
            Self::World(geometry) => geometry.path(node),
            Self::Solid { name, .. } if node == 0 => format!("outside {name}"),
            Self::Solid { name, .. } => format!("inside {name}"),
        }
    }
}
