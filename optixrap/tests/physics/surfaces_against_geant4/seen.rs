//! What became of the photons of a beam, and the comparison with what Geant4 says.

use super::super::support::{assert_transverse, floats};
use super::chi2::{Chi2, Sum};
use optixrap::physics::photon::{Photon, flag};
use serde_json::Value;

/// What flew away on one side.
#[derive(Default)]
struct Side {
    cosines: [f64; 20],
    direction: [Sum; 3],
    pol_y_squared: Sum,
}

#[derive(Default)]
pub(super) struct Seen {
    /// Absorbed, detected, NR, reflected, transmitted.
    ends: [f64; 5],
    /// BR, SR, DR, BT.
    kinds: [f64; 4],
    sides: [Side; 2],
}

impl Seen {
    pub(super) fn add(&mut self, point: u32, photon: &Photon) {
        match point {
            flag::SURFACE_ABSORB => return self.ends[0] += 1.0,
            flag::SURFACE_DETECT => return self.ends[1] += 1.0,
            flag::NO_RINDEX => return self.ends[2] += 1.0,
            _ => {}
        }
        let kinds =
            [flag::BOUNDARY_REFLECT, flag::SURFACE_SREFLECT, flag::SURFACE_DREFLECT, flag::BOUNDARY_TRANSMIT];
        self.kinds[kinds.iter().position(|kind| *kind == point).unwrap()] += 1.0;
        assert_transverse(photon, 5e-4);
        let d = photon.direction;
        let side = usize::from(point == flag::BOUNDARY_TRANSMIT);
        assert_eq!(d.z > 0.0, side == 1, "{photon:?}");
        self.ends[3 + side] += 1.0;
        let side = &mut self.sides[side];
        side.cosines[((d.z.abs() * 20.0) as usize).min(19)] += 1.0;
        side.direction.iter_mut().zip([d.x, d.y, d.z]).for_each(|(sum, x)| sum.add(x));
        side.pol_y_squared.add(photon.polarization.y * photon.polarization.y);
    }

    pub(super) fn compare(&self, chi2: &mut Chi2, what: &str, beam: &Value) {
        let keys = ["absorbed", "detected", "killed_no_rindex", "reflected", "transmitted"];
        let theirs = keys.map(|k| beam[k].as_f64().unwrap());
        chi2.histogram(what, &theirs, &self.ends);
        self.compare_kinds(chi2, what, beam);
        for ((side, key), count) in self.sides.iter().zip(["reflected", "transmitted"]).zip(&theirs[3..]) {
            let (what, ours) = (format!("{what}, {key}"), side.pol_y_squared.count);
            if ours.min(*count) < 100.0 {
                continue;
            }
            let histogram = floats(&beam[format!("{key}_abs_cos_theta_hist20")]);
            // A single direction may lie at the edge of two bins; that of a mirror at 60 degrees does.
            if histogram.iter().filter(|&&n| n > 0.0).count() > 2 {
                let at_edge = beam["angle_deg"] == 60;
                chi2.histogram(&what, &pooled(histogram, at_edge), &pooled(side.cosines.to_vec(), at_edge));
            }
            let direction = floats(&beam[format!("{key}_mean_direction")]);
            for (axis, (ours, theirs)) in side.direction.iter().zip(direction).enumerate() {
                // The mean of z follows from the histogram.
                chi2.mean(&format!("{what}, axis {axis}"), ours, theirs, *count, axis < 2);
            }
            if let Some(theirs) = beam[format!("{key}_mean_pol_y_squared")].as_f64() {
                chi2.mean(&format!("{what}, polarization"), &side.pol_y_squared, theirs, *count, true);
            }
        }
    }

    /// The kinds of reflection, where Geant4 does not call reflected photons refracted.
    fn compare_kinds(&self, chi2: &mut Chi2, what: &str, beam: &Value) {
        let status = beam["status"].as_object().unwrap();
        let sum = |names: &[&str]| -> f64 {
            names.iter().filter_map(|name| status.get(*name)).map(|n| n.as_f64().unwrap()).sum()
        };
        let theirs = [
            sum(&["FresnelReflection", "TotalInternalReflection", "CoatedDielectricReflection"]),
            sum(&["SpikeReflection", "LobeReflection"]),
            sum(&["LambertianReflection", "BackScattering"]),
        ];
        // What passes is compared with the ends.
        let reflected = beam["reflected"].as_f64().unwrap();
        if reflected > 0.0 && self.ends[3] > 0.0 && theirs.iter().sum::<f64>() == reflected {
            chi2.histogram(&format!("{what}, kinds"), &theirs, &self.kinds[..3]);
        }
    }
}

/// A histogram of |cos theta| with the bins on both sides of 0.5 put together, if asked for.
fn pooled(mut histogram: Vec<f64>, at_edge: bool) -> Vec<f64> {
    if at_edge {
        histogram[9] += histogram.remove(10);
    }
    histogram
}
