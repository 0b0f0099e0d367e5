//! The command line.

mod audit;
mod backup;
mod check;
mod copy;
mod customer;
mod defects;
mod domain;
mod events;
mod export;
mod group;
mod import;
mod journals;
mod key;
mod order;
mod output;
mod progress;
mod reseller;
mod restore;
mod schema;
mod serve;
mod session;
mod tenant;
mod tokens;
mod user;

use self::{output::Output, session::Session};
use crate::{
    config::{Flags, Settings},
    failure::{Failure, Result},
    telemetry,
};
use clap::{Parser, Subcommand};
use std::{
    io::{self, Write as _},
    process::ExitCode,
};

/// Provost, the user-provisioning server: one directory of tenants, users, groups and mail accounts that speaks every provisioning dialect.
#[derive(Debug, Parser)]
#[command(
    name = "provost",
    version,
    after_help = "Exit codes: 0 done, 1 refused or failed (one line on standard error), 2 wrong usage.\n\nExample:\n  provost serve --listen 127.0.0.1:8080"
)]
struct Cli {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Check(check::Check),
    Backup(backup::Backup),
    Copy(copy::Copy),
    Restore(restore::Restore),
    Schema(schema::Schema),
    #[command(flatten)]
    Directory(Directory),
}

/// The commands that work in the directory.
#[derive(Debug, Subcommand)]
enum Directory {
    Tenant(tenant::TenantCommand),
    Domain(domain::DomainCommand),
    Key(key::KeyCommand),
    User(user::UserCommand),
    Group(group::GroupCommand),
    Reseller(reseller::ResellerCommand),
    Customer(customer::CustomerCommand),
    Order(order::OrderCommand),
    Audit(audit::AuditCommand),
    Events(events::EventsCommand),
    Export(export::ExportDirectory),
    Import(import::ImportFile),
}

/// Runs what the arguments ask for. The exit code is 0 if it was done, 1 if it was refused, 2 if the arguments are wrong.
pub(crate) fn run() -> ExitCode {
    match carry_out(Cli::parse()) {
        Ok(()) | Err(Failure::OutputClosed) => ExitCode::SUCCESS,
        Err(failure @ Failure::Refused(_)) => {
            // with standard error closed there is nobody left to tell
            let _ = writeln!(io::stderr(), "provost: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn carry_out(cli: Cli) -> Result<()> {
    let serve = match &cli.command {
        Command::Serve(serve) => Some(&serve.flags),
        Command::Check(_)
        | Command::Backup(_)
        | Command::Copy(_)
        | Command::Restore(_)
        | Command::Schema(_)
        | Command::Directory(_) => None,
    };
    let settings = Settings::read(&cli.flags, serve)?;
    match cli.command {
        Command::Serve(serve) => {
            let (access, _last_lines) = telemetry::start_server(&settings)?;
            serve.run(settings, access)
        }
        Command::Check(check) => {
            alone(&settings, async |output| check.run(&settings, output).await)
        }
        Command::Copy(copy) => alone(&settings, async |output| copy.run(output).await),
        Command::Backup(backup) => alone(&settings, async |output| backup.run(&settings, output)),
        Command::Restore(restore) => {
            alone(&settings, async |output| restore.run(&settings, output))
        }
        Command::Schema(schema) => alone(&settings, async |output| schema.run(output)),
        Command::Directory(command) => alone(&settings, async |output| {
            let session = Session::open(&settings).await?;
            let outcome = command.run(&session, output).await;
            session.directory.close().await;
            outcome
        }),
    }
}

/// Runs a command on this thread, and hands on what it printed even where it was refused in the end.
fn alone(settings: &Settings, command: impl AsyncFnOnce(&mut Output) -> Result<()>) -> Result<()> {
    telemetry::start_command(settings)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let mut output = Output::new();
    let outcome = runtime.block_on(command(&mut output));
    output.flush()?;
    outcome
}

impl Directory {
    async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self {
            Self::Tenant(command) => command.run(session, output).await,
            Self::Domain(command) => command.run(session, output).await,
            Self::Key(command) => command.run(session, output).await,
            Self::User(command) => command.run(session, output).await,
            Self::Group(command) => command.run(session, output).await,
            Self::Reseller(command) => command.run(session, output).await,
            Self::Customer(command) => command.run(session, output).await,
            Self::Order(command) => command.run(session, output).await,
            Self::Audit(command) => command.run(session, output).await,
            Self::Events(command) => command.run(session, output).await,
            Self::Export(command) => command.run(session, output).await,
            Self::Import(command) => command.run(session, output).await,
        }
    }
}
