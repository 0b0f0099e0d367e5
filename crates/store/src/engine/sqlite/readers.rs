//! Read-only connections.

use std::{
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use provost_model::Result;

use super::{
    commits::{Commits, Point},
    connection, poll, statement,
};
use crate::{
    Injector, Read, Sql, StoreSettings, Tx,
    engine::Session,
    fault::Fault,
    memory::{Answer, Key, Memory, Since},
    metrics::Counters,
    retry::{Retry, exhausted},
};

/// How many answers are remembered.
const REMEMBERED: usize = 2048;

/// A stack of idle connections, the one used last on top since its cache is warm. As they are used inline there are never more
/// in use than threads.
///
/// Each stays in its transaction as long as nobody commits, so that most queries neither begin nor end one and take none of the file's locks:
/// a third of what a short query costs. Whoever wants the log to be emptied has them leave.
pub(super) struct Readers {
    path: PathBuf,
    busy_timeout: Duration,
    retry_deadline: Duration,
    injector: Option<Injector>,
    bound: usize,
    /// What holds until somebody commits.
    memory: Memory,
    idle: Mutex<Idle>,
    /// Dropped after the connections.
    commits: Commits,
}

#[derive(Default)]
struct Idle {
    readers: Vec<Reader>,
    /// How often all were made to leave their transactions.
    departures: u64,
}

struct Reader {
    tx: Tx,
    /// The version whose snapshot its transaction has, if it is in one: all that was committed by then, and nothing that was since.
    snapshot: Option<i64>,
    /// The departures when it was taken.
    departures: u64,
}

impl Reader {
    fn control(&self, text: &'static str) -> Result<(), Fault> {
        statement::control(self.tx.sqlite()?, text)
    }

    /// Makes its transaction one that sees all that was committed at this version.
    fn turn_to(&mut self, version: i64) -> Result<(), Fault> {
        if self.snapshot != Some(version) {
            self.leave()?;
            self.control("BEGIN")?;
            self.snapshot = Some(version);
        }
        Ok(())
    }

    /// Ends its transaction.
    fn leave(&mut self) -> Result<(), Fault> {
        match self.snapshot.take() {
            Some(_) => self.control("COMMIT"),
            None => Ok(()),
        }
    }
}

impl Readers {
    pub(super) fn new(path: PathBuf, commits: Commits, settings: &StoreSettings) -> Self {
        Self {
            path,
            busy_timeout: settings.busy_timeout,
            retry_deadline: settings.retry_deadline,
            injector: settings.injector.clone(),
            bound: settings.idle_readers,
            memory: Memory::new(REMEMBERED),
            idle: Mutex::default(),
            commits,
        }
    }

    /// This moment, for [`Self::read`].
    pub(super) fn now(&self) -> Point {
        self.commits.now()
    }

    /// Runs a query on this thread, in one snapshot: all its statements see the same, which is all that was committed before this point, or more.
    pub(super) fn read<R: Read>(
        &self,
        query: &R,
        point: Point,
        counters: &Counters,
    ) -> Result<R::Output> {
        let version = self.commits.version_since(point);
        let mut reader = self.take()?;
        let retry = Retry::within(self.retry_deadline);
        let outcome = loop {
            reader.turn_to(version)?;
            let outcome = poll::once(query.run(&mut reader.tx));
            let Some(fault) = reader.tx.take_fault() else {
                break outcome;
            };
            reader.leave()?;
            match fault {
                // SQLite's readers are in nobody's way, so this one is injected
                Fault::Serialization if retry.has_time() => counters.repetitions.count(),
                Fault::Serialization => break Err(exhausted()),
                fault => break outcome.and_then(|_| Err(fault.into())),
            }
        };
        self.give_back(reader);
        outcome
    }

    /// What is remembered under a key and true now, and now.
    pub(super) fn recall(&self, key: &Key) -> (Option<Answer>, Since) {
        self.memory.recall(self.commits.version(), key)
    }

    /// Whether a connection can be had and answers.
    pub(super) fn ready(&self) -> Result<()> {
        let reader = self.take()?;
        reader.control("SELECT 1 WHERE 0")?;
        self.give_back(reader);
        Ok(())
    }

    /// Prepares statements, the writing ones too: a read-only connection refuses only to run them.
    pub(super) fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        let reader = self.take()?;
        for sql in statements {
            statement::prepare(reader.tx.sqlite()?, sql)?;
        }
        self.give_back(reader);
        Ok(())
    }

    /// How many pages the log has.
    pub(super) fn log_pages(&self) -> u32 {
        self.commits.log_pages()
    }

    /// Has all leave their transactions, those in use when they are given back.
    pub(super) fn leave(&self) {
        let mut idle = self.idle();
        idle.departures += 1;
        // one whose transaction cannot be ended is closed
        idle.readers.retain_mut(|reader| reader.leave().is_ok());
    }

    /// Closes the idle connections.
    pub(super) fn close(&self) {
        self.idle().readers.clear();
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Result<Reader> {
        let departures = {
            let mut idle = self.idle();
            let departures = idle.departures;
            if let Some(reader) = idle.readers.pop() {
                return Ok(Reader {
                    departures,
                    ..reader
                });
            }
            departures
        };
        let connection = connection::reading(&self.path, self.busy_timeout)?;
        Ok(Reader {
            tx: Tx::new(Session::Sqlite(connection), self.injector.clone()),
            snapshot: None,
            departures,
        })
    }

    fn give_back(&self, mut reader: Reader) {
        let mut idle = self.idle();
        let stays = reader.departures == idle.departures || reader.leave().is_ok();
        if stays && idle.readers.len() < self.bound {
            idle.readers.push(reader);
        }
    }
}
