//! The report as text.

use std::fmt;

use super::{Audit, Check, Grade};

impl fmt::Display for Audit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} (surface model {})", self.file, self.surface_model)?;
        for check in Check::ALL {
            let mut findings = self.of(check).peekable();
            if findings.peek().is_some() {
                writeln!(f, "\n{}", check.title().to_uppercase())?;
            }
            findings.try_for_each(|finding| writeln!(f, "  {finding}"))?;
        }
        for what in &self.left_out {
            writeln!(f, "\nNOT LOOKED AT: {what}")?;
        }
        writeln!(f, "\n=== audit : {}", self.verdict())
    }
}

impl Audit {
    /// The counts of grades, and what the worst of them means.
    pub fn verdict(&self) -> String {
        let grades = [Grade::Refused, Grade::Warning, Grade::Approximated, Grade::Note, Grade::Exact];
        let counts = grades.iter().filter_map(|grade| {
            let word = grade.word();
            self.counts.get(word).map(|n| format!("{n} {word}"))
        });
        let counts = counts.collect::<Vec<_>>().join(", ");
        let meaning = match self.worst() {
            Grade::Refused => "REFUSED",
            Grade::Warning => "WARNINGS",
            Grade::Approximated => "SIMULATED, NOT ALL AS IN GEANT4",
            Grade::Note | Grade::Exact => "SIMULATED AS IN GEANT4",
        };
        format!("{meaning} ({counts})")
    }
}
