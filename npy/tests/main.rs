//! Integration tests of npy: files as other programs write and read them, and the program that users know.
#![allow(clippy::unwrap_used)]

mod bad_files;
mod interrupted;
mod numpy_reads;
mod program;
mod round_trip;
