//! Whether anybody has committed, told without a transaction.

use std::{
    ffi::OsString,
    fs::File,
    os::unix::fs::FileExt,
    path::Path,
    sync::{Mutex, PoisonError},
};

use provost_model::{Error, Result};
use rusqlite::Connection;

/// The first copy of the header of the log's index, the one that a commit writes last: <https://www.sqlite.org/walformat.html#the_wal_index_header>.
/// It counts changes and pages, and has the log's checksums and salts, so that each commit of any process changes it before it is answered.
type Header = [u8; 48];

/// Where the header has the number of pages in the log, in the machine's own order of bytes.
const PAGES: std::ops::Range<usize> = 16..20;

/// The index of a database's log. SQLite maps the file and has its locks on it, which the system takes away from the whole process when any
/// descriptor of the file is closed: this is to be dropped after the last connection.
pub(super) struct Commits {
    index: File,
    /// Whether what SQLite writes to the mapped file was seen to be read.
    trusted: bool,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    header: Option<Header>,
    version: i64,
}

impl Commits {
    /// Those of a database that somebody has open with a log.
    pub(super) fn of(database: &Path) -> Result<Self> {
        let mut path: OsString = database.into();
        path.push("-shm");
        let index = File::open(&path)
            .map_err(|cause| Error::Internal(format!("cannot read {}: {cause}", path.display())))?;
        Ok(Self {
            index,
            trusted: true,
            seen: Mutex::default(),
        })
    }

    /// Commits something that changes nothing and looks whether that shows. Where it does not, as files and memory may be strangers to each other
    /// on some file systems, whoever asks is told that somebody may have committed.
    pub(super) fn prove(mut self, writing: &Connection) -> Self {
        let before = self.header();
        let committed = || {
            let kept: i64 = writing.query_row("PRAGMA user_version", [], |row| row.get(0))?;
            writing.pragma_update(None, "user_version", kept)
        };
        let shows = committed().is_ok() && self.header() != before;
        if !shows {
            tracing::warn!("commits cannot be told by the index of the log: nothing is remembered");
        }
        self.trusted = shows;
        self
    }

    /// A number that is another one if anybody has committed since the last.
    pub(super) fn version(&self) -> i64 {
        let header = self.header().filter(|_| self.trusted);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if header.is_none() || seen.header != header {
            seen.header = header;
            seen.version += 1;
        }
        seen.version
    }

    /// How many pages the log has.
    pub(super) fn log_pages(&self) -> u32 {
        let header = self.header().unwrap_or([0; 48]);
        header[PAGES].try_into().map_or(0, u32::from_ne_bytes)
    }

    fn header(&self) -> Option<Header> {
        let mut header = [0; 48];
        self.index.read_exact_at(&mut header, 0).ok()?;
        Some(header)
    }
}
