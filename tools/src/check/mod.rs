//! The environment: what the simulation will run on, and whether that is enough.

mod arithmetic;
mod gpu;
mod machine;
mod output_folder;
mod random_numbers;

use std::fmt;
use std::path::Path;

/// Least memory that an event of a few million photons needs, bytes.
const LEAST_MEMORY_BYTES: u64 = 100_000_000;

/// Whether one thing that was looked at is good enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be, or merely worth knowing.
    Good,
    /// The simulation cannot run well like this.
    Bad,
}

/// One line of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What was looked at, `memory`.
    pub topic: &'static str,
    /// What was found, and what to do where it is bad.
    pub words: String,
    /// Good or bad.
    pub verdict: Verdict,
}

impl Finding {
    fn good(topic: &'static str, words: impl Into<String>) -> Self {
        Self { topic, words: words.into(), verdict: Verdict::Good }
    }

    fn bad(topic: &'static str, words: impl Into<String>) -> Self {
        Self { topic, words: words.into(), verdict: Verdict::Bad }
    }
}

/// Everything that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings(pub Vec<Finding>);

impl Findings {
    /// Looks at this machine, and whether files can be written in `folder`.
    pub fn of_this_machine(folder: &Path) -> Self {
        let root = Path::new("/");
        let mut findings = vec![program(), machine::system(root), machine::processor(root)];
        findings.push(machine::memory(root, LEAST_MEMORY_BYTES));
        findings.extend(gpu::findings(root));
        findings.push(gpu::engine());
        findings.push(output_folder::finding(folder));
        findings.push(arithmetic::finding());
        findings.push(random_numbers::finding());
        Self(findings)
    }

    /// Whether nothing is bad.
    pub fn passed(&self) -> bool {
        self.0.iter().all(|f| f.verdict == Verdict::Good)
    }
}

impl fmt::Display for Findings {
    /// A line per finding, then the verdict.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.0 {
            writeln!(f, " {:<11} : {}", finding.topic, finding.words)?;
        }
        if self.passed() {
            return write!(f, "=== check : environment check PASSED : rc 0");
        }
        let bad: Vec<_> = self.0.iter().filter(|x| x.verdict == Verdict::Bad).map(|x| x.topic).collect();
        write!(f, "=== check : environment check FAILED: {} : rc 1", bad.join(", "))
    }
}

fn program() -> Finding {
    let build = if cfg!(debug_assertions) { "debug build: slow, use --release" } else { "release build" };
    let words = format!("g4opticks {}, {build}, {}", env!("CARGO_PKG_VERSION"), env!("TOOLS_RUSTC_VERSION"));
    Finding::good("program", words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_bad_finding_fails_the_check() {
        let good = Finding::good("cpu", "8 cores");
        let passed = Findings(vec![good.clone()]);
        assert!(passed.passed() && passed.to_string().ends_with("environment check PASSED : rc 0"));
        let failed = Findings(vec![good, Finding::bad("memory", "none")]);
        assert!(!failed.passed());
        assert!(failed.to_string().ends_with("environment check FAILED: memory : rc 1"));
    }
}
