//! Whether anybody has committed, told without a transaction.

use std::{
    ffi::OsString,
    fs::File,
    os::unix::fs::FileExt,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
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
    /// How often somebody began to read the header.
    looks: AtomicU64,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    header: Option<Header>,
    version: i64,
    /// The last look that it was seen by.
    look: u64,
}

/// A point in time: every look with a higher number began after it.
#[derive(Clone, Copy)]
pub(super) struct Point(u64);

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
            looks: AtomicU64::default(),
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

    /// This moment, for [`Self::version_since`].
    pub(super) fn now(&self) -> Point {
        Point(self.looks.load(Ordering::SeqCst))
    }

    /// A number that is another one if anybody has committed since the last.
    pub(super) fn version(&self) -> i64 {
        let look = self.looks.fetch_add(1, Ordering::SeqCst) + 1;
        let header = self.header().filter(|_| self.trusted);
        let mut seen = self.seen();
        if header.is_none() || seen.header != header {
            seen.header = header;
            seen.version += 1;
        }
        seen.look = seen.look.max(look);
        seen.version
    }

    /// The same for whoever need only know of what was committed before this point: where somebody has looked since, nobody looks again.
    pub(super) fn version_since(&self, point: Point) -> i64 {
        let seen = self.seen();
        if seen.look > point.0 {
            return seen.version;
        }
        drop(seen);
        self.version()
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_look_is_shared_by_those_who_asked_before_it() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("database");
        let connection = Connection::open(&path).unwrap();
        connection
            .pragma_update(None, "journal_mode", "wal")
            .unwrap();
        connection.execute_batch("CREATE TABLE t (a)").unwrap();
        let commits = Commits::of(&path).unwrap();

        let (one, other) = (commits.now(), commits.now());
        let version = commits.version_since(one);
        connection
            .execute_batch("INSERT INTO t VALUES (1)")
            .unwrap();
        // it came before the commit, and a look that is newer than it is there
        assert_eq!(commits.version_since(other), version);
        assert_ne!(commits.version_since(commits.now()), version);
        let version = commits.version();
        assert_eq!(commits.version_since(commits.now()), version);
    }
}
