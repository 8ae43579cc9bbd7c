//! Photons that the user gives one by one, as items (4,4).
//!
//! | quad | x | y | z | w |
//! |---|---|---|---|---|
//! | 0 | position mm | | | time ns |
//! | 1 | direction | | | weight |
//! | 2 | polarization | | | wavelength nm |
//! | 3 | not read | | | |
//!
//! Draws: none.

use super::direction::transverse;
use super::genstep::GenstepRecord;
use super::photon::Photon;
use super::tables::Tables;
use super::vec3::{Vec3, vec3};

/// The photon of an EMITSOURCE genstep; one that does not exist has a wavelength that is not a number.
#[inline]
pub fn generate(tables: &Tables, genstep: &GenstepRecord, photon_index_in_genstep: u32) -> Photon {
    let index = genstep.first_input_photon as usize + photon_index_in_genstep as usize;
    match tables.input_photons.get(index) {
        Some(item) => from_item(item),
        None => Photon { wavelength_nm: f32::NAN, ..Photon::default() },
    }
}

/// The photon of an item. Its direction is made a unit vector, its polarization one perpendicular to it.
#[inline]
pub fn from_item(item: &[f32; 16]) -> Photon {
    let vector = |at: usize| -> Vec3 { vec3(item[at], item[at + 1], item[at + 2]) };
    let direction = vector(4).normalized();
    Photon {
        position: vector(0),
        time_ns: item[3],
        direction,
        weight: item[7],
        polarization: transverse(vector(8), direction),
        wavelength_nm: item[11],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_becomes_a_sound_photon() {
        let mut item = [0.0; 16];
        item[..12].copy_from_slice(&[1.0, 2.0, 3.0, 4.0, 0.0, 0.0, 2.0, 0.5, 1.0, 0.0, 1.0, 430.0]);
        let photon = from_item(&item);
        assert_eq!(photon.position, vec3(1.0, 2.0, 3.0));
        assert_eq!(photon.direction, vec3(0.0, 0.0, 1.0));
        assert_eq!(photon.polarization, vec3(1.0, 0.0, 0.0));
        assert_eq!((photon.time_ns, photon.weight, photon.wavelength_nm), (4.0, 0.5, 430.0));
    }

    #[test]
    fn a_missing_polarization_is_replaced_by_a_perpendicular_one() {
        let mut item = [0.0; 16];
        item[4..7].copy_from_slice(&[0.6, 0.0, 0.8]);
        let photon = from_item(&item);
        assert!((photon.polarization.length() - 1.0).abs() < 1e-6);
        assert!(photon.polarization.dot(photon.direction).abs() < 1e-6);
    }
}
