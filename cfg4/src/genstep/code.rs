//! The codes that say what kind of photons a genstep makes.

use std::fmt;

/// What a genstep stands for: the first word of its record. The numbers are those of February 2021;
/// later versions of the original renumbered them, so they must not be compared across versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[repr(i32)]
pub enum GenstepCode {
    /// Not a genstep.
    #[default]
    Invalid = 0,
    /// Cerenkov light in the form of Geant4 10.4.2.
    #[doc(alias = "G4Cerenkov_1042")]
    Cerenkov = 1,
    /// Scintillation in the form of Geant4 10.4.2: one decay time and a rise time.
    #[doc(alias = "G4Scintillation_1042")]
    Scintillation = 2,
    /// Cerenkov light in the form of the Daya Bay process; the layout is that of [`GenstepCode::Cerenkov`].
    #[doc(alias = "DsG4Cerenkov_r3971")]
    DsCerenkov = 3,
    /// Scintillation in the form of the Daya Bay process: fast, slow and slower decay times.
    #[doc(alias = "DsG4Scintillation_r3971")]
    DsScintillation = 4,
    /// An artificial light source.
    Torch = 5,
    /// Photons made up by a test; only the header is meaningful, so that they can be collected and counted, but not
    /// propagated.
    Fabricated = 6,
    /// Photons given one by one in an input array; only the header is meaningful.
    EmitSource = 7,
    /// A mixture of Cerenkov light and scintillation (names a source, never stored in a record).
    Natural = 8,
    /// A record of a memory test: all 24 words hold the code, no photons are made.
    Machinery = 9,
    /// Geant4's particle gun (names a source, never stored in a record).
    G4Gun = 10,
    /// Primary particles (names a source, never stored in a record).
    PrimarySource = 11,
    /// A file of gensteps (names a source, never stored in a record).
    GenstepSource = 12,
}

impl GenstepCode {
    /// How many codes there are, [`GenstepCode::Invalid`] included.
    pub const COUNT: usize = 13;

    /// Every code, at the index of its number.
    pub const ALL: [Self; Self::COUNT] = [
        Self::Invalid,
        Self::Cerenkov,
        Self::Scintillation,
        Self::DsCerenkov,
        Self::DsScintillation,
        Self::Torch,
        Self::Fabricated,
        Self::EmitSource,
        Self::Natural,
        Self::Machinery,
        Self::G4Gun,
        Self::PrimarySource,
        Self::GenstepSource,
    ];

    /// The code of a number, or `None` outside 0..=12.
    #[inline]
    pub fn from_number(number: i32) -> Option<Self> {
        usize::try_from(number).ok().and_then(|i| Self::ALL.get(i)).copied()
    }

    /// The number stored in a record.
    #[inline]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// The original's name of the code.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::Cerenkov => "G4Cerenkov_1042",
            Self::Scintillation => "G4Scintillation_1042",
            Self::DsCerenkov => "DsG4Cerenkov_r3971",
            Self::DsScintillation => "DsG4Scintillation_r3971",
            Self::Torch => "torch",
            Self::Fabricated => "fabricated",
            Self::EmitSource => "emitsource",
            Self::Natural => "natural",
            Self::Machinery => "machinery",
            Self::G4Gun => "g4gun",
            Self::PrimarySource => "primarysource",
            Self::GenstepSource => "genstepsource",
        }
    }

    /// The code of a name as [`GenstepCode::name`] gives it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.name() == name)
    }

    /// Whether this is a code at all.
    #[doc(alias = "IsValid")]
    pub const fn is_valid(self) -> bool {
        !matches!(self, Self::Invalid)
    }

    /// Cerenkov light, of either form.
    #[doc(alias = "IsCerenkov")]
    pub const fn is_cerenkov(self) -> bool {
        matches!(self, Self::Cerenkov | Self::DsCerenkov)
    }

    /// Scintillation, of either form.
    #[doc(alias = "IsScintillation")]
    pub const fn is_scintillation(self) -> bool {
        matches!(self, Self::Scintillation | Self::DsScintillation)
    }

    /// Artificial light: torch, fabricated or input photons.
    #[doc(alias = "IsTorchLike")]
    pub const fn is_torch_like(self) -> bool {
        matches!(self, Self::Torch | Self::Fabricated | Self::EmitSource)
    }

    /// A record of a memory test.
    #[doc(alias = "IsMachinery")]
    pub const fn is_machinery(self) -> bool {
        matches!(self, Self::Machinery)
    }

    /// Whether a record may carry this code; the others name sources of gensteps.
    pub const fn is_record(self) -> bool {
        self.is_cerenkov() || self.is_scintillation() || self.is_torch_like() || self.is_machinery()
    }
}

impl fmt::Display for GenstepCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_february_2021() {
        for (i, code) in GenstepCode::ALL.into_iter().enumerate() {
            assert_eq!(code.number(), i as i32);
            assert_eq!(GenstepCode::from_number(i as i32), Some(code));
            assert_eq!(GenstepCode::from_name(code.name()), Some(code));
        }
        assert_eq!(GenstepCode::from_number(13), None);
        assert_eq!(GenstepCode::from_number(-1), None);
        assert_eq!(GenstepCode::from_number(5).map(GenstepCode::name), Some("torch"));
        assert_eq!(GenstepCode::from_number(9).map(GenstepCode::name), Some("machinery"));
    }

    #[test]
    fn predicates_select_the_documented_numbers() {
        let numbers = |is: fn(GenstepCode) -> bool| -> Vec<i32> {
            GenstepCode::ALL.into_iter().filter(|c| is(*c)).map(GenstepCode::number).collect()
        };
        assert_eq!(numbers(GenstepCode::is_cerenkov), [1, 3]);
        assert_eq!(numbers(GenstepCode::is_scintillation), [2, 4]);
        assert_eq!(numbers(GenstepCode::is_torch_like), [5, 6, 7]);
        assert_eq!(numbers(GenstepCode::is_machinery), [9]);
        assert_eq!(numbers(GenstepCode::is_valid), (1..13).collect::<Vec<_>>());
    }
}
