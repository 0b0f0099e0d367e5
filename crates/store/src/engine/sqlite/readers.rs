//! Read-only connections.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use provost_model::Result;
use rusqlite::Connection;

use super::{connection, poll, statement};
use crate::{
    Injector, Read, Sql, StoreSettings, Tx,
    engine::Session,
    fault::Fault,
    memory::{Answer, Key, Memory, Since},
    metrics::Counters,
    retry::{Retry, exhausted},
};

/// How many answers a connection remembers.
const REMEMBERED: usize = 1024;

/// Runs a query in a transaction of its own: all its statements see the same, and the locks of the file are taken once for all of them.
fn in_one_snapshot<R: Read>(tx: &mut Tx, query: &R) -> Result<R::Output> {
    control(tx, "BEGIN")?;
    let outcome = poll::once(query.run(tx));
    let ended = control(tx, "COMMIT");
    outcome.and_then(|output| ended.map(|()| output))
}

fn control(tx: &Tx, text: &'static str) -> Result<()> {
    match &tx.session {
        Session::Sqlite(connection) => Ok(statement::control(connection, text)?),
        Session::Postgres(_) => Ok(()),
    }
}

/// A stack of idle connections, the one used last on top since its cache is warm. As they are used inline there are never more
/// in use than threads.
pub(super) struct Readers {
    path: PathBuf,
    busy_timeout: Duration,
    retry_deadline: Duration,
    injector: Option<Injector>,
    bound: usize,
    idle: Mutex<Vec<Reader>>,
}

struct Reader {
    connection: Connection,
    /// What holds as long as this connection's data version, which each commit of another changes, also one of another process.
    memory: Memory,
}

impl Readers {
    pub(super) fn new(path: PathBuf, settings: &StoreSettings) -> Self {
        Self {
            path,
            busy_timeout: settings.busy_timeout,
            retry_deadline: settings.retry_deadline,
            injector: settings.injector.clone(),
            bound: settings.idle_readers,
            idle: Mutex::default(),
        }
    }

    /// Runs a query on this thread.
    pub(super) fn read<R: Read>(&self, query: &R, counters: &Counters) -> Result<R::Output> {
        let Reader { connection, memory } = self.take()?;
        let mut tx = Tx::new(Session::Sqlite(connection), self.injector.clone());
        let retry = Retry::within(self.retry_deadline);
        let outcome = loop {
            let outcome = in_one_snapshot(&mut tx, query);
            match tx.take_fault() {
                None => break outcome,
                // SQLite's readers are in nobody's way, so this one is injected
                Some(Fault::Serialization) if retry.has_time() => counters.repetitions.count(),
                Some(Fault::Serialization) => break Err(exhausted()),
                Some(fault) => break outcome.and_then(|_| Err(fault.into())),
            }
        };
        if let Session::Sqlite(connection) = tx.session {
            self.give_back(Reader { connection, memory });
        }
        outcome
    }

    /// What is remembered under a key and true now, and now.
    pub(super) fn recall(&self, key: &Key) -> Result<(Option<Answer>, Since)> {
        let reader = self.take()?;
        let version = statement::data_version(&reader.connection)?;
        let recalled = reader.memory.recall(version, key);
        self.give_back(reader);
        Ok(recalled)
    }

    /// Whether a connection can be had and answers.
    pub(super) fn ready(&self) -> Result<()> {
        let reader = self.take()?;
        statement::control(&reader.connection, "SELECT 1 WHERE 0")?;
        self.give_back(reader);
        Ok(())
    }

    /// Prepares statements, the writing ones too: a read-only connection refuses only to run them.
    pub(super) fn prepare(&self, statements: &[&'static Sql]) -> Result<()> {
        let reader = self.take()?;
        for sql in statements {
            statement::prepare(&reader.connection, sql)?;
        }
        self.give_back(reader);
        Ok(())
    }

    /// Closes the idle connections.
    pub(super) fn close(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    fn take(&self) -> Result<Reader> {
        let idle = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match idle {
            Some(reader) => Ok(reader),
            None => Ok(Reader {
                connection: connection::reading(&self.path, self.busy_timeout)?,
                memory: Memory::new(REMEMBERED),
            }),
        }
    }

    fn give_back(&self, reader: Reader) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        // one whose transaction could not be ended is closed instead
        if idle.len() < self.bound && reader.connection.is_autocommit() {
            idle.push(reader);
        }
    }
}
