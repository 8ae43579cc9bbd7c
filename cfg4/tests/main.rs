//! The integration tests of this crate, in one binary: a module for each part.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod cases;
