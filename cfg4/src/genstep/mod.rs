//! Gensteps: what a step of a charged particle, or an artificial source, asks for in photons.
//!
//! A [`Genstep`] is six quads of f32; integers (marked `i32`, `u32`) are stored by their bits. Lengths in mm,
//! times in ns, energies in MeV, wavelengths in nm.
//!
//! | quad | x | y | z | w |
//! |---|---|---|---|---|
//! | 0 all | i32 [code](GenstepCode) | i32 track id | i32 material | i32 photons |
//! | 1 all | x0 | y0 | z0 | t0 |
//!
//! The steps of charged particles ([`ChargedStep`]):
//!
//! | quad | x | y | z | w |
//! |---|---|---|---|---|
//! | 2 | delta x | delta y | delta z (end minus start) | step length |
//! | 3 | i32 PDG code | charge | weight | velocity at the start (code 4: mean velocity) |
//! | 4 [Cerenkov](CerenkovStep) | 1/beta | Pmin | Pmax | maxCos |
//! | 5 Cerenkov | maxSin2 | mean photons/mm at the start | at the end | velocity at the end |
//! | 4 [scintillation](ScintillationStep) (code 2) | i32 component (1 fast, 2 slow) | 0 | 0 | 0 |
//! | 5 scintillation (code 2) | decay time | rise time | velocity at the end | 0 |
//! | 4 [scintillation](DsScintillationStep) (code 4) | i32 component | slower ratio | slow time | slower time |
//! | 5 scintillation (code 4) | decay time | 0 | spare | spare |
//!
//! The [torch](Torch) (code 5):
//!
//! | quad | x | y | z | w |
//! |---|---|---|---|---|
//! | 2 | direction x | direction y | direction z | weight |
//! | 3 | polarization x | polarization y | polarization z | wavelength |
//! | 4 | zenith minimum | zenith maximum | azimuth minimum | azimuth maximum (fractions 0..1) |
//! | 5 | radius | distance | u32 mode bits | u32 torch type |
//!
//! Codes 6 (fabricated) and 7 (input photons) use quad 0 only; the photons of code 6 are nowhere, so that it can be
//! counted, but not propagated. Machinery (code 9) fills all 24 words with the
//! bits of 9; the 9 in its photon word is no photon number, and nothing is propagated for it.
//!
//! The **material** word is the index in the [`Detector`](crate::detector::Detector)'s list of materials, or
//! [`Genstep::MATERIAL_AT_STEP`] for the material of the volume at the middle of the step. In a foreign file the
//! index means nothing here; the reader sets it to the latter unless [`MaterialNames`] say what it means.

mod cerenkov;
mod code;
mod materials;
mod read;
mod record;
mod scintillation;
mod torch;
mod torch_effect;
mod torch_spec;
mod validate;

pub use cerenkov::{CerenkovStep, ChargedStep};
pub use code::GenstepCode;
pub use materials::{MaterialFault, MaterialLookup, MaterialNames, MaterialNamesError};
pub use read::{GenstepEvent, GenstepFileError, genstep_files, read_genstep_file, read_gensteps};
pub use record::{Genstep, GenstepHeader};
pub use scintillation::{DsScintillationStep, ScintillationStep};
pub use torch::{Torch, TorchKind, TorchMode};
pub use torch_spec::{TorchError, TorchSpec};
pub use validate::{GenstepFault, Slot};
