//! What can be wrong with a detector that is to become a scene.

use cfg4::detector::{Detector, Named, Place};

/// Why a scene cannot be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum SceneError {
    /// A fault of a part that a file defines.
    #[error("{place}: {fault}")]
    At {
        /// Where the part is defined.
        place: Place,
        /// What is wrong with it.
        fault: Box<SceneError>,
    },
    /// A property has a value that makes no sense.
    #[error(
        "{owner}: {property} is {value} at the photon energy {energy_ev} eV, but it must be {rule}; \
         correct the matrix in the GDML file"
    )]
    BadProperty {
        /// `material X` or `optical surface X`.
        owner: String,
        /// Geant4's name of the property.
        property: String,
        /// The value, in Geant4's units.
        value: f64,
        /// Where in the table.
        energy_ev: f64,
        /// What is allowed.
        rule: &'static str,
    },
    /// A photon energy that is not positive.
    #[error(
        "{owner}: {property} is given at the photon energy {energy_ev} eV, but energies must be positive"
    )]
    BadEnergy {
        /// `material X` or `optical surface X`.
        owner: String,
        /// Geant4's name of the property.
        property: String,
        /// The energy.
        energy_ev: f64,
    },
    /// A property that another one needs is missing.
    #[error("{owner} has {has}, which needs {needs} too; add it in the GDML file, or take {has} out")]
    MissingProperty {
        /// `material X`.
        owner: String,
        /// The property that is there.
        has: &'static str,
        /// The one that is not.
        needs: &'static str,
    },
    /// A surface that is no sensor has no REFLECTIVITY.
    #[error(
        "optical surface {surface} has neither EFFICIENCY > 0 nor REFLECTIVITY, so the opticks surface model cannot \
         tell what it does; give it a REFLECTIVITY or use the geant4 surface model"
    )]
    MissingReflectivity {
        /// Name of the surface.
        surface: String,
    },
    /// A kind of surface that the chosen model does not know.
    #[error("optical surface {surface}: {what} is not supported by the {model} surface model; {advice}")]
    UnsupportedSurface {
        /// Name of the surface.
        surface: String,
        /// Type, model or finish in Geant4's words.
        what: String,
        /// `opticks` or `geant4`.
        model: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// A surface that lacks something, or contradicts itself.
    #[error("optical surface {surface}: {what}")]
    IncompleteSurface {
        /// Name of the surface.
        surface: String,
        /// What is missing or wrong, and what to do.
        what: String,
    },
    /// A solid that cannot be traced.
    #[error(transparent)]
    Solid(#[from] super::solids::SolidError),
    /// A placement that scales.
    #[error(
        "placement {placement} has a scale, which is not supported; place a solid that is so shaped (scaledSolid)"
    )]
    Reflection {
        /// Name of the placement.
        placement: String,
    },
    /// A tree of touchables that does not fit: more than 100 million of them outside regular arrays, or, with each copy
    /// counted, more than their numbers of 32 bits can tell apart.
    #[error(
        "the tree below {world} has too many touchables (100 million outside regular arrays, about 4 billion with \
         each copy in them counted); place fewer volumes inside each other"
    )]
    TooManyTouchables {
        /// Name of the world volume.
        world: String,
    },
}

impl SceneError {
    /// The fault with the place in the detector's files, if its part has one.
    pub(crate) fn at_place(self, detector: &Detector) -> Self {
        match self.place(detector) {
            Some(place) => Self::At { place: place.clone(), fault: Box::new(self) },
            None => self,
        }
    }

    fn place<'a>(&self, detector: &'a Detector) -> Option<&'a Place> {
        let places = &detector.places;
        let of_property = |owner: &str, property: &str| match owner.strip_prefix("material ") {
            Some(name) => places.of_property(Named::Material, name, property),
            None => places.of_property(Named::Surface, owner.strip_prefix("optical surface ")?, property),
        };
        match self {
            Self::BadProperty { owner, property, .. } | Self::BadEnergy { owner, property, .. } => {
                of_property(owner, property)
            }
            Self::MissingProperty { owner, has, .. } => of_property(owner, has),
            Self::MissingReflectivity { surface }
            | Self::UnsupportedSurface { surface, .. }
            | Self::IncompleteSurface { surface, .. } => places.of(Named::Surface, surface),
            Self::Solid(error) => places.of(Named::Solid, error.name()),
            Self::At { .. } | Self::Reflection { .. } | Self::TooManyTouchables { .. } => None,
        }
    }
}
