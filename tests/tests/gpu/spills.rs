//! How often a kernel goes to its stack for want of registers, per point.
//!
//! `ptxas` says which instructions it has added, `nvdisasm` to which line of PTX each belongs, and the interpreter how often
//! that line is executed. Without these two programs of NVIDIA (`PTXAS`, `NVDISASM`, or on the path) nothing is said.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use optixrap::engine::Batch;
use optixrap::scene::SceneData;

use super::divergence::{measure, muon};
use super::scenes;
use crate::workspace::root;

/// For each line of PTX, how many words the machine's code stores to or loads from the stack for want of registers there.
fn spilled(sass: &str) -> BTreeMap<u32, u64> {
    let mut words = BTreeMap::new();
    let mut line = 0;
    for text in sass.lines() {
        if let Some(number) = text.split(", line ").nth(1).filter(|_| text.contains("//##")) {
            let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
            line = digits.parse().unwrap();
        } else if text.contains("SpillRefill") {
            let width = if text.contains("L.128") {
                4
            } else if text.contains("L.64") {
                2
            } else {
                1
            };
            *words.entry(line).or_default() += width;
        }
    }
    words
}

fn run(program: &str, otherwise: &str, arguments: &[&str]) -> Option<String> {
    let program = std::env::var(program).unwrap_or_else(|_| otherwise.to_owned());
    let output = Command::new(program).args(arguments).output().ok()?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The code of a kernel for an architecture, annotated with lines of PTX.
fn machine_code(module: &str, architecture: u32) -> Option<String> {
    let text: PathBuf = root().join(format!("optixrap/ptx/{module}.ptx"));
    let cubin = std::env::temp_dir().join(format!("{module}-{architecture}-{}.cubin", std::process::id()));
    let (text, cubin) = (text.to_str().unwrap(), cubin.to_str().unwrap());
    run("PTXAS", "ptxas", &["-lineinfo", &format!("-arch=sm_{architecture}"), text, "-o", cubin])?;
    let sass = run("NVDISASM", "nvdisasm", &["-c", "-gp", cubin]);
    std::fs::remove_file(cubin).unwrap();
    sass
}

/// The share of spills among the issue slots of a kernel, on both architectures; `None` without the programs.
fn shares(scene: &SceneData, batch: &Batch, kernel: &'static str) -> Option<[f64; 2]> {
    let code = [machine_code(kernel, 80)?, machine_code(kernel, 90)?];
    let figures = measure(scene, batch, kernel, 4, 20);
    Some([(80, &code[0]), (90, &code[1])].map(|(architecture, sass)| {
        let (mut threads, mut warps) = (0, 0);
        let spilled = spilled(sass);
        for line in &figures.by_line {
            let words = spilled.get(&line.line).unwrap_or(&0);
            threads += words * line.threads;
            warps += words * line.warps;
        }
        let points = figures.points as f64;
        println!(
            "{kernel}, sm_{architecture}: {} words of spills in the code; {:.1} per point of a photon, {:.0} slots per point",
            spilled.values().sum::<u64>(),
            threads as f64 / points,
            32.0 * warps as f64 / points
        );
        32.0 * warps as f64 / points / figures.slots_per_point()
    }))
}

#[test]
fn photons_seldom_go_to_the_stack() {
    let cube = scenes::cube();
    let Some(shares) = shares(&cube, &muon(&cube), "propagate_simple") else {
        println!("skipped: needs ptxas and nvdisasm");
        return;
    };
    assert!(shares.iter().all(|share| *share < 0.06), "{shares:?}");
}
