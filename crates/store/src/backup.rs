//! Backups of a SQLite database: one file, which another takes the place of never.

use std::path::Path;

use provost_model::{Error, Result};

use crate::engine::sqlite;

/// Copies the database of this URL into a new file, also while a server writes to it; gives the file's size in bytes. The copy is
/// what was committed when it began, and is on the disk under its name only when it is whole.
///
/// # Errors
/// [`Error::Internal`] if the file exists or cannot be written, or the URL's is no Provost database, or PostgreSQL's.
pub fn backup(url: &str, file: &Path) -> Result<u64> {
    sqlite::backup::backup(path(url)?, file)
}

/// Makes the database of this URL from a backup; gives its size in bytes.
///
/// # Errors
/// [`Error::Internal`] if there is a database already, a server holds its place, or the file is no sound backup of a Provost
/// database of a schema that this program knows.
pub fn restore(url: &str, file: &Path) -> Result<u64> {
    sqlite::backup::restore(file, path(url)?)
}

fn path(url: &str) -> Result<&str> {
    match url.split_once(':') {
        Some(("sqlite", path)) => Ok(path),
        Some(("postgres" | "postgresql", _)) => Err(Error::internal(
            "the database is PostgreSQL's: back it up with pg_dump and restore it with pg_restore",
        )),
        _ => Err(Error::internal(
            "a database URL is `sqlite:PATH` or `postgres://…`",
        )),
    }
}
