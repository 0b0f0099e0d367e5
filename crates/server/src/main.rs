//! The `provost` binary.

mod cli;
mod config;
mod failure;
mod password;
mod serve;
mod telemetry;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
