//! Optical surfaces and where they sit, with Geant4's vocabulary (`G4OpticalSurface`, `G4SurfaceProperty`).

use std::sync::Arc;

use super::{PlacementId, PropertyMap, SurfaceFinish, SurfaceId, VolumeId};

/// `G4OpticalSurfaceModel`; GDML allows the name or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceModel {
    /// 0 `glisur`
    Glisur,
    /// 1 `unified`
    Unified,
    /// 2 `LUT`
    Lut,
    /// 3 `DAVIS`
    Davis,
    /// 4 `dichroic`
    Dichroic,
}

impl SurfaceModel {
    /// All models, in the order of Geant4's numbers.
    pub const ALL: [SurfaceModel; 5] = [Self::Glisur, Self::Unified, Self::Lut, Self::Davis, Self::Dichroic];

    /// Its name in GDML.
    pub fn name(self) -> &'static str {
        match self {
            Self::Glisur => "glisur",
            Self::Unified => "unified",
            Self::Lut => "LUT",
            Self::Davis => "DAVIS",
            Self::Dichroic => "dichroic",
        }
    }
}

/// `G4SurfaceType`; GDML allows the name or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceType {
    /// 0 `dielectric_metal`
    DielectricMetal,
    /// 1 `dielectric_dielectric`
    DielectricDielectric,
    /// 2 `dielectric_LUT`
    DielectricLut,
    /// 3 `dielectric_LUTDAVIS`
    DielectricLutDavis,
    /// 4 `dielectric_dichroic`
    DielectricDichroic,
    /// 5 `firsov`
    Firsov,
    /// 6 `x_ray`
    XRay,
    /// 7 `coated`
    Coated,
}

impl SurfaceType {
    /// All types, in the order of Geant4's numbers.
    pub const ALL: [SurfaceType; 8] = [
        Self::DielectricMetal,
        Self::DielectricDielectric,
        Self::DielectricLut,
        Self::DielectricLutDavis,
        Self::DielectricDichroic,
        Self::Firsov,
        Self::XRay,
        Self::Coated,
    ];

    /// Its name in GDML.
    pub fn name(self) -> &'static str {
        match self {
            Self::DielectricMetal => "dielectric_metal",
            Self::DielectricDielectric => "dielectric_dielectric",
            Self::DielectricLut => "dielectric_LUT",
            Self::DielectricLutDavis => "dielectric_LUTDAVIS",
            Self::DielectricDichroic => "dielectric_dichroic",
            Self::Firsov => "firsov",
            Self::XRay => "x_ray",
            Self::Coated => "coated",
        }
    }
}

/// One optical surface.
#[derive(Debug, Clone, PartialEq)]
pub struct OpticalSurface {
    /// Name as in the file.
    pub name: String,
    /// Model.
    pub model: SurfaceModel,
    /// Type.
    pub kind: SurfaceType,
    /// Finish.
    pub finish: SurfaceFinish,
    /// `value`: polish (glisur) or sigma_alpha in rad (unified).
    pub value: f64,
    /// REFLECTIVITY, EFFICIENCY, ...
    pub properties: PropertyMap,
    /// What was read from data files for a measured surface; see [`surface_data`](crate::surface_data).
    pub measured: Option<MeasuredData>,
}

/// The data of a measured surface.
#[derive(Debug, Clone, PartialEq)]
pub enum MeasuredData {
    /// `dielectric_LUT`: relative probabilities of directions, 91 angles of incidence (fastest) x 45 theta x 37 phi.
    AngularDistribution(Arc<[f32]>),
    /// `dielectric_LUTDAVIS`.
    Recorded {
        /// Pairs (azimuth, elevation) in rad, 20 000 for each degree of incidence: reflected, then transmitted.
        directions: Arc<[f32]>,
        /// The reflectivity at each of 90 degrees of incidence.
        reflectivity: Arc<[f32]>,
    },
    /// `dielectric_dichroic`.
    Dichroic {
        /// Wavelengths, nm, ascending.
        wavelengths_nm: Vec<f32>,
        /// Angles of incidence, degrees, ascending.
        angles_deg: Vec<f32>,
        /// Transmittance in per cent, for each angle by wavelength.
        transmittance_percent: Vec<f32>,
    },
}

/// A surface from one placement to another, in that order only.
#[derive(Debug, Clone, PartialEq)]
pub struct BorderSurface {
    /// Name as in the file.
    pub name: String,
    /// The placement that a photon leaves.
    pub from: PlacementId,
    /// The placement that it enters.
    pub to: PlacementId,
    /// What happens there.
    pub surface: SurfaceId,
}

/// A surface around every placement of a volume.
#[derive(Debug, Clone, PartialEq)]
pub struct SkinSurface {
    /// Name as in the file.
    pub name: String,
    /// The volume.
    pub volume: VolumeId,
    /// What happens there.
    pub surface: SurfaceId,
}
