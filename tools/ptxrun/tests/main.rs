//! Integration tests of `ptxrun`.
//!
//! | module | what it holds |
//! |---|---|
//! | `instructions` | single instructions with values worked out by hand |
//! | `launch` | whole launches: barriers, warp operations, faults, statistics |
//! | `lockstep` | the lanes of a warp together |
//! | `same_source` | kernels compiled from one Rust source to PTX and for the host |

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod common;
mod instructions;
mod launch;
mod lockstep;
mod same_source;
