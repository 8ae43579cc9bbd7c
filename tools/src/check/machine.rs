//! Operating system, processor and memory, as Linux tells them in /proc; elsewhere what Rust knows.

use std::fs;
use std::path::Path;
use std::thread;

use super::Finding;

/// Name and version of the operating system.
pub(super) fn system(root: &Path) -> Finding {
    let kernel = fs::read_to_string(root.join("proc/sys/kernel/osrelease")).unwrap_or_default();
    let release = fs::read_to_string(root.join("etc/os-release")).unwrap_or_default();
    let name = value_of(&release, "PRETTY_NAME", '=').map(|v| v.trim_matches('"').to_string());
    let name = name.unwrap_or_else(|| std::env::consts::OS.to_string());
    let words = [name.as_str(), kernel.trim(), std::env::consts::ARCH];
    Finding::good("system", words.iter().filter(|w| !w.is_empty()).copied().collect::<Vec<_>>().join(", "))
}

/// Model of the processor and the number of threads that may run at once.
pub(super) fn processor(root: &Path) -> Finding {
    let info = fs::read_to_string(root.join("proc/cpuinfo")).unwrap_or_default();
    let model = value_of(&info, "model name", ':').unwrap_or("unknown model");
    match thread::available_parallelism() {
        Ok(cores) => Finding::good("cpu", format!("{model}, {cores} threads can run at once")),
        Err(e) => Finding::good("cpu", format!("{model}, number of cores unknown ({e}): set --threads")),
    }
}

/// Memory of the machine and of the control group that the process runs in.
pub(super) fn memory(root: &Path, least_bytes: u64) -> Finding {
    let info = fs::read_to_string(root.join("proc/meminfo")).unwrap_or_default();
    let (Some(total), Some(available)) = (kilobytes(&info, "MemTotal"), kilobytes(&info, "MemAvailable"))
    else {
        return Finding::good("memory", "unknown: this system does not tell");
    };
    let limit = fs::read_to_string(root.join("sys/fs/cgroup/memory.max")).ok();
    let limit: Option<u64> = limit.and_then(|text| text.trim().parse().ok()).filter(|&limit| limit < total);
    let mut words = format!("{} total, {} available", gibibytes(total), gibibytes(available));
    if let Some(limit) = limit {
        words += &format!(", limited to {} for this process", gibibytes(limit));
    }
    if available.min(limit.unwrap_or(u64::MAX)) < least_bytes {
        words += &format!("; at least {} are needed: end other programs", gibibytes(least_bytes));
        return Finding::bad("memory", words);
    }
    Finding::good("memory", words)
}

/// The value of the first line `key SEPARATOR value`.
pub(super) fn value_of<'a>(text: &'a str, key: &str, separator: char) -> Option<&'a str> {
    let pairs = text.lines().filter_map(|line| line.split_once(separator));
    pairs.map(|(k, v)| (k.trim(), v.trim())).find(|(k, v)| *k == key && !v.is_empty()).map(|(_, v)| v)
}

/// A line `key: N kB` in bytes.
fn kilobytes(text: &str, key: &str) -> Option<u64> {
    let value = value_of(text, key, ':')?.strip_suffix("kB")?.trim();
    value.parse::<u64>().ok()?.checked_mul(1024)
}

fn gibibytes(bytes: u64) -> String {
    format!("{:.1} GiB", bytes as f64 / f64::from(1 << 30))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Verdict;

    fn machine_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        root
    }

    #[test]
    fn memory_is_read_and_judged() {
        let meminfo = "MemTotal:       16384000 kB\nMemFree: 1 kB\nMemAvailable:    8192000 kB\n";
        let root = machine_with(&[("proc/meminfo", meminfo)]);
        let enough = memory(root.path(), 1_000_000_000);
        assert_eq!(
            (enough.verdict, enough.words.as_str()),
            (Verdict::Good, "15.6 GiB total, 7.8 GiB available")
        );
        assert_eq!(memory(root.path(), 9_000_000_000).verdict, Verdict::Bad);
    }

    #[test]
    fn a_control_group_limits_memory() {
        let meminfo = "MemTotal: 16384000 kB\nMemAvailable: 8192000 kB\n";
        let root = machine_with(&[("proc/meminfo", meminfo), ("sys/fs/cgroup/memory.max", "1073741824\n")]);
        assert_eq!(memory(root.path(), 2_000_000_000).verdict, Verdict::Bad);
        assert!(memory(root.path(), 1000).words.contains("limited to 1.0 GiB"));
    }

    #[test]
    fn an_unknown_system_is_not_an_error() {
        let root = machine_with(&[]);
        for finding in [memory(root.path(), 1), processor(root.path()), system(root.path())] {
            assert_eq!(finding.verdict, Verdict::Good);
        }
    }

    #[test]
    fn damaged_text_is_unknown() {
        assert_eq!(kilobytes("MemTotal: 99999999999999999999 kB", "MemTotal"), None);
        assert_eq!(kilobytes("MemTotal: 18446744073709551615 kB", "MemTotal"), None);
        assert_eq!(kilobytes("MemTotal 5 kB", "MemTotal"), None);
    }
}
