//! What Geant4 would tell us: the detector of a GDML file, its materials, surfaces and sensors; run macros;
//! gensteps and their collector; and charged tracks where no Geant4 is at hand.
//!
//! The principal types are [`Detector`](detector::Detector), read by the GDML reader, and the genstep collector.

pub mod collector;
pub mod detector;
pub mod gdml;
pub mod genstep;
pub mod macros;
pub mod nist;
pub mod particle;
pub mod suggestion;
pub mod surface_data;
pub mod track;
