//! The two-letter names of a flag mask's bits.

/// Codes of the bits 0, 1, 2, ... of a flag mask: what can happen to a photon.
const CODES: [&str; 21] = [
    "CK", "SI", "MI", "AB", "RE", "SC", "SD", "SA", "DR", "SR", "BR", "BT", "TO", "NA", "EX", "EC", "NR",
    "BL", "TL", "WS", "WN",
];

/// Bits that say how a photon was made: named first.
const ORIGINS: [u32; 4] = [0, 1, 12, 20];

/// Bits that say how it ended: named last.
const ENDS: [u32; 10] = [2, 3, 6, 7, 13, 14, 15, 16, 17, 18];

/// The names of a mask's bits: origin first, then what happened, then the end: `TO|BT|SD`. A bit without a name is
/// `b31`, an empty mask `-`.
pub fn flag_names(mask: u32) -> String {
    let rank = |bit: &u32| match bit {
        b if ORIGINS.contains(b) => 0,
        b if ENDS.contains(b) => 2,
        _ => 1,
    };
    let mut bits: Vec<u32> = (0..32).filter(|bit| mask >> bit & 1 == 1).collect();
    bits.sort_by_key(rank);
    let name = |bit: u32| CODES.get(bit as usize).map_or_else(|| format!("b{bit}"), |code| code.to_string());
    let names: Vec<String> = bits.into_iter().map(name).collect();
    if names.is_empty() { String::from("-") } else { names.join("|") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use optixrap::physics::photon::flag;

    #[test]
    fn origin_first_end_last() {
        assert_eq!(flag_names(flag::SURFACE_DETECT | flag::TORCH | flag::BOUNDARY_TRANSMIT), "TO|BT|SD");
        assert_eq!(flag_names(0x5040), "TO|SD|EX");
        assert_eq!(flag_names(0x9040), "TO|SD|EC");
    }

    #[test]
    fn codes_sit_at_their_bits() {
        let known = [
            (flag::CERENKOV, "CK"),
            (flag::SCINTILLATION, "SI"),
            (flag::MISS, "MI"),
            (flag::BULK_ABSORB, "AB"),
            (flag::BULK_REEMIT, "RE"),
            (flag::BULK_SCATTER, "SC"),
            (flag::SURFACE_ABSORB, "SA"),
            (flag::SURFACE_DREFLECT, "DR"),
            (flag::SURFACE_SREFLECT, "SR"),
            (flag::BOUNDARY_REFLECT, "BR"),
            (flag::NAN_ABORT, "NA"),
            (flag::NO_RINDEX, "NR"),
            (flag::BOUNCE_LIMIT, "BL"),
            (flag::TIME_LIMIT, "TL"),
            (flag::WAVELENGTH_SHIFT, "WS"),
            (flag::SHIFTER_SECONDARY, "WN"),
        ];
        for (bit, name) in known {
            assert_eq!(flag_names(bit), name);
        }
    }

    #[test]
    fn odd_masks_have_names_too() {
        assert_eq!(flag_names(0), "-");
        assert_eq!(flag_names(1 << 31), "b31");
    }
}
