//! `G4OpticalSurfaceFinish`.

/// `G4OpticalSurfaceFinish`; GDML allows the name or the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurfaceFinish {
    /// 0 `polished`
    Polished,
    /// 1 `polishedfrontpainted`
    PolishedFrontPainted,
    /// 2 `polishedbackpainted`
    PolishedBackPainted,
    /// 3 `ground`
    Ground,
    /// 4 `groundfrontpainted`
    GroundFrontPainted,
    /// 5 `groundbackpainted`
    GroundBackPainted,
    /// 6.. the finishes of measured look-up tables, by their number
    LookUpTable(u32),
}

/// Names by number.
const NAMES: [&str; 39] = [
    "polished",
    "polishedfrontpainted",
    "polishedbackpainted",
    "ground",
    "groundfrontpainted",
    "groundbackpainted",
    "polishedlumirrorair",
    "polishedlumirrorglue",
    "polishedair",
    "polishedteflonair",
    "polishedtioair",
    "polishedtyvekair",
    "polishedvm2000air",
    "polishedvm2000glue",
    "etchedlumirrorair",
    "etchedlumirrorglue",
    "etchedair",
    "etchedteflonair",
    "etchedtioair",
    "etchedtyvekair",
    "etchedvm2000air",
    "etchedvm2000glue",
    "groundlumirrorair",
    "groundlumirrorglue",
    "groundair",
    "groundteflonair",
    "groundtioair",
    "groundtyvekair",
    "groundvm2000air",
    "groundvm2000glue",
    "Rough_LUT",
    "RoughTeflon_LUT",
    "RoughESR_LUT",
    "RoughESRGrease_LUT",
    "Polished_LUT",
    "PolishedTeflon_LUT",
    "PolishedESR_LUT",
    "PolishedESRGrease_LUT",
    "Detector_LUT",
];

/// The finishes without a table, by number.
const PLAIN: [SurfaceFinish; 6] = [
    SurfaceFinish::Polished,
    SurfaceFinish::PolishedFrontPainted,
    SurfaceFinish::PolishedBackPainted,
    SurfaceFinish::Ground,
    SurfaceFinish::GroundFrontPainted,
    SurfaceFinish::GroundBackPainted,
];

impl SurfaceFinish {
    /// The finish of Geant4's number.
    pub fn from_number(number: usize) -> Option<Self> {
        let table = || (number < NAMES.len()).then_some(Self::LookUpTable(number as u32));
        PLAIN.get(number).copied().or_else(table)
    }

    /// The finish of Geant4's name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::from_number(NAMES.iter().position(|known| *known == name)?)
    }

    /// Geant4's number.
    pub fn number(self) -> u32 {
        match self {
            Self::LookUpTable(number) => number,
            plain => PLAIN.iter().position(|known| *known == plain).map_or(0, |at| at as u32),
        }
    }

    /// Geant4's name.
    pub fn name(self) -> &'static str {
        NAMES.get(self.number() as usize).copied().unwrap_or("unknown finish")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_geant4_s() {
        for number in 0..39 {
            let finish = SurfaceFinish::from_number(number).unwrap();
            assert_eq!(
                (finish.number() as usize, SurfaceFinish::from_name(finish.name())),
                (number, Some(finish))
            );
        }
        assert_eq!(SurfaceFinish::from_name("groundbackpainted"), Some(SurfaceFinish::GroundBackPainted));
        assert_eq!(SurfaceFinish::from_name("Rough_LUT"), Some(SurfaceFinish::LookUpTable(30)));
        assert_eq!((SurfaceFinish::from_number(39), SurfaceFinish::from_name("shiny")), (None, None));
    }
}
