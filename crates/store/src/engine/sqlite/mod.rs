//! SQLite: read-only connections used inline, and one writer with group commit.

pub(crate) mod backup;
mod batch;
mod commits;
mod connection;
pub(crate) mod copy;
mod file_lock;
mod job;
mod migrate;
mod network_disk;
mod poll;
mod readers;
pub(crate) mod reindex;
pub(crate) mod statement;
mod writer;

use std::{path::Path, sync::Arc};

use provost_model::{Error, Result};
use tokio::{sync::Semaphore, task::yield_now};

use crate::{
    Change, Metrics, Read, Sql, StoreSettings, Tx, Write,
    engine::Session,
    memory::{Answer, Key, Since},
    metrics::Counters,
    migrate::{Migration, refuse_pending},
};
use commits::Commits;
use readers::Readers;
use writer::Writer;

/// A database file.
pub(crate) struct Database {
    readers: Arc<Readers>,
    writer: Writer,
    long_reads: Semaphore,
    counters: Arc<Counters>,
}

impl Database {
    /// Opens the file at the path of a `sqlite:` URL.
    pub(crate) fn open(
        path: &str,
        settings: &StoreSettings,
        migrations: &[Migration],
    ) -> Result<Self> {
        let path = connection::create(file(path)?)?;
        network_disk::refuse(&path)?;
        let lock = settings
            .server
            .then(|| file_lock::for_server(&path))
            .transpose()?;
        let mut writing = connection::writing(&path, settings.busy_timeout)?;
        if settings.migrate {
            migrate::migrate(&mut writing, &path, settings.server, migrations)?;
        } else {
            refuse_pending(&migrate::pending_of(&writing, migrations)?)?;
        }

        connection::leave_log(&writing)?;
        let mut commits = Commits::of(&path)?;
        if settings.server {
            commits = commits.prove(&writing);
        }
        let readers = Arc::new(Readers::new(path, commits, settings));
        let counters = Arc::new(Counters::new(settings));
        let change = Change::new(Tx::new(Session::Sqlite(writing), settings.injector.clone()));
        let batch = batch::Committer::new(
            change,
            settings.retry_deadline,
            Arc::clone(&counters),
            Arc::clone(&readers),
        );
        Ok(Self {
            writer: Writer::start(batch, settings.queue_length, lock)?,
            readers,
            long_reads: Semaphore::new(settings.long_reads),
            counters,
        })
    }

    /// Runs a query on this thread, right after those of all others who are about to run one: it finds in the processor's caches what they needed
    /// as well, and whether anybody has committed is asked for all of them.
    pub(crate) async fn read<R: Read>(&self, query: &R) -> Result<R::Output> {
        let asked = self.readers.now();
        yield_now().await;
        let found = self.readers.read(query, asked, &self.counters);
        yield_now().await;
        found
    }

    /// What is remembered under a key and true now, and now.
    pub(crate) fn recall(&self, key: &Key) -> (Option<Answer>, Since) {
        self.readers.recall(key)
    }

    pub(crate) async fn read_long<R: Read + Send + 'static>(&self, query: R) -> Result<R::Output> {
        // never closed, so this only waits
        let _permit = self.long_reads.acquire().await.map_err(Error::internal)?;
        let (readers, counters) = (Arc::clone(&self.readers), Arc::clone(&self.counters));
        tokio::task::spawn_blocking(move || readers.read(&query, readers.now(), &counters))
            .await
            .map_err(Error::internal)?
    }

    pub(crate) async fn write<W: Write>(&self, command: W) -> Result<W::Output> {
        let (job, answer) = job::queue(command);
        self.writer.submit(job, &self.counters)?;
        self.counters.writes.count();
        answer
            .await
            .map_err(|_| Error::Unavailable("the server is shutting down"))?
    }

    pub(crate) fn ready(&self) -> Result<()> {
        self.writer.ready()?;
        self.readers.ready()
    }

    pub(crate) fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        self.readers.prepare(statements)
    }

    pub(crate) fn metrics(&self) -> Metrics {
        self.counters.sqlite()
    }

    pub(crate) async fn close(&self) {
        self.writer.close().await;
        self.readers.close();
    }
}

/// The file that the part of a `sqlite:` URL after its colon names.
fn file(path: &str) -> Result<&Path> {
    let path = path.strip_prefix("//").unwrap_or(path);
    if path.is_empty() || path == ":memory:" {
        return Err(Error::internal("a `sqlite:` URL needs the path of a file"));
    }
    Ok(Path::new(path))
}
