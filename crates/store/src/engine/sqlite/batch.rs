//! Group commit: one transaction for many commands, a savepoint for each but the first.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use super::{
    job::{Fate, Job},
    poll,
    readers::Readers,
    statement,
};
use crate::{
    Change, Injected, InjectionPoint,
    fault::Fault,
    metrics::Counters,
    retry::{Retry, exhausted},
    tables::documents::{self, Documents},
    tx::injected_io_error,
};

/// A batch is committed after so many commands …
const COMMANDS: usize = 256;
/// … or so much work, so that nobody waits long for those behind.
const WORK: Duration = Duration::from_millis(5);

/// The log is checkpointed when it has so many pages, of which each that was written several times is copied to the file once.
const LOG_PAGES: u32 = 4000;

/// Carries out batches of commands on the writing connection.
pub(super) struct Committer {
    change: Change,
    retry_deadline: Duration,
    counters: Arc<Counters>,
    readers: Arc<Readers>,
}

impl Committer {
    pub(super) const fn new(
        change: Change,
        retry_deadline: Duration,
        counters: Arc<Counters>,
        readers: Arc<Readers>,
    ) -> Self {
        Self {
            change,
            retry_deadline,
            counters,
            readers,
        }
    }

    /// Carries out a command and those that `next` gives meanwhile, commits them together, and answers them. It waits for none.
    pub(super) fn carry_out(
        &mut self,
        first: Box<dyn Job>,
        mut next: impl FnMut() -> Option<Box<dyn Job>>,
    ) {
        let mut jobs = Vec::new();
        let counters = Arc::clone(&self.counters);
        counters.waiting_writes.leave();
        let mut next = || next().inspect(|_| counters.waiting_writes.leave());
        let done = self
            .fill(&mut jobs, first, &mut next)
            .and_then(|()| self.settle(&mut jobs));
        if let Err(fault) = done {
            // Even a refusal is void now: what it was decided by, another command of the batch, never came to be.
            self.roll_back();
            for job in &mut jobs {
                job.fail(fault.clone().into());
            }
        }
        for job in jobs {
            job.answer();
        }
        if self.readers.log_pages() >= LOG_PAGES {
            self.checkpoint("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /// While there is nothing to do: nobody is kept from emptying the log, another process neither.
    pub(super) fn rest(&self) {
        self.readers.leave();
    }

    /// Leaves the log empty, as far as nobody else is at work.
    pub(super) fn finish(&self) {
        // whoever is at work is not waited for
        let impatient = |connection: &Connection| connection.busy_timeout(Duration::ZERO);
        if let Ok(Err(cause)) = self.change.tx.sqlite().map(impatient) {
            tracing::warn!(%cause, "closing may wait for another process");
        }
        self.checkpoint("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    /// Copies the log to the file. Readers hinder that up to where they are in the log, and then, until they come back, that it begins anew.
    fn checkpoint(&self, text: &'static str) {
        let checkpoint = |connection: &Connection| {
            connection
                .query_row(text, [], |_| Ok(()))
                .map_err(|cause| statement::fault(text, &cause))
        };
        self.readers.leave();
        if let Err(fault) = self.change.tx.sqlite().and_then(checkpoint) {
            tracing::warn!(?fault, "the log is left as it is");
        }
        self.readers.leave();
    }

    /// Begins a transaction and runs commands in it until there is no further one, or enough.
    fn fill(
        &mut self,
        jobs: &mut Vec<Box<dyn Job>>,
        first: Box<dyn Job>,
        next: &mut impl FnMut() -> Option<Box<dyn Job>>,
    ) -> Result<(), Fault> {
        if let Err(fault) = self.control("BEGIN IMMEDIATE") {
            jobs.push(first);
            // those behind have waited as long already, and would meet the same
            jobs.extend(std::iter::from_fn(next).take(COMMANDS));
            return Err(fault);
        }
        let start = Instant::now();
        let mut kept = false;
        let mut candidate = Some(first);
        while let Some(mut job) = candidate.take() {
            if !job.is_abandoned() {
                let done = self.perform(&mut *job, kept);
                jobs.push(job);
                kept = done?;
            }
            if jobs.len() < COMMANDS && start.elapsed() < WORK {
                candidate = next();
            }
        }
        Ok(())
    }

    /// Commits the transaction, or repeats all of it as long as somebody else is in the way.
    fn settle(&mut self, jobs: &mut [Box<dyn Job>]) -> Result<(), Fault> {
        let retry = Retry::within(self.retry_deadline);
        loop {
            match self.commit() {
                Ok(()) => {
                    let writes = jobs.len().try_into().unwrap_or(u64::MAX);
                    self.counters.writes_per_commit.observe(writes);
                    return Ok(());
                }
                Err(Fault::Serialization) if retry.has_time() => self.counters.repetitions.count(),
                Err(Fault::Serialization) => {
                    return Err(Fault::Unavailable(
                        "the database did not get to this batch in time",
                    ));
                }
                Err(fault) => return Err(fault),
            }
            self.roll_back();
            self.control("BEGIN IMMEDIATE")?;
            let mut kept = false;
            for job in &mut *jobs {
                kept = self.perform(&mut **job, kept)?;
            }
        }
    }

    fn commit(&mut self) -> Result<(), Fault> {
        if let Err(error) = poll::once(documents::write(&mut self.change)) {
            let fault = self.change.tx.take_fault();
            return Err(fault.unwrap_or_else(|| Fault::Broken(error.to_string())));
        }
        match self.change.tx.injected(InjectionPoint::Commit) {
            None => {
                let started = Instant::now();
                self.control("COMMIT")?;
                self.counters.commit_times.observe_time(started.elapsed());
            }
            Some(Injected::Serialization) => return Err(Fault::Serialization),
            Some(Injected::ConnectionLost | Injected::AnswerLost) => {
                return Err(injected_io_error());
            }
        }
        self.counters.commits.count();
        Ok(())
    }

    /// Runs one command. It fails only if the whole transaction did. Where something is kept in the transaction already, the command has a
    /// savepoint: without one it is undone with the transaction, which spares the copies that a savepoint takes of each page. Gives whether
    /// anything is kept now.
    fn perform(&mut self, job: &mut dyn Job, kept: bool) -> Result<bool, Fault> {
        let retry = Retry::within(self.retry_deadline);
        loop {
            if kept {
                self.control("SAVEPOINT command")?;
            }
            self.change.reset();
            let documents = self.change.documents.len();
            let fate = job.run(&mut self.change);
            if self.change.tx.sqlite()?.is_autocommit() {
                // a full disk or an I/O error makes SQLite give up the transaction, not the statement alone
                return Err(Fault::Broken(
                    "the transaction was rolled back by SQLite".to_owned(),
                ));
            }
            if fate != Fate::Keep {
                self.change.documents.truncate(documents);
            }
            match (fate, kept) {
                (Fate::Keep, false) => {}
                (Fate::Keep, true) => self.control("RELEASE command")?,
                (Fate::Undo | Fate::Repeat, true) => {
                    self.control("ROLLBACK TO command")?;
                    self.control("RELEASE command")?;
                }
                (Fate::Undo | Fate::Repeat, false) => {
                    self.control("ROLLBACK")?;
                    self.control("BEGIN IMMEDIATE")?;
                }
            }
            match fate {
                Fate::Keep => return Ok(true),
                Fate::Undo => return Ok(kept),
                Fate::Repeat if retry.has_time() => self.counters.repetitions.count(),
                Fate::Repeat => {
                    job.fail(exhausted());
                    return Ok(kept);
                }
            }
        }
    }

    fn roll_back(&mut self) {
        self.change.documents = Documents::default();
        let open = self
            .change
            .tx
            .sqlite()
            .is_ok_and(|connection| !connection.is_autocommit());
        if open && let Err(fault) = self.control("ROLLBACK") {
            tracing::error!(?fault, "a transaction could not be rolled back");
        }
    }

    fn control(&self, text: &'static str) -> Result<(), Fault> {
        statement::control(self.change.tx.sqlite()?, text)
    }
}
