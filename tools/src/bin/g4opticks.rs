//! The `g4opticks` command.

use std::process::ExitCode;

use clap::Parser;
use tools::command::{Cli, execute};

fn main() -> ExitCode {
    execute(&Cli::parse())
}
