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
pub use text::{problems, tidy};

/// A file of PTX in `optixrap/ptx`, made of one feature of `optixrap/device`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module {
    /// Name of the feature, and of the file without `.ptx`.
    pub name: &'static str,
    /// Its kernels.
    pub kernels: &'static [&'static str],
}

/// The modules. What drivers load for a run lies apart from what tests need, because loading takes time.
pub const MODULES: [Module; 3] = [
    Module { name: "propagate", kernels: &["propagate"] },
    Module { name: "recorded", kernels: &["propagate_recorded"] },
    Module {
        name: "probes",
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
