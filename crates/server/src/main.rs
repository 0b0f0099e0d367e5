//! The `provost` binary.

mod cli;
mod config;
mod failure;
mod password;
mod serve;
mod telemetry;

use mimalloc::MiMalloc;
use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
