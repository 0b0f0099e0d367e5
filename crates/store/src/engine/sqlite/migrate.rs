//! Migrating a database file.

use std::path::Path;

use provost_model::{Error, Result};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{file_lock, statement};
use crate::{
    EngineKind,
    migrate::{Applied, Migration, now, pending},
};

const HISTORY: &str = "CREATE TABLE IF NOT EXISTS schema_migrations \
    (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at BIGINT NOT NULL)";

/// Applies the migrations that are missing, all of them or none. Another process that does the same is waited for; where none is missing
/// nobody is, so that a command is not kept waiting by an import.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    server: bool,
    migrations: &[Migration],
) -> Result<()> {
    if pending_of(connection, migrations)?.is_empty() {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|cause| statement::fault("migration", &cause))?;
    let applied = applied(&transaction).map_err(|cause| statement::fault("migration", &cause))?;
    let pending = pending(migrations, &applied, EngineKind::Sqlite)?;
    if !pending.is_empty() && !server && file_lock::is_served(path)? {
        return Err(Error::internal(
            "the running server has an older schema than this program: upgrade the server first",
        ));
    }
    for migration in pending {
        apply(&transaction, migration).map_err(|cause| {
            Error::Internal(format!(
                "migration {} ({}): {cause}",
                migration.version, migration.name
            ))
        })?;
    }
    transaction
        .commit()
        .map_err(|cause| statement::fault("migration", &cause))?;
    Ok(())
}

/// The migrations that a database still needs; nothing is written. All of them for one that is no Provost database.
pub(super) fn pending_of<'m>(
    connection: &Connection,
    migrations: &'m [Migration],
) -> Result<Vec<&'m Migration>> {
    let read = || {
        let there = connection.query_row(
            "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'schema_migrations'",
            [],
            |row| row.get::<_, i64>(0),
        )?;
        if there == 0 {
            return Ok(Vec::new());
        }
        history(connection)
    };
    let applied = read().map_err(|cause| statement::fault("schema_migrations", &cause))?;
    pending(migrations, &applied, EngineKind::Sqlite)
}

fn applied(transaction: &Transaction<'_>) -> rusqlite::Result<Vec<Applied>> {
    transaction.execute_batch(HISTORY)?;
    history(transaction)
}

fn history(connection: &Connection) -> rusqlite::Result<Vec<Applied>> {
    connection
        .prepare("SELECT version, name, checksum FROM schema_migrations ORDER BY version")?
        .query_map([], |row| {
            Ok(Applied {
                version: row.get(0)?,
                name: row.get(1)?,
                checksum: row.get(2)?,
            })
        })?
        .collect()
}

fn apply(transaction: &Transaction<'_>, migration: &Migration) -> rusqlite::Result<()> {
    transaction.execute_batch(&migration.text(EngineKind::Sqlite))?;
    if let Some(rows) = migration.sqlite_rows {
        rows(transaction)?;
    }
    transaction.execute(
        "INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        (migration.version, migration.name, migration.checksum(EngineKind::Sqlite), now()),
    )?;
    Ok(())
}
