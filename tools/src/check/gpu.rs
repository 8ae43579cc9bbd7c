//! NVIDIA GPUs and their driver, found by the files they leave, and whether the CUDA engine can use them.

use std::fs;
use std::path::{Path, PathBuf};

use super::Finding;
use super::machine::value_of;

/// Where the driver's library lies on the usual systems.
const LIBRARY_FOLDERS: [&str; 8] = [
    "usr/lib/x86_64-linux-gnu",
    "usr/lib/aarch64-linux-gnu",
    "usr/lib64",
    "usr/lib",
    "usr/local/nvidia/lib64",
    "usr/local/cuda/compat",
    "usr/lib/wsl/lib",
    "run/opengl-driver/lib",
];

/// Whether `--engine cuda` would work.
pub(super) fn engine() -> Finding {
    let words = match optixrap::cuda::list_devices() {
        Ok(devices) => {
            let usable = |d: &optixrap::cuda::DeviceInfo| if d.is_supported() { "usable" } else { "too old" };
            let names: Vec<_> = devices.iter().map(|d| format!("{}, {}", d.name, usable(d))).collect();
            format!("{}; compare it with the CPU by g4opticks selftest --engine cuda", names.join("; "))
        }
        Err(error) => format!("not here: {error}"),
    };
    Finding::good("engine cuda", words)
}

/// GPUs, driver and the library through which it is used.
pub(super) fn findings(root: &Path) -> Vec<Finding> {
    let names = gpu_names(root);
    let driver = driver_version(root);
    let library = cuda_library(root);
    let gpu = match names.as_slice() {
        [] => String::from("no NVIDIA GPU: photons are propagated on the CPU, with the same results"),
        names => names.join(", "),
    };
    let driver_words = match (&driver, &library) {
        (None, None) => String::from("none"),
        (Some(version), Some(library)) => format!("{version}, {}", library.display()),
        (Some(version), None) => format!("{version}, but no libcuda.so.1: install the driver's CUDA library"),
        (None, Some(library)) => format!("not loaded, though {} is there", library.display()),
    };
    let half = !names.is_empty() && (driver.is_none() || library.is_none());
    let driver_words = if half { driver_words + "; the GPU stays unused" } else { driver_words };
    vec![Finding::good("gpu", gpu), Finding::good("gpu driver", driver_words)]
}

/// `NVIDIA H200 (nvidia0)` for each GPU; the device files alone where the driver names none.
fn gpu_names(root: &Path) -> Vec<String> {
    let mut named: Vec<String> = children(&root.join("proc/driver/nvidia/gpus"))
        .iter()
        .filter_map(|gpu| fs::read_to_string(gpu.join("information")).ok())
        .filter_map(|text| value_of(&text, "Model", ':').map(str::to_string))
        .collect();
    named.sort();
    if named.is_empty() {
        let devices = children(&root.join("dev"));
        named = devices
            .iter()
            .filter_map(|d| d.file_name()?.to_str())
            .filter(|n| is_gpu_device(n))
            .map(str::to_string)
            .collect();
        named.sort();
    }
    named
}

fn is_gpu_device(name: &str) -> bool {
    name == "dxg"
        || name.strip_prefix("nvidia").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `580.65.06` of `NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.65.06  Sun ...`.
fn driver_version(root: &Path) -> Option<String> {
    let text = fs::read_to_string(root.join("proc/driver/nvidia/version")).ok()?;
    let line = value_of(&text, "NVRM version", ':')?;
    let is_version =
        |word: &&str| word.contains('.') && word.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    Some(line.split_whitespace().find(is_version).unwrap_or("unknown version").to_string())
}

fn cuda_library(root: &Path) -> Option<PathBuf> {
    let configured = children(&root.join("etc/ld.so.conf.d"));
    let configured = configured.iter().filter_map(|file| fs::read_to_string(file).ok());
    let configured: Vec<String> =
        configured.flat_map(|text| text.lines().map(|l| l.trim().to_string()).collect::<Vec<_>>()).collect();
    let configured = configured.iter().filter_map(|line| line.strip_prefix('/'));
    let folders = LIBRARY_FOLDERS.into_iter().chain(configured);
    folders.map(|folder| root.join(folder).join("libcuda.so.1")).find(|file| file.exists())
}

/// What lies in a folder; nothing where it cannot be read.
fn children(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).map(|entries| entries.flatten().map(|e| e.path()).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(root: &Path, path: &str, text: &str) {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn gpu_driver_and_library_are_found() {
        let root = tempfile::tempdir().unwrap();
        let version = "NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.65.06  Sun Jul 27 06:54:38 UTC 2025\nGCC version: 12\n";
        write(root.path(), "proc/driver/nvidia/version", version);
        write(
            root.path(),
            "proc/driver/nvidia/gpus/0000:1b:00.0/information",
            "Model: \t\t NVIDIA H200\nIRQ: 1\n",
        );
        write(root.path(), "etc/ld.so.conf.d/nvidia.conf", "/opt/driver/lib\n");
        write(root.path(), "opt/driver/lib/libcuda.so.1", "");
        let [gpu, driver] = &findings(root.path())[..] else { panic!() };
        assert_eq!(gpu.words, "NVIDIA H200");
        assert!(
            driver.words.starts_with("580.65.06, ") && driver.words.ends_with("opt/driver/lib/libcuda.so.1")
        );
    }

    #[test]
    fn a_gpu_without_its_library_is_told() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "dev/nvidia0", "");
        write(root.path(), "dev/nvidiactl", "");
        write(root.path(), "proc/driver/nvidia/version", "NVRM version: odd\n");
        let found = findings(root.path());
        assert_eq!(found[0].words, "nvidia0");
        assert!(found[1].words.contains("no libcuda.so.1") && found[1].words.contains("unused"), "{found:?}");
    }

    #[test]
    fn no_gpu_is_fine() {
        let root = tempfile::tempdir().unwrap();
        let found = findings(root.path());
        assert!(found[0].words.starts_with("no NVIDIA GPU") && found[1].words == "none");
    }
}
