//! Scintillation of one step, in the forms of two Geant4 processes.

use super::cerenkov::ChargedStep;
use super::{Genstep, GenstepCode};

/// Scintillation with one decay time and a rise time: code 2 ([`GenstepCode::Scintillation`]).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ScintillationStep {
    /// The step of the particle.
    pub step: ChargedStep,
    /// Which component of the light: 1 fast, 2 slow, 3 the third one of Geant4 11.
    pub component: i32,
    /// Decay time of this component, ns.
    pub decay_time_ns: f32,
    /// Rise time of this component, ns; 0 for none.
    pub rise_time_ns: f32,
    /// Velocity at the end of the step, mm/ns.
    pub post_velocity_mm_per_ns: f32,
}

impl ScintillationStep {
    /// The record of this step.
    pub fn to_genstep(&self) -> Genstep {
        let mut step = self.step.to_genstep(GenstepCode::Scintillation);
        step.set_int(4, 0, self.component);
        step.quads[5] = [self.decay_time_ns, self.rise_time_ns, self.post_velocity_mm_per_ns, 0.0];
        step
    }

    /// The step of a record, or `None` if its code is another.
    pub fn from_genstep(step: &Genstep) -> Option<Self> {
        let [decay_time_ns, rise_time_ns, post_velocity_mm_per_ns, _] = step.quads[5];
        (step.code() == GenstepCode::Scintillation).then(|| Self {
            step: ChargedStep::from_genstep(step),
            component: step.int(4, 0),
            decay_time_ns,
            rise_time_ns,
            post_velocity_mm_per_ns,
        })
    }
}

/// Scintillation of the Daya Bay process: code 4 ([`GenstepCode::DsScintillation`]). The velocity of its
/// [`ChargedStep`] is the mean one of the step.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DsScintillationStep {
    /// The step of the particle.
    pub step: ChargedStep,
    /// Which component of the light: 1 fast, 2 slow.
    pub component: i32,
    /// Fraction of the slow light that has the slower decay time.
    pub slower_ratio: f32,
    /// Decay time of the slow component, ns.
    pub slow_time_ns: f32,
    /// Decay time of the slower part of the slow component, ns.
    pub slower_time_ns: f32,
    /// Decay time of the fast component, ns.
    pub decay_time_ns: f32,
    /// Integral of the spectrum: carried, not used.
    pub integral_max: f32,
    /// Two words for the caller: carried, not used.
    pub spare: [f32; 2],
}

impl DsScintillationStep {
    /// The record of this step.
    pub fn to_genstep(&self) -> Genstep {
        let mut step = self.step.to_genstep(GenstepCode::DsScintillation);
        step.quads[4] = [0.0, self.slower_ratio, self.slow_time_ns, self.slower_time_ns];
        step.set_int(4, 0, self.component);
        step.quads[5] = [self.decay_time_ns, self.integral_max, self.spare[0], self.spare[1]];
        step
    }

    /// The step of a record, or `None` if its code is another.
    pub fn from_genstep(step: &Genstep) -> Option<Self> {
        let [_, slower_ratio, slow_time_ns, slower_time_ns] = step.quads[4];
        let [decay_time_ns, integral_max, spare0, spare1] = step.quads[5];
        (step.code() == GenstepCode::DsScintillation).then(|| Self {
            step: ChargedStep::from_genstep(step),
            component: step.int(4, 0),
            slower_ratio,
            slow_time_ns,
            slower_time_ns,
            decay_time_ns,
            integral_max,
            spare: [spare0, spare1],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::cerenkov::tests::charged;
    use super::*;

    #[test]
    fn form_of_geant4_is_laid_out_as_the_table_says() {
        let step = ScintillationStep {
            step: charged(),
            component: 2,
            decay_time_ns: 1400.0,
            rise_time_ns: 1.5,
            post_velocity_mm_per_ns: 298.0,
        };
        let words = step.to_genstep();
        assert_eq!(words.int(0, 0), 2);
        assert_eq!(words.int(4, 0), 2);
        assert_eq!(words.quads[4][1..], [0.0, 0.0, 0.0]);
        assert_eq!(words.quads[5], [1400.0, 1.5, 298.0, 0.0]);
        assert_eq!(ScintillationStep::from_genstep(&words), Some(step));
        assert_eq!(DsScintillationStep::from_genstep(&words), None);
    }

    #[test]
    fn daya_bay_form_is_laid_out_as_the_table_says() {
        let step = DsScintillationStep {
            step: charged(),
            component: 1,
            slower_ratio: 0.15,
            slow_time_ns: 12.0,
            slower_time_ns: 100.0,
            decay_time_ns: 4.0,
            integral_max: 0.0,
            spare: [7.0, 8.0],
        };
        let words = step.to_genstep();
        assert_eq!(words.int(0, 0), 4);
        assert_eq!(words.int(4, 0), 1);
        assert_eq!(words.quads[4][1..], [0.15, 12.0, 100.0]);
        assert_eq!(words.quads[5], [4.0, 0.0, 7.0, 8.0]);
        assert_eq!(DsScintillationStep::from_genstep(&words), Some(step));
        assert_eq!(ScintillationStep::from_genstep(&words), None);
    }
}
