//! Making one photon of a genstep, whatever its kind.

use super::generate_cerenkov;
use super::generate_input;
use super::generate_scintillation;
use super::generate_torch;
use super::genstep::{GenstepRecord, code};
use super::photon::{Photon, flag};
use super::random::Uniform;
use super::tables::Tables;

/// Photon number `photon_index_in_genstep` of a genstep. A genstep of unknown code gives a photon whose wavelength
/// is not a number. Draws: those of the kind.
#[inline(always)]
pub fn generate<R: Uniform>(
    tables: &Tables,
    genstep: &GenstepRecord,
    photon_index_in_genstep: u32,
    rng: &mut R,
) -> Photon {
    match genstep.code() {
        code::CERENKOV | code::DS_CERENKOV => generate_cerenkov::generate(tables, genstep, rng),
        code::SCINTILLATION | code::DS_SCINTILLATION => {
            generate_scintillation::generate(tables, genstep, rng)
        }
        code::TORCH | code::FABRICATED => {
            generate_torch::generate(tables, genstep, photon_index_in_genstep, rng)
        }
        code::EMITSOURCE => generate_input::generate(tables, genstep, photon_index_in_genstep),
        _ => Photon { wavelength_nm: f32::NAN, ..Photon::default() },
    }
}

/// The flag of the photons of a genstep.
#[inline(always)]
pub fn birth_flag(genstep: &GenstepRecord) -> u32 {
    match genstep.code() {
        code::CERENKOV | code::DS_CERENKOV => flag::CERENKOV,
        code::SCINTILLATION | code::DS_SCINTILLATION => flag::SCINTILLATION,
        code::TORCH | code::FABRICATED | code::EMITSOURCE => flag::TORCH,
        _ => flag::NAN_ABORT,
    }
}
