//! The report as text.

use std::fmt;

use super::{Comparison, Test, Validation, Verdict};
use crate::number::{grouped, short};

/// Tests of a comparison that are listed where it agrees; of the others all.
const MOST_TESTS: usize = 30;

impl Verdict {
    /// One word.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Agree => "agree",
            Verdict::Disagree => "disagree",
            Verdict::NothingToCompare => "nothing to compare",
        }
    }
}

impl Test {
    /// The statistic in words: `chi2 95.3 / 99 = 0.963`, `distance 0.0123`.
    pub fn words(&self) -> String {
        match self.kind {
            "ks" => format!("distance {}", short(self.statistic, 3)),
            _ if self.ndf < 1.0 => "nothing to compare".to_owned(),
            _ => {
                let [sum, per] = [self.statistic, self.statistic / self.ndf].map(|x| short(x, 4));
                format!("chi2 {sum} / {} = {per}", self.ndf)
            }
        }
    }
}

impl Comparison {
    /// What the answer rests on.
    pub fn verdict_words(&self) -> String {
        let n = self.tests.len();
        let tests = format!(
            "{n} tests, each at {}, so that chance alone disagrees once in {}",
            short(self.significance / n.max(1) as f64, 2),
            short(1.0 / self.significance, 3)
        );
        match self.same_bits {
            Some(true) => format!("{}: every bit is the same", self.verdict.word().to_uppercase()),
            Some(false) => format!("{}: the bits differ, and should not", self.verdict.word().to_uppercase()),
            None if self.verdict == Verdict::NothingToCompare => self.verdict.word().to_uppercase(),
            None => format!("{} ({tests})", self.verdict.word().to_uppercase()),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.photons.map(grouped);
        let of = |n: &str| if n == "0" { String::new() } else { format!(" ({n} photons)") };
        writeln!(f, "{}: {}{} against {}{}", self.name, self.b, of(&b), self.a, of(&a))?;
        for note in &self.notes {
            writeln!(f, "  {note}")?;
        }
        let worst_first = {
            let mut tests: Vec<&Test> = self.tests.iter().collect();
            tests.sort_by(|a, b| a.p_value.total_cmp(&b.p_value));
            tests
        };
        for test in worst_first.iter().take(MOST_TESTS) {
            let mark = if test.disagrees { "  <-- differs" } else { "" };
            let (name, p) = (&test.name, short(test.p_value, 2));
            writeln!(f, "  {name:<34} {:<34} p {p:<9} {}{mark}", test.words(), test.detail)?;
        }
        if worst_first.len() > MOST_TESTS {
            writeln!(f, "  and {} more, all likelier", worst_first.len() - MOST_TESTS)?;
        }
        if let Some([differ, all]) = self.parted {
            writeln!(
                f,
                "  {} of {} photons with the same random numbers end differently",
                grouped(differ),
                grouped(all)
            )?;
        }
        if let Some(parting) = &self.parting {
            let [a, b] = parting.sides();
            writeln!(
                f,
                "  first at event {}, photon {}, point {}:",
                parting.event, parting.photon, parting.step
            )?;
            writeln!(f, "    {}: {a}\n    {}: {b}", self.a, self.b)?;
        }
        writeln!(f, "  {}", self.verdict_words())
    }
}

impl fmt::Display for Validation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for comparison in &self.comparisons {
            writeln!(f, "{comparison}")?;
        }
        if self.comparisons.len() > 1 {
            writeln!(f, "{:<26} {:>6} {:>10}  verdict", "case", "tests", "least p")?;
            for c in &self.comparisons {
                let least = c.tests.iter().map(|test| test.p_value).fold(1.0, f64::min);
                let verdict = c.verdict.word();
                writeln!(f, "{:<26} {:>6} {:>10}  {verdict}", c.name, c.tests.len(), short(least, 2))?;
            }
        }
        writeln!(f, "=== validate : {}", self.verdict.word().to_uppercase())
    }
}
