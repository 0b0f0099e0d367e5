//! Measures Provost beside its floor and its peers, in one run on one machine: `cargo run --release -p bench`.
//!
//! Absolute figures depend on the machine; what is compared are ratios within a run.

mod data;
mod load;
mod machine;
mod peers;
mod process;
mod provost;
mod report;
mod scenarios;

use clap::{Parser, Subcommand};
use report::Report;
use std::{error::Error, net::SocketAddr, path::PathBuf, process::ExitCode};

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

/// Measures Provost, its floor and its peers, and writes a table, JSON and plots.
#[derive(Parser)]
#[command(
    after_help = "Needs wrk; slapd and PostgreSQL too where their figures are wanted (Debian: wrk slapd postgresql).\n\
    Example:\n  cargo run --release -p bench -- --users 100000 --seconds 5"
)]
struct Cli {
    /// How many users the tenant has; a run for each
    #[arg(long, value_delimiter = ',', default_value = "10000,100000,1000000")]
    users: Vec<u32>,
    /// How long each load lasts; those that are compared take turns of a second each
    #[arg(long, default_value_t = 5)]
    seconds: u32,
    /// Only scenarios whose name holds this
    #[arg(long)]
    only: Option<String>,
    /// Without the peers: no raw SQLite, no slapd
    #[arg(long)]
    no_peers: bool,
    /// A PostgreSQL server, as a superuser, on which a database is made for the run
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// Another OCS server, with LOGIN:PASSWORD in front of its host; it is asked for that user
    #[arg(long, value_name = "URL")]
    ocs: Option<String>,
    /// The program to measure, instead of building it
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// Where results.json and the plots go
    #[arg(long, value_name = "FOLDER", default_value = "docs/performance")]
    out: PathBuf,
    #[command(subcommand)]
    part: Option<Part>,
}

/// Servers of the bench's own, which it starts itself.
#[derive(Subcommand)]
enum Part {
    /// The floor: answers every request with the bytes of a file
    #[command(hide = true)]
    Floor {
        /// Where to listen
        listen: SocketAddr,
        /// What to answer
        body: PathBuf,
    },
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.part {
        Some(Part::Floor { listen, ref body }) => peers::floor::serve(listen, body),
        None => run(&cli),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: &Cli) -> Result<()> {
    let binary = match &cli.binary {
        Some(binary) => binary.clone(),
        None => provost::build()?,
    };
    let mut report = Report::new(machine::describe()?, cli.only.clone());
    for &users in &cli.users {
        scenarios::measure(cli, &binary, users, &mut report)?;
    }
    print!("{}", report.table());
    report.write(&cli.out)
}
