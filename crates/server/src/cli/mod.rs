//! The command line.

mod serve;

use crate::{
    config::{Flags, Settings},
    failure::{Failure, Result},
    telemetry,
};
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Provost, the user-provisioning server: one directory of tenants, users, groups and mail accounts that speaks every provisioning dialect.
#[derive(Debug, Parser)]
#[command(name = "provost", version)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
}

/// Runs what the arguments ask for. The exit code is 0 if it was done, 1 if it was refused, 2 if the arguments are wrong.
pub(crate) fn run() -> ExitCode {
    match carry_out(Cli::parse()) {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(failure @ Failure::Refused(_)) => {
            eprintln!("provost: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Serve(serve) => {
            let settings = Settings::read(&cli.flags, serve.listen.as_deref())?;
            telemetry::start(&settings, "info")?;
            serve.run(settings)
        }
    }
}
