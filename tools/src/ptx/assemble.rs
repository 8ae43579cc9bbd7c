//! Asking NVIDIA's assembler what a kernel takes.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::PtxError;

/// `ptxas`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembler(PathBuf);

/// What a kernel takes on one architecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usage {
    /// The kernel.
    pub kernel: String,
    /// 80 for sm_80.
    pub architecture: u32,
    /// Registers of a thread.
    pub registers: u32,
    /// Stack of a thread, spills included, bytes.
    pub stack_bytes: u32,
    /// Bytes stored and loaded for want of registers.
    pub spilled_bytes: u32,
}

impl Assembler {
    /// The first of `candidates` that runs.
    pub fn find(candidates: impl IntoIterator<Item = PathBuf>) -> Option<Self> {
        let runs =
            |path: &PathBuf| Command::new(path).arg("--version").output().is_ok_and(|o| o.status.success());
        candidates.into_iter().find(runs).map(Self)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Assembles a text, and says what its kernels take.
    ///
    /// # Errors
    /// If it cannot be assembled.
    pub fn assemble(&self, text: &Path, architecture: u32) -> Result<Vec<Usage>, PtxError> {
        let program = self.0.display().to_string();
        let nowhere = std::env::temp_dir().join(format!("ptx-{}.cubin", std::process::id()));
        let mut command = Command::new(&self.0);
        command.arg("-v").arg(format!("-arch=sm_{architecture}")).arg(text).arg("-o").arg(&nowhere);
        let output = command.output();
        let _ = std::fs::remove_file(&nowhere);
        let output = output.map_err(|source| PtxError::Start { program: program.clone(), source })?;
        let words = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            Ok(usages(&words, architecture))
        } else {
            Err(PtxError::Failed { program, output: words })
        }
    }
}

/// Reads what `ptxas -v` says: the name of each kernel, then its stack and spills, then its registers.
fn usages(words: &str, architecture: u32) -> Vec<Usage> {
    let mut found: Vec<Usage> = Vec::new();
    for line in words.lines() {
        if let Some(rest) = line.split("Compiling entry function '").nth(1) {
            let kernel = rest.split('\'').next().unwrap_or_default().to_owned();
            found.push(Usage { kernel, architecture, registers: 0, stack_bytes: 0, spilled_bytes: 0 });
        }
        let Some(usage) = found.last_mut().filter(|usage| usage.registers == 0) else { continue };
        if line.contains("bytes stack frame") {
            usage.spilled_bytes =
                number_before(line, " bytes spill stores") + number_before(line, " bytes spill loads");
            usage.stack_bytes = number_before(line, " bytes stack frame");
        }
        if line.contains("Used ") {
            usage.registers = number_before(line, " registers");
            usage.stack_bytes = usage.stack_bytes.max(number_before(line, " bytes cumulative stack size"));
        }
    }
    found
}

fn number_before(line: &str, words: &str) -> u32 {
    let before = line.split(words).next().filter(|before| before.len() < line.len()).unwrap_or_default();
    before.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_ptxas_are_understood() {
        let words = "ptxas info    : 0 bytes gmem\n\
            ptxas info    : Compiling entry function 'propagate' for 'sm_90'\n\
            ptxas info    : Function properties for propagate\n\
            \x20   512 bytes stack frame, 12 bytes spill stores, 8 bytes spill loads\n\
            ptxas info    : Used 128 registers, used 0 barriers, 640 bytes cumulative stack size\n\
            ptxas info    : Function properties for helper\n\
            \x20   99 bytes stack frame, 0 bytes spill stores, 0 bytes spill loads\n";
        let want = Usage {
            kernel: "propagate".into(),
            architecture: 90,
            registers: 128,
            stack_bytes: 640,
            spilled_bytes: 20,
        };
        assert_eq!(usages(words, 90), [want]);
    }
}
