//! Opening connections.

use std::{
    fs::OpenOptions,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    time::Duration,
};

use provost_model::{Error, Result};
use rusqlite::{Connection, OpenFlags, config::DbConfig};

/// More than the program has statements, so that each is prepared once for each connection.
const STATEMENTS: usize = 512;

/// Makes sure that the file exists, readable by its owner alone since it holds password hashes, and gives its canonical path.
pub(super) fn create(path: &Path) -> Result<PathBuf> {
    let unusable =
        |cause: std::io::Error| Error::Internal(format!("cannot use {}: {cause}", path.display()));
    OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(unusable)?;
    path.canonicalize().map_err(unusable)
}

/// A connection that writes: every commit is on the disk before it is answered.
pub(super) fn writing(path: &Path, busy_timeout: Duration) -> Result<Connection> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy_timeout)?;
    let prepared = || {
        let mode: String =
            connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
        // keys of names lie scattered over their indexes: an import finds their pages in memory, 64 MB at most, and does not copy each
        // of them from the log to the file with every batch
        connection.execute_batch("PRAGMA cache_size = -65536;")?;
        connection.query_row("PRAGMA wal_autocheckpoint = 4000", [], |_| Ok(()))?;
        // a log that grew once, by a large import, shrinks again
        connection.query_row("PRAGMA journal_size_limit = 67108864", [], |_| Ok(()))?;
        Ok(mode)
    };
    let mode = prepared().map_err(|cause: rusqlite::Error| unopened(path, &cause))?;
    if mode != "wal" {
        return Err(unopened(path, &"write-ahead logging is not possible here"));
    }
    Ok(connection)
}

/// Has a writing connection leave the log to whoever knows the readers.
pub(super) fn leave_log(writing: &Connection) -> Result<()> {
    writing
        .query_row("PRAGMA wal_autocheckpoint = 0", [], |_| Ok(()))
        .map_err(|cause| Error::Internal(format!("cannot use the database: {cause}")))
}

/// A connection that only reads.
pub(super) fn reading(path: &Path, busy_timeout: Duration) -> Result<Connection> {
    let connection = open(path, OpenFlags::SQLITE_OPEN_READ_ONLY, busy_timeout)?;
    // pages are read where the system has them, not copied one by one: the rows of a search lie scattered over the file
    connection
        .query_row("PRAGMA mmap_size = 2147418112", [], |_| Ok(()))
        .map_err(|cause| unopened(path, &cause))?;
    Ok(connection)
}

/// A connection that may hold the database for itself, and changes nothing of how it is kept.
pub(super) fn holding(path: &Path, busy_timeout: Duration) -> Result<Connection> {
    open(path, OpenFlags::SQLITE_OPEN_READ_WRITE, busy_timeout)
}

fn open(path: &Path, mode: OpenFlags, busy_timeout: Duration) -> Result<Connection> {
    // each connection is used by one thread at a time, so SQLite need not lock it
    let open = || {
        let connection = Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(busy_timeout)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // a cached statement keeps its plan whatever is bound to it; else partial indexes make it be prepared again at each use
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        // as on PostgreSQL, a name in double quotes is never a text
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        Ok(connection)
    };
    open().map_err(|cause: rusqlite::Error| unopened(path, &cause))
}

fn unopened(path: &Path, cause: &dyn std::fmt::Display) -> Error {
    Error::Internal(format!(
        "cannot open the database {}: {cause}",
        path.display()
    ))
}
