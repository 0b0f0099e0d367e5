//! The schema as text, for engines on which an operator applies it: those that are spread over many machines want to be told where each
//! table lives, which no migration of the program does.
//!
//! What is said of each engine comes from its documentation: <https://docs.citusdata.com>, <https://www.cockroachlabs.com/docs>,
//! <https://docs.yugabyte.com>.

mod placement;

use crate::{
    EngineKind,
    engine::postgres::HISTORY,
    migrate::{MIGRATIONS, Migration},
};
use placement::{PLACEMENTS, Placement};
use std::fmt::{self, Write as _};

/// An engine that speaks PostgreSQL's protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaEngine {
    /// PostgreSQL itself.
    Postgres,
    /// Citus, which spreads the tables of a PostgreSQL over workers.
    Citus,
    /// CockroachDB, 23.1 or newer: before, it had no `TSVECTOR`.
    Cockroach,
    /// YugabyteDB, its YSQL.
    Yugabyte,
}

/// The SQL that makes the schema from what version `after` left, 0 for an empty database. What it makes, the program takes as its own.
#[must_use]
pub fn schema(engine: SchemaEngine, after: i64) -> String {
    Schema {
        engine,
        first: after == 0,
        migrations: MIGRATIONS
            .iter()
            .filter(|migration| migration.version > after)
            .collect(),
    }
    .to_string()
}

/// The newest version that this program knows.
#[must_use]
pub fn newest_version() -> i64 {
    MIGRATIONS.last().map_or(0, |migration| migration.version)
}

struct Schema {
    engine: SchemaEngine,
    /// Whether the database is empty.
    first: bool,
    migrations: Vec<&'static Migration>,
}

impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.engine == SchemaEngine::Yugabyte {
            // a large tenant is then split where it grows, and lists are read in their order
            writeln!(f, "SET yb_use_hash_splitting_by_default = off;\n")?;
        }
        if self.first {
            writeln!(f, "{HISTORY};\n")?;
        }
        for migration in &self.migrations {
            self.migration(f, migration)?;
        }
        if self.engine == SchemaEngine::Citus {
            self.placements(f)?;
        }
        Ok(())
    }
}

impl Schema {
    fn migration(&self, f: &mut fmt::Formatter<'_>, migration: &Migration) -> fmt::Result {
        let Migration { version, name, .. } = migration;
        writeln!(f, "-- Version {version}: {name}")?;
        // the other two change a schema a statement at a time
        let transaction = matches!(self.engine, SchemaEngine::Postgres | SchemaEngine::Citus);
        if transaction {
            writeln!(f, "BEGIN;")?;
        }
        writeln!(f, "{}", self.spelt(migration).trim_end())?;
        writeln!(
            f,
            "INSERT INTO schema_migrations (version, name, checksum, applied_at) \
             VALUES ({version}, '{name}', '{}', CAST(EXTRACT(EPOCH FROM now()) * 1000000 AS BIGINT));",
            migration.checksum(EngineKind::Postgres)
        )?;
        if transaction {
            writeln!(f, "COMMIT;")?;
        }
        writeln!(f)
    }

    /// The migration in the engine's words.
    fn spelt(&self, migration: &Migration) -> String {
        let text = migration.text(EngineKind::Postgres);
        match self.engine {
            SchemaEngine::Postgres | SchemaEngine::Citus => text,
            // texts are compared byte by byte anyway; a collation would make them another type
            SchemaEngine::Cockroach => text.replace(" COLLATE \"C\"", "").replace(PENDING_LIST, ""),
            SchemaEngine::Yugabyte => text.replace(PENDING_LIST, ""),
        }
    }

    /// Where the tables live that these migrations make.
    fn placements(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut made = self
            .migrations
            .iter()
            .fold(String::new(), |mut made, migration| {
                made += &migration.text(EngineKind::Postgres);
                made
            });
        if self.first {
            made += HISTORY;
        }
        let mut placed = String::new();
        for (table, placement) in PLACEMENTS {
            let is_made = [
                format!("CREATE TABLE {table} ("),
                format!("EXISTS {table} ("),
            ]
            .iter()
            .any(|opening| made.contains(opening));
            if is_made {
                match placement {
                    Placement::Everywhere => {
                        writeln!(placed, "SELECT create_reference_table('{table}');")?;
                    }
                    Placement::By(column) => {
                        writeln!(
                            placed,
                            "SELECT create_distributed_table('{table}', '{column}');"
                        )?;
                    }
                }
            }
        }
        if !placed.is_empty() {
            write!(f, "-- Where the tables live\n{placed}")?;
        }
        Ok(())
    }
}

/// PostgreSQL's inverted indexes have a list of pending entries, which we do without; theirs have none.
const PENDING_LIST: &str = " WITH (fastupdate = off)";
