//! What the kernels may take: `optixrap/ptx/limits.txt`.

use std::path::Path;

use super::{PtxError, Usage, sources};

/// Bounds, one per kernel and architecture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits(Vec<Usage>);

impl Limits {
    /// Reads the table.
    ///
    /// # Errors
    /// If it cannot be read, or a line of it not understood.
    pub fn read(root: &Path) -> Result<Self, PtxError> {
        Self::parse(&sources::read(&root.join("optixrap/ptx/limits.txt"))?)
    }

    fn parse(text: &str) -> Result<Self, PtxError> {
        let mut limits = Vec::new();
        for (i, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let kernel = words.next().unwrap_or_default().to_owned();
            let numbers: Vec<u32> = words.map_while(|word| word.parse().ok()).collect();
            let [architecture, registers, stack_bytes, spilled_bytes] = numbers[..] else {
                return Err(PtxError::Limits { line: i + 1 });
            };
            limits.push(Usage { kernel, architecture, registers, stack_bytes, spilled_bytes });
        }
        Ok(Self(limits))
    }

    /// What a kernel takes more than it may, in words.
    pub fn exceeded(&self, usage: &Usage) -> Vec<String> {
        let same = |limit: &&Usage| limit.kernel == usage.kernel && limit.architecture == usage.architecture;
        let of = format!("{} for sm_{}", usage.kernel, usage.architecture);
        let Some(limit) = self.0.iter().find(same) else {
            return vec![format!("{of} has no bounds")];
        };
        let pairs = [
            ("registers", usage.registers, limit.registers),
            ("bytes of stack", usage.stack_bytes, limit.stack_bytes),
            ("spilled bytes", usage.spilled_bytes, limit.spilled_bytes),
        ];
        let over = pairs.into_iter().filter(|(_, takes, may)| takes > may);
        over.map(|(what, takes, may)| format!("{of} takes {takes} {what}, at most {may}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kernel_that_takes_more_than_it_may_is_named() {
        let limits = Limits::parse("# kernel sm registers stack spills\nk 80 40 100 0\n").unwrap();
        let usage = |registers| Usage {
            kernel: "k".into(),
            architecture: 80,
            registers,
            stack_bytes: 100,
            spilled_bytes: 0,
        };
        assert!(limits.exceeded(&usage(40)).is_empty());
        assert_eq!(limits.exceeded(&usage(41)), ["k for sm_80 takes 41 registers, at most 40"]);
        assert_eq!(limits.exceeded(&Usage { architecture: 90, ..usage(1) }), ["k for sm_90 has no bounds"]);
        assert!(Limits::parse("k 80 40\n").is_err());
    }
}
