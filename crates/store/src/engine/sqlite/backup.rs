//! Copying a whole database file.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use provost_model::{Error, Result};
use rusqlite::{
    Connection, OpenFlags,
    backup::{Backup, StepResult},
};

use super::{connection, copy, file, file_lock, migrate, network_disk};
use crate::migrate::MIGRATIONS;

/// How long to wait for another process that holds the database.
const BUSY: Duration = Duration::from_secs(5);

/// Copies the database at the path of a `sqlite:` URL into a new file.
pub(crate) fn backup(database: &str, target: &Path) -> Result<u64> {
    let database = file(database)?;
    let source = open(database, "database")?;
    refuse_existing(target)?;
    copy_into(&source, target)
}

/// Copies a backup to the path of a `sqlite:` URL, where nothing may be yet.
pub(crate) fn restore(backup: &Path, database: &str) -> Result<u64> {
    let source = open(backup, "backup")?;
    let target = place(file(database)?)?;
    // a log without its database would be taken for the restored one's
    for suffix in ["", "-wal", "-shm", "-journal"] {
        refuse_existing(&beside(&target, suffix))?;
    }
    network_disk::refuse(&target)?;
    let _lock = file_lock::for_server(&target)?;
    copy_into(&source, &target)
}

/// Opens a Provost database of a schema that this program knows, to read from it.
fn open(path: &Path, kind: &str) -> Result<Connection> {
    let refused = |cause: &dyn std::fmt::Display| {
        Error::Internal(format!("{} is no Provost {kind}: {cause}", path.display()))
    };
    if !path.is_file() {
        return Err(refused(&"there is no such file"));
    }
    let connection = connection::reading(path, BUSY)?;
    let pending = migrate::pending_of(&connection, MIGRATIONS).map_err(|error| match error {
        Error::Internal(cause) => refused(&cause),
        other => refused(&other),
    })?;
    if pending.len() == MIGRATIONS.len() {
        return Err(refused(&"it has none of its tables"));
    }
    if pending.is_empty()
        && let Some(source) = copy::unfinished(&connection)?
    {
        return Err(refused(&format_args!(
            "it is an unfinished copy of {source}"
        )));
    }
    Ok(connection)
}

/// Writes a copy beside its place, for its owner alone since it holds password hashes, and moves it there once it is whole, sound
/// and on the disk.
fn copy_into(source: &Connection, target: &Path) -> Result<u64> {
    let unwritten = |cause: &dyn std::fmt::Display| {
        Error::Internal(format!("cannot write {}: {cause}", target.display()))
    };
    let target = place(target)?;
    let part = Part(beside(&target, &format!(".part-{}", std::process::id())));
    OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part.0)
        .map_err(|cause| unwritten(&cause))?;
    let damage = copy_pages(source, &part.0).map_err(|cause| unwritten(&cause))?;
    if damage != "ok" {
        return Err(unwritten(&format_args!("its copy is damaged: {damage}")));
    }
    let moved = || {
        let file = File::open(&part.0)?;
        file.sync_all()?;
        if target.symlink_metadata().is_ok() {
            return Err(std::io::ErrorKind::AlreadyExists.into());
        }
        fs::rename(&part.0, &target)?;
        if let Some(folder) = target.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(file.metadata()?.len())
    };
    moved().map_err(|cause: std::io::Error| unwritten(&cause))
}

/// Copies all pages; gives what SQLite finds wrong with the copy, `ok` if nothing.
fn copy_pages(source: &Connection, target: &Path) -> rusqlite::Result<String> {
    let mode = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut target = Connection::open_with_flags(target, mode)?;
    // a copy that is not whole is thrown away, so nothing has to be undone; the file is synchronised once, at the end
    target.execute_batch("PRAGMA synchronous = OFF")?;
    let backup = Backup::new(source, &mut target)?;
    let begun = Instant::now();
    // all pages in one step, which is one read of the log's state: smaller steps begin anew after each commit of another process
    while backup.step(-1)? != StepResult::Done {
        if begun.elapsed() > BUSY {
            return Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY),
                None,
            ));
        }
        thread::sleep(Duration::from_millis(10));
    }
    drop(backup);
    // without a log beside it, the backup is one file
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
    target.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
}

fn refuse_existing(path: &Path) -> Result<()> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    Err(Error::Internal(format!(
        "{} exists already, and is not overwritten",
        path.display()
    )))
}

/// The path of a file that may not exist yet, with its folder's canonical path, under which servers lock it.
pub(super) fn place(path: &Path) -> Result<PathBuf> {
    let unusable = |cause: &dyn std::fmt::Display| {
        Error::Internal(format!("cannot use {}: {cause}", path.display()))
    };
    let name = path
        .file_name()
        .ok_or_else(|| unusable(&"it names no file"))?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let folder = folder.canonicalize().map_err(|cause| unusable(&cause))?;
    Ok(folder.join(name))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(suffix);
    path.into()
}

/// A file under way, removed with what SQLite puts beside it unless it was moved to its place.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            // most were never there
            let _ = fs::remove_file(beside(&self.0, suffix));
        }
    }
}
