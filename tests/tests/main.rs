//! The one integration binary of the workspace.
//!
//! | module | what it holds |
//! |---|---|
//! | `gpu` | the committed PTX, executed without a GPU, against the CPU engine |
//! | `invariants` | the invariants of ARCHITECTURE.md: layers, core-only physics, no hidden inputs, sizes, wording |
//! | `readme` | the commands, paths and links of the documents |
//! | `truth` | whole events against Geant4 and closed forms |
//! | `workspace` | what `invariants` and `readme` read: source files, manifests, a small lexer |
//!
//! `cargo test -p tests invariants` runs one of them.

mod gpu;
mod invariants;
mod readme;
mod truth;
mod workspace;
