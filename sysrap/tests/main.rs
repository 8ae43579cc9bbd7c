//! Integration tests of sysrap: the programs that users know, and memory figures that only a quiet process has.
#![allow(clippy::unwrap_used)]

mod programs;
