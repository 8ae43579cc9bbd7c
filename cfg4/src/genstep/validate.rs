//! Which words of a genstep may hold what.

use std::fmt;

use super::torch::{TorchKind, TorchMode};
use super::{Genstep, GenstepCode};

/// One word of a genstep, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{slot}: {problem}")]
pub struct GenstepFault {
    /// Where.
    pub slot: Slot,
    /// What is wrong, with the value.
    pub problem: String,
}

/// The place of one word in a genstep, with its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// Quad, 0..6.
    pub quad: usize,
    /// Word of the quad, 0..4.
    pub word: usize,
    /// What the word means.
    pub name: &'static str,
}

impl fmt::Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let axis = ["x", "y", "z", "w"][self.word & 3];
        write!(f, "quad {} {axis} ({})", self.quad, self.name)
    }
}

/// What a float word must fulfil, besides being finite.
#[derive(Clone, Copy)]
enum Rule {
    Finite,
    NotNegative,
    Positive,
    Fraction,
}

use Rule::{Finite, Fraction, NotNegative, Positive};

/// A float word: quad, word, name, rule.
type FloatWord = (usize, usize, &'static str, Rule);

const POSITION: [FloatWord; 4] =
    [(1, 0, "x0", Finite), (1, 1, "y0", Finite), (1, 2, "z0", Finite), (1, 3, "time", Finite)];

const CHARGED: [FloatWord; 7] = [
    (2, 0, "delta x", Finite),
    (2, 1, "delta y", Finite),
    (2, 2, "delta z", Finite),
    (2, 3, "step length", NotNegative),
    (3, 1, "charge", Finite),
    (3, 2, "weight", NotNegative),
    (3, 3, "velocity", NotNegative),
];

const CERENKOV: [FloatWord; 8] = [
    (4, 0, "1/beta", Positive),
    (4, 1, "Pmin", NotNegative),
    (4, 2, "Pmax", Positive),
    (4, 3, "maxCos", Finite),
    (5, 0, "maxSin2", Finite),
    // Geant4's formula falls below 0 close to threshold.
    (5, 1, "mean photons at start", Finite),
    (5, 2, "mean photons at end", Finite),
    (5, 3, "velocity at end", NotNegative),
];

const SCINTILLATION: [FloatWord; 3] = [
    (5, 0, "decay time", NotNegative),
    (5, 1, "rise time", NotNegative),
    (5, 2, "velocity at end", NotNegative),
];

const DS_SCINTILLATION: [FloatWord; 4] = [
    (4, 1, "slower ratio", Fraction),
    (4, 2, "slow decay time", NotNegative),
    (4, 3, "slower decay time", NotNegative),
    (5, 0, "decay time", NotNegative),
];

const TORCH: [FloatWord; 14] = [
    (2, 0, "direction x", Finite),
    (2, 1, "direction y", Finite),
    (2, 2, "direction z", Finite),
    (2, 3, "weight", NotNegative),
    (3, 0, "polarization x", Finite),
    (3, 1, "polarization y", Finite),
    (3, 2, "polarization z", Finite),
    (3, 3, "wavelength", Positive),
    (4, 0, "zenith minimum", Fraction),
    (4, 1, "zenith maximum", Fraction),
    (4, 2, "azimuth minimum", Fraction),
    (4, 3, "azimuth maximum", Fraction),
    (5, 0, "radius", NotNegative),
    (5, 1, "distance", Finite),
];

impl Genstep {
    /// Checks every word that making photons reads: a known code, a photon count of 0..2^31, finite numbers in
    /// their ranges, a direction where one is needed.
    ///
    /// # Errors
    /// The first word that is wrong.
    pub fn validate(&self) -> Result<(), GenstepFault> {
        let code = self.int(0, 0);
        let known = GenstepCode::from_number(code).filter(|c| c.is_record());
        let Some(known) = known else {
            return Err(fault(0, 0, "code", unknown_code(code)));
        };
        if known.is_machinery() {
            return Ok(());
        }
        let photons = self.int(0, 3);
        if photons < 0 {
            let stored = self.uint(0, 3);
            let problem =
                format!("{photons} photons ({stored} if read unsigned); a count is 0 to 2147483647");
            return Err(fault(0, 3, "photons", problem));
        }
        match known {
            GenstepCode::Cerenkov | GenstepCode::DsCerenkov => self.validate_cerenkov(),
            GenstepCode::Scintillation => self.validate_scintillation(&SCINTILLATION, 3),
            GenstepCode::DsScintillation => self.validate_scintillation(&DS_SCINTILLATION, 2),
            GenstepCode::Torch => self.validate_torch(),
            _ => Ok(()),
        }
    }

    fn check(&self, words: &[FloatWord]) -> Result<(), GenstepFault> {
        for &(quad, word, name, rule) in words {
            let value = self.quads[quad][word];
            let problem = match rule {
                _ if !value.is_finite() => "is not a finite number",
                NotNegative if value < 0.0 => "must not be negative",
                Positive if value <= 0.0 => "must be above 0",
                Fraction if !(0.0..=1.0).contains(&value) => "must be from 0 to 1",
                _ => continue,
            };
            return Err(fault(quad, word, name, format!("{value} {problem}")));
        }
        Ok(())
    }

    fn validate_charged(&self) -> Result<(), GenstepFault> {
        self.check(&POSITION)?;
        self.check(&CHARGED)?;
        let (length, velocity) = (self.quads[2][3], self.quads[3][3]);
        if length > 0.0 && velocity == 0.0 && self.num_photons() > 0 {
            let problem = format!("0 mm/ns over a step of {length} mm never ends");
            return Err(fault(3, 3, "velocity", problem));
        }
        Ok(())
    }

    fn validate_cerenkov(&self) -> Result<(), GenstepFault> {
        self.validate_charged()?;
        self.check(&CERENKOV)?;
        let (energy_min, energy_max) = (self.quads[4][1], self.quads[4][2]);
        if energy_min > energy_max {
            return Err(fault(4, 1, "Pmin", format!("{energy_min} MeV is above Pmax, {energy_max} MeV")));
        }
        if self.num_photons() > 0 && self.quads[2][..3] == [0.0; 3] {
            return Err(fault(2, 0, "delta", "the step has no direction for its Cerenkov cone".to_owned()));
        }
        let [max_sin2, at_start, at_end, _] = self.quads[5];
        if self.num_photons() > 0 && max_sin2 < 0.0 {
            let problem = format!("{max_sin2} leaves no Cerenkov cone, but the step makes photons");
            return Err(fault(5, 0, "maxSin2", problem));
        }
        if self.num_photons() > 0 && at_start.max(at_end) <= 0.0 {
            let problem = "no mean photon number is above 0, but the step makes photons".to_owned();
            return Err(fault(5, 1, "mean photons", problem));
        }
        Ok(())
    }

    fn validate_scintillation(&self, words: &[FloatWord], components: i32) -> Result<(), GenstepFault> {
        self.validate_charged()?;
        self.check(words)?;
        let component = self.int(4, 0);
        if (0..=components).contains(&component) {
            return Ok(());
        }
        let problem = format!("{component} is no scintillation component; 1 is fast, 2 is slow");
        Err(fault(4, 0, "component", problem))
    }

    fn validate_torch(&self) -> Result<(), GenstepFault> {
        self.check(&POSITION)?;
        self.check(&TORCH)?;
        let (kind, mode) = (self.uint(5, 3), TorchMode(self.uint(5, 2)));
        if TorchKind::from_number(kind).is_none() {
            return Err(fault(5, 3, "torch type", format!("{kind} is no torch type; they are 1 to 11")));
        }
        let contradicts = TorchMode::EXCLUSIVE.iter().any(|(a, b)| mode.contains(a.with(*b)));
        if mode.unknown_bits() != 0 || contradicts {
            let problem = format!("{:#x} has unknown or contradicting bits", mode.0);
            return Err(fault(5, 2, "torch mode", problem));
        }
        let squared = |quad: usize| self.quads[quad][..3].iter().map(|x| x * x).sum::<f32>();
        if (squared(2) - 1.0).abs() > 1e-3 {
            return Err(fault(2, 0, "direction", "is not a unit vector".to_owned()));
        }
        if mode.contains(TorchMode::FIXPOL) && (squared(3) - 1.0).abs() > 1e-3 {
            return Err(fault(3, 0, "polarization", "is not a unit vector, as fixpol needs".to_owned()));
        }
        Ok(())
    }
}

fn fault(quad: usize, word: usize, name: &'static str, problem: String) -> GenstepFault {
    GenstepFault { slot: Slot { quad, word, name }, problem }
}

fn unknown_code(code: i32) -> String {
    let named = GenstepCode::from_number(code).map(GenstepCode::name);
    let looks_float = f32::from_bits(code as u32);
    match named {
        Some(name) => format!("{code} ({name}) does not make photons; records have 1 to 7 or 9"),
        None if (0.5..13.0).contains(&looks_float) => {
            format!(
                "{code} is no genstep code; these are the bits of the float {looks_float}: store integers by their bits"
            )
        }
        None => format!("{code} is no genstep code; records have 1 to 7 or 9"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::cerenkov::tests::{cerenkov, charged};
    use super::super::{DsScintillationStep, ScintillationStep, TorchSpec};
    use super::*;
    use crate::detector::Transform;

    fn slot_of(step: Genstep) -> Option<(usize, usize)> {
        step.validate().err().map(|fault| (fault.slot.quad, fault.slot.word))
    }

    #[test]
    fn sound_records_pass() {
        let scintillation = ScintillationStep { step: charged(), component: 1, ..Default::default() };
        let ds = DsScintillationStep { step: charged(), component: 2, ..Default::default() };
        let torch = TorchSpec::default().place(&Transform::IDENTITY, 0).to_gensteps()[0];
        for step in [cerenkov().to_genstep(), scintillation.to_genstep(), ds.to_genstep(), torch] {
            assert_eq!(step.validate(), Ok(()));
        }
        assert_eq!(Genstep::machinery().validate(), Ok(()));
        assert_eq!(Genstep::emit_source(10, 0).validate(), Ok(()));
    }

    #[test]
    fn codes_and_counts_out_of_range_are_named() {
        for code in [0, 8, 10, 11, 12, 13, -1, 1.0_f32.to_bits() as i32] {
            let mut step = cerenkov().to_genstep();
            step.set_int(0, 0, code);
            assert_eq!(slot_of(step), Some((0, 0)), "code {code}");
        }
        for photons in [-1, i32::MIN] {
            let mut step = cerenkov().to_genstep();
            step.set_int(0, 3, photons);
            let message = step.validate().unwrap_err().to_string();
            assert!(
                message.contains("quad 0 w (photons)") && message.contains(&photons.to_string()),
                "{message}"
            );
        }
    }

    #[test]
    fn no_float_word_that_is_read_may_be_nan() {
        let torch = TorchSpec::default().place(&Transform::IDENTITY, 0).to_gensteps()[0];
        let words = [
            (cerenkov().to_genstep(), [&POSITION[..], &CHARGED, &CERENKOV].concat()),
            (torch, [&POSITION[..], &TORCH].concat()),
        ];
        for (step, words) in words {
            for (quad, word, ..) in words {
                for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
                    let mut step = step;
                    step.quads[quad][word] = bad;
                    assert_eq!(slot_of(step), Some((quad, word)));
                }
            }
        }
    }

    #[test]
    fn steps_that_could_not_make_photons_are_refused() {
        let with = |change: fn(&mut Genstep)| {
            let mut step = cerenkov().to_genstep();
            change(&mut step);
            slot_of(step)
        };
        assert_eq!(with(|s| s.quads[2][..3].fill(0.0)), Some((2, 0)));
        assert_eq!(with(|s| s.quads[4][1] = 1.0), Some((4, 1)));
        assert_eq!(with(|s| s.quads[3][3] = 0.0), Some((3, 3)));
        assert_eq!(with(|s| s.quads[5][1..3].fill(0.0)), Some((5, 1)));
        assert_eq!(with(|s| s.quads[5][1..3].fill(-1.0)), Some((5, 1)));
        assert_eq!(with(|s| s.quads[5][0] = -1e-3), Some((5, 0)));
        assert_eq!(with(|s| s.quads[5][2] = -1.0), None, "an end below threshold, as Geant4 has it");
        let mut torch = TorchSpec::default().place(&Transform::IDENTITY, 0).to_gensteps()[0];
        torch.set_uint(5, 3, 12);
        assert_eq!(slot_of(torch), Some((5, 3)));
        torch.set_uint(5, 3, 1);
        torch.quads[2][2] = 0.5;
        assert_eq!(slot_of(torch), Some((2, 0)));
    }
}
