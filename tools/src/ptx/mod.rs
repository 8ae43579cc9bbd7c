//! Building and checking the GPU kernels: `cargo run -p tools --bin ptx`.
//!
//! The kernels of `optixrap/device` and the shared physics are compiled by nightly rustc to PTX, a text that any NVIDIA
//! driver since 2020 assembles for its GPU. The texts are part of the repository, with a digest of everything that
//! went into them: who changes the physics builds them again, everybody else needs neither the nightly compiler nor
//! anything of NVIDIA.

mod assemble;
mod build;
mod error;
mod limits;
mod sources;
mod text;

use std::path::Path;

pub use assemble::{Assembler, Usage};
pub use build::{Compiler, build};
pub use error::PtxError;
pub use limits::Limits;
pub use sources::{Header, digest, find_root};
pub use text::{problems, tidy, with_registers};

/// A file of PTX in `optixrap/ptx`, made of features of `optixrap/device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Name of the file without `.ptx`.
    pub name: &'static str,
    /// The features.
    pub features: &'static str,
    /// The most registers that the driver may give to a thread; `None` for as many as there are.
    pub registers: Option<u32>,
    /// Its kernels.
    pub kernels: &'static [&'static str],
}

/// The modules. What drivers load for a run lies apart from what tests need, because loading takes time; those for
/// simple scenes are loaded in a third of it. With half of the registers as many warps again run at once: that is worth
/// the little that is spilled where the kernel has no calls on its usual way.
pub const MODULES: [Module; 5] = [
    Module { name: "propagate", features: "propagate", registers: None, kernels: &["propagate"] },
    Module { name: "recorded", features: "recorded", registers: None, kernels: &["propagate_recorded"] },
    Module {
        name: "propagate_simple",
        features: "propagate,simple",
        registers: Some(128),
        kernels: &["propagate_simple"],
    },
    Module {
        name: "recorded_simple",
        features: "recorded,simple",
        registers: Some(128),
        kernels: &["propagate_recorded_simple"],
    },
    Module {
        name: "probes",
        features: "probes",
        registers: None,
        kernels: &["propagate_each", "probe_generation", "probe_solids", "probe_processes", "probe_random"],
    },
];

impl Module {
    /// The file, from the root of the repository.
    pub fn path(&self) -> String {
        format!("optixrap/ptx/{}.ptx", self.name)
    }

    /// The committed text.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&self, root: &Path) -> Result<String, PtxError> {
        sources::read(&root.join(self.path()))
    }
}

/// What the compiler is told, beside the target.
pub const RUSTFLAGS: &str = "-Ctarget-cpu=sm_80 -Zunstable-options -Cpanic=immediate-abort";

/// The architectures that the texts are assembled for where `ptxas` is found.
pub const ARCHITECTURES: [u32; 2] = [80, 90];

/// What to do where a text does not belong to its sources.
pub const ADVICE: &str = "run `cargo run -p tools --bin ptx` (it needs `rustup toolchain install nightly \
                          --component rust-src`) and commit optixrap/ptx";
