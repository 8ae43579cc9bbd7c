//! What can be wrong with a track's input.

use super::EnergyOutOfRange;

/// Why a charged track cannot be followed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum TrackError {
    /// A material that says nothing of its elements.
    #[error(
        "material `{material}` has no usable elements or density; give it fractions of elements and a density"
    )]
    NoComposition {
        /// Name of the material.
        material: String,
    },
    /// A material number that is not finite or not in its physical range.
    #[error("material `{material}`: {quantity} is {value}; it must be finite and positive")]
    BadMaterial {
        /// Name of the material.
        material: String,
        /// What is wrong.
        quantity: &'static str,
        /// Its value.
        value: f64,
    },
    /// A primary with too much energy, or with none that makes sense.
    #[error("primary {particle}: {source}")]
    Energy {
        /// Name of the particle.
        particle: &'static str,
        /// The energy and its limits.
        source: EnergyOutOfRange,
    },
    /// A primary with a number that is not finite or not in its physical range.
    #[error("primary {particle}: {quantity} is {value}; {remedy}")]
    BadPrimary {
        /// Name of the particle.
        particle: &'static str,
        /// What is wrong.
        quantity: &'static str,
        /// Its value.
        value: f64,
        /// What to do.
        remedy: &'static str,
    },
    /// A setting that is not finite or not in its range.
    #[error("track setting {name} is {value}; {remedy}")]
    BadSetting {
        /// Name of the setting.
        name: &'static str,
        /// Its value.
        value: f64,
        /// What to do.
        remedy: &'static str,
    },
    /// A kind of particle that a material has no yield for.
    #[error(
        "material `{material}` has no {property}, which scintillation by particle type needs for this particle; \
         add that table, or use one yield for all particles (setByParticleType false)"
    )]
    NoYield {
        /// Name of the material.
        material: String,
        /// Name of the table.
        property: &'static str,
    },
    /// Whoever takes the steps wants no more of them.
    #[error("the event was given up before its tracks came to their ends")]
    Ended,
    /// A volume of the geometry that the detector does not have.
    #[error(
        "the geometry answers volume {volume}, but the detector has {volumes} volumes; use the geometry of this detector"
    )]
    UnknownVolume {
        /// Index of the volume.
        volume: usize,
        /// How many there are.
        volumes: usize,
    },
}
