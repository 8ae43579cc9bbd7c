//! What the reader says: why a file is refused, and what is odd about it.

use std::path::Path;

use cfg4::detector::Detector;
use cfg4::gdml::{self, GdmlError};

use super::finding::{Check, Finding, Grade};

/// The detector of a file, or every reason for which it is refused.
pub(super) fn read(path: &Path) -> Result<Detector, Vec<Finding>> {
    gdml::read(path).map_err(|first| {
        let all = gdml::faults(path);
        // What is not found again, as a file that has vanished since, is at least told.
        if all.is_empty() { vec![refused(&first)] } else { all.iter().map(refused).collect() }
    })
}

fn refused(error: &GdmlError) -> Finding {
    let place = error.place.to_string();
    Finding::new(Check::Reading, Grade::Refused, place, error.kind.to_string())
        .with("line", error.place.line.into())
}

/// What the reader understood but found odd, apart from misspelt properties, which have lines of their own.
pub(super) fn warnings(detector: &Detector) -> Vec<Finding> {
    let misspelt = |line: u32| {
        detector
            .unused_properties
            .iter()
            .any(|property| property.line == line && property.looks_like.is_some())
    };
    let odd = detector.warnings.iter().filter(|warning| !misspelt(warning.line));
    let finding = |warning: &cfg4::detector::Warning| {
        let subject = format!("{}:{}: {}", warning.file, warning.line, warning.element);
        Finding::new(Check::Reading, Grade::Warning, subject, warning.message.clone())
            .with("line", warning.line.into())
    };
    odd.map(finding).collect()
}
