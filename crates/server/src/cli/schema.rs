//! `provost schema`.

use super::output::Output;
use crate::failure::{Failure, Result};
use clap::{Args, ValueEnum};
use provost_store::SchemaEngine;

/// Prints the SQL that makes the database's schema, for engines on which an operator applies it.
///
/// SQLite and PostgreSQL need none of this: `provost serve` brings their schema up to date by itself. On engines that are spread over
/// many machines somebody has to say where each table lives: rows of a tenant are kept together, and what is unique in the whole
/// deployment, such as addresses, has tables of its own, spread by the unique thing. Apply what is printed, and serve with
/// PROVOST_MIGRATE=off; before an upgrade, apply what the new program prints with --after.
#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  provost schema --engine citus | psql postgres://db.internal/provost\n  provost schema --engine cockroach --after 6"
)]
pub(crate) struct Schema {
    /// The engine
    #[arg(long, value_name = "ENGINE")]
    engine: EngineName,
    /// The version that the database has, so that only later ones are printed; 0 is an empty database
    #[arg(long, value_name = "VERSION", default_value_t = 0)]
    after: i64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EngineName {
    /// PostgreSQL, for those who apply schemas by hand
    Postgres,
    /// Citus
    Citus,
    /// CockroachDB
    Cockroach,
    /// YugabyteDB
    Yugabyte,
}

impl Schema {
    pub(crate) fn run(self, output: &mut Output) -> Result<()> {
        let newest = provost_store::newest_version();
        if !(0..=newest).contains(&self.after) {
            return Err(Failure::refused(format_args!(
                "there is no version {}: this program knows those up to {newest}",
                self.after
            )));
        }
        let engine = match self.engine {
            EngineName::Postgres => SchemaEngine::Postgres,
            EngineName::Citus => SchemaEngine::Citus,
            EngineName::Cockroach => SchemaEngine::Cockroach,
            EngineName::Yugabyte => SchemaEngine::Yugabyte,
        };
        output.bytes(provost_store::schema(engine, self.after).as_bytes())
    }
}
