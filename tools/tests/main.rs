//! The `g4opticks` command as users run it.

mod check;
mod command;
