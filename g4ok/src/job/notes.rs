//! What the user of a run should know beside its numbers.

use cfg4::detector::Detector;
use optixrap::engine::{End, EndCounts};

/// Warnings of the reader, and properties that nothing here uses.
pub(super) fn of_detector(detector: &Detector) -> Vec<String> {
    let mut notes: Vec<String> = detector.warnings.iter().map(ToString::to_string).collect();
    let unused: Vec<String> = detector
        .unused_properties
        .iter()
        .map(|p| format!("{} of {} ({}:{})", p.name, p.owner, p.file, p.line))
        .collect();
    if !unused.is_empty() {
        notes.push(format!("properties that the simulation does not use: {}", unused.join(", ")));
    }
    notes
}

/// What unusual end states mean.
pub(super) fn of_ends(ends: &EndCounts) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |end: End, meaning: &str| {
        if ends.get(end) > 0 {
            notes.push(format!("{} photons {meaning}", ends.get(end)));
        }
    };
    note(
        End::NoRindex,
        "stopped (NR) where a material has no RINDEX; give it one, or a surface, if photons should go on",
    );
    note(End::BounceLimit, "were cut (BL) by --bouncemax");
    note(End::NanAbort, "were aborted (NA): please report the seed and the geometry");
    if ends.total() == 0 {
        let advice = "does the source lie inside the world, in a material with RINDEX or SCINTILLATIONYIELD?";
        notes.push(format!("no photons were made: {advice}"));
    }
    notes
}
