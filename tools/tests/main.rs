//! The `g4opticks` command as users run it.

#![allow(clippy::unwrap_used, reason = "a test that cannot prepare itself fails")]

mod arrays;
mod audit;
mod check;
mod command;
mod hits;
mod info;
mod np;
mod profile;
mod render;
mod run;
mod trace;
mod validate;
