//! One hit of a hits array.

/// What a hit's 4x4 floats say. Of the 16, the integers are stored by their bits:
///
/// | row | x | y | z | w |
/// |---|---|---|---|---|
/// | 0 | position, mm | | | time, ns |
/// | 1 | direction | | | weight |
/// | 2 | polarization | | | wavelength, nm |
/// | 3 | signed boundary << 16 and sensor index | node index | photon index | flag mask |
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// Position in the global frame, mm.
    pub position_mm: [f32; 3],
    /// Time since the start of the event, ns.
    pub time_ns: f32,
    /// Vacuum wavelength, nm.
    pub wavelength_nm: f32,
    /// Index of the sensor, from 1; 0 where no sensor was hit.
    pub sensor_index: u32,
    /// What happened to the photon, a bit per flag.
    pub flag_mask: u32,
}

impl Hit {
    /// Reads the 16 floats of an item.
    pub fn from_item(item: &[f32; 16]) -> Self {
        Self {
            position_mm: [item[0], item[1], item[2]],
            time_ns: item[3],
            wavelength_nm: item[11],
            sensor_index: item[12].to_bits() & 0xffff,
            flag_mask: item[15].to_bits(),
        }
    }

    /// Whether position, time and wavelength are finite.
    pub fn is_finite(&self) -> bool {
        self.position_mm.iter().chain([&self.time_ns, &self.wavelength_nm]).all(|x| x.is_finite())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_stored_by_their_bits() {
        let mut item = [0.0f32; 16];
        (item[0], item[3], item[11]) = (5.0, 2.5, 430.0);
        item[12] = f32::from_bits(((-7i32 as u32) << 16) | 42);
        item[15] = f32::from_bits(0x1840);
        let hit = Hit::from_item(&item);
        assert_eq!((hit.sensor_index, hit.flag_mask), (42, 0x1840));
        assert_eq!((hit.position_mm, hit.time_ns, hit.wavelength_nm), ([5.0, 0.0, 0.0], 2.5, 430.0));
        assert!(hit.is_finite());
    }

    #[test]
    fn one_nan_is_noticed() {
        let mut item = [1.0f32; 16];
        item[3] = f32::NAN;
        assert!(!Hit::from_item(&item).is_finite());
    }
}
