//! The sides of a copy that are files.

use std::{ops::ControlFlow::Continue, path::Path, time::Duration};

use provost_model::{Error, Result};
use rusqlite::Connection;

use super::{
    backup, connection, file,
    file_lock::{self, ServerLock},
    migrate, network_disk, statement,
};
use crate::{
    Row,
    fault::Failure,
    migrate::{MIGRATIONS, refuse_pending},
    tables::unfinished_copies,
};

/// How long to wait for another process that holds the database.
const BUSY: Duration = Duration::from_secs(5);

/// Keeps servers away from a file.
pub(crate) struct Held(
    #[expect(dead_code, reason = "holding the lock keeps servers away")] ServerLock,
);

/// Where the database is.
pub(crate) fn identity(path: &str) -> Result<String> {
    let path = file(path)?;
    let place = path.canonicalize().or_else(|_| backup::place(path))?;
    Ok(format!("sqlite:{}", place.display()))
}

/// A connection to a database that nobody else writes to as long as it is open.
pub(crate) fn source(path: &str) -> Result<(Connection, Held)> {
    let path = file(path)?;
    if !path.is_file() {
        return Err(Error::Internal(format!(
            "there is no database at {}",
            path.display()
        )));
    }
    let path = path.canonicalize().map_err(Error::internal)?;
    let held = hold(&path)?;
    let connection = connection::holding(&path, BUSY)?;
    statement::control(&connection, "BEGIN IMMEDIATE")?;
    refuse_pending(&migrate::pending_of(&connection, MIGRATIONS)?)?;
    Ok((connection, held))
}

/// A connection to a database, made where there is none, whose schema is brought up to date. What is written is on the disk after
/// [`settle`] alone: until then a loss of power may undo it, but leaves no page without those before it.
pub(crate) fn target(path: &str) -> Result<(Connection, Held)> {
    let path = connection::create(file(path)?)?;
    network_disk::refuse(&path)?;
    let held = hold(&path)?;
    let mut connection = connection::writing(&path, BUSY)?;
    migrate::migrate(&mut connection, &path, true, MIGRATIONS)?;
    connection
        .execute_batch("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;")
        .map_err(Error::internal)?;
    Ok((connection, held))
}

/// Brings what was written to the disk, with the next commit at the latest.
pub(crate) fn settle(connection: &Connection) -> Result<()> {
    connection
        .execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL;")
        .map_err(Error::internal)
}

/// What a database of this program's schema is an unfinished copy of.
pub(super) fn unfinished(connection: &Connection) -> Result<Option<String>> {
    let mut source = None;
    let keep = |row: &Row<'_>| {
        source = Some(row.text(0)?.to_owned());
        Ok(Continue(()))
    };
    match statement::query(connection, &unfinished_copies::SOURCE, &[], keep) {
        Ok(()) => Ok(source),
        Err(Failure::Database(fault)) => Err(fault.into()),
        Err(Failure::Reading(error)) => Err(error),
    }
}

fn hold(path: &Path) -> Result<Held> {
    file_lock::against_servers(path)?.map(Held).ok_or_else(|| {
        Error::Internal(format!(
            "a server runs on {}: stop it first",
            path.display()
        ))
    })
}
