//! Shows that virtual memory is read correctly: blocks of 128 MiB are reserved and never touched.
//!
//! `SProcTest [NLEAK]` (default 25). Virtual memory grows by 131.072 "MB" of 1 024 000 bytes per block on Linux,
//! resident memory does not.
#![allow(non_snake_case)]

use std::process::ExitCode;

use sysrap::{SProc, SysrapError, log_level, sig6};

const MIB: u64 = 1 << 20;
const BLOCK_BYTES: u64 = 128 * MIB;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("SProcTest: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), SysrapError> {
    log_level::init_from_env(std::env::args(), |key| std::env::var(key).ok(), &mut std::io::stdout())?;
    let nleak = std::env::args().nth(1).and_then(|arg| arg.parse().ok()).unwrap_or(25u64);
    let (vmb0, rss0) = (SProc::virtual_memory_usage_mb(), SProc::resident_set_size_mb());
    println!(" nleak {nleak} vmb0 {}", sig6(vmb0));
    for i in 0..nleak {
        sysrap::leak_mb(BLOCK_BYTES as f64 / 1e6)?;
        let dvmb = SProc::virtual_memory_usage_mb() - vmb0;
        let x_dvmb = ((i + 1) * BLOCK_BYTES / MIB) as f64;
        println!("{i:>10} vm {:>10} x_vm {:>10} vm/x_vm {:>10.4}", sig6(dvmb), sig6(x_dvmb), dvmb / x_dvmb);
    }
    let (memory, peak) = (SProc::memory()?, SProc::peak_resident_bytes()?);
    println!(" rss0 {} drss {}", sig6(rss0), sig6(SProc::resident_set_size_mb() - rss0));
    println!(" vm_bytes {} rss_bytes {} peak_rss_bytes {peak}", memory.virtual_bytes, memory.resident_bytes);
    println!(" executable {} {}", SProc::executable_name()?, SProc::executable_path()?.display());
    Ok(())
}
