//! One server for one file.

use std::{
    fs::{File, OpenOptions, TryLockError},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use provost_model::{Error, Result};

/// Held by a server as long as it runs; the operating system releases it when the process ends, however it ends.
#[derive(Debug)]
pub(super) struct ServerLock(#[expect(dead_code, reason = "holding the file holds the lock")] File);

/// Makes this process the server of a database.
///
/// # Errors
/// [`Error::Internal`] if another one is.
pub(super) fn for_server(database: &Path) -> Result<ServerLock> {
    let path = path(database);
    take(&path)?.map(ServerLock).ok_or_else(|| {
        Error::Internal(format!(
            "another server runs on {} (it holds {})",
            database.display(),
            path.display()
        ))
    })
}

/// Keeps servers away from a database; nothing if one runs on it.
pub(super) fn against_servers(database: &Path) -> Result<Option<ServerLock>> {
    Ok(take(&path(database))?.map(ServerLock))
}

/// Whether a server runs on a database.
pub(super) fn is_served(database: &Path) -> Result<bool> {
    let path = path(database);
    Ok(path.exists() && take(&path)?.is_none())
}

fn take(path: &Path) -> Result<Option<File>> {
    let unusable =
        |cause: std::io::Error| Error::Internal(format!("cannot lock {}: {cause}", path.display()));
    let mut options = OpenOptions::new();
    let file = options
        .append(true)
        .create(true)
        .mode(0o600)
        .open(path)
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(cause)) => Err(unusable(cause)),
    }
}

fn path(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(".lock");
    path.into()
}
