//! Commands: repeated as a whole, committed at most once.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Instant};

use futures_util::FutureExt as _;
use provost_model::{EntryId, Error, Result, TenantId};

use super::{
    Database,
    session::{CommitFault, Session},
};
use crate::{
    Change, Injected, InjectionPoint, Read, Tx, Write,
    change::{Reserved, Verdict},
    engine::Session as EngineSession,
    fault::Fault,
    retry::Retry,
    tables::audit,
};

/// How one try ended.
enum Attempt<T> {
    /// Committed, or refused and rolled back.
    Done(Result<T>),
    /// Rolled back, to be repeated.
    Repeat,
    /// The answer to COMMIT was lost.
    Doubtful(Option<(TenantId, EntryId)>, T),
}

impl Database {
    /// Runs a command in a transaction.
    pub(crate) async fn write<W: Write>(&self, command: W) -> Result<W::Output> {
        self.counters.writes.count();
        let mut retry = Retry::within(self.settings.retry_deadline);
        let reserved = self.reserve(&command).await?;
        let mut doubt = None;
        let error = loop {
            match self.attempt(&command, reserved).await {
                Attempt::Done(Ok(outcome)) => return Ok(outcome),
                Attempt::Done(Err(error)) => break error,
                Attempt::Repeat => {}
                // Nothing was written, so nothing is lost by another try.
                Attempt::Doubtful(None, _) => {}
                Attempt::Doubtful(Some(entry), outcome) => {
                    self.counters.doubtful_commits.count();
                    if self.is_committed(entry).await? {
                        return Ok(outcome);
                    }
                    doubt = Some((entry, outcome));
                }
            }
            self.counters.repetitions.count();
            if let Err(exhausted) = retry.pause(self.settings.longest_pause).await {
                break exhausted;
            }
        };
        // A commit in doubt may have come through after it was looked up. The repeated command then meets its own rows, if only
        // the key of its own audit entry, and fails; so it is committed once at most, and here it is seen whether it was.
        let certain = doubt.is_none();
        if let Some((entry, outcome)) = doubt
            && self.is_committed(entry).await?
        {
            return Ok(outcome);
        }
        if certain && let Some(reserved) = reserved {
            self.numbers.give_back(reserved);
        }
        Err(error)
    }

    /// Takes the number that a command will want, once for all its tries.
    async fn reserve<W: Write>(&self, command: &W) -> Result<Option<Reserved>> {
        let Some((tenant, counter)) = command.reserves() else {
            return Ok(None);
        };
        let number = match self.numbers.next(tenant, counter) {
            Ok(number) => number,
            Err(block) => {
                let first = self.read(&block).await?;
                self.numbers.keep(&block, first)
            }
        };
        Ok(Some((tenant, counter, number)))
    }

    async fn attempt<W: Write>(
        &self,
        command: &W,
        reserved: Option<Reserved>,
    ) -> Attempt<W::Output> {
        // what only speaks like PostgreSQL need not take such statements
        let merging = self.snapshots.is_plain().then(|| Arc::clone(&self.merging));
        let connected = self.connect(|client| Session::transaction(client, merging));
        let mut change = match connected.await {
            Ok(tx) => Change::new(tx),
            Err(Fault::ConnectionLost | Fault::Serialization) => return Attempt::Repeat,
            Err(fault) => return Attempt::Done(Err(fault.into())),
        };
        change.reserve(reserved);
        // what a panic leaves half done is in the database alone, and undone there
        let outcome = AssertUnwindSafe(command.run(&mut change))
            .catch_unwind()
            .await;
        match change.judge(outcome.unwrap_or_else(|_| Err(Error::internal("a command panicked")))) {
            Verdict::Keep(outcome) => {
                let unused = change.unused();
                let attempt = self.commit(change, outcome).await;
                if let (Attempt::Done(Ok(_)), Some(unused)) = (&attempt, unused) {
                    self.numbers.give_back(unused);
                }
                attempt
            }
            Verdict::Refuse(error) => {
                roll_back(&mut change).await;
                Attempt::Done(Err(error))
            }
            Verdict::Repeat => {
                roll_back(&mut change).await;
                Attempt::Repeat
            }
        }
    }

    async fn commit<T>(&self, mut change: Change, outcome: T) -> Attempt<T> {
        let entry = change.entry();
        let injected = change.tx.injected(InjectionPoint::Commit);
        let Ok(session) = session(&mut change) else {
            return Attempt::Repeat;
        };
        let started = Instant::now();
        let committing = self.snapshots.before_commit();
        let committed = match injected {
            None => session.commit().await,
            Some(Injected::Serialization) => {
                session.roll_back().await;
                Err(CommitFault::Refused(Fault::Serialization))
            }
            Some(Injected::ConnectionLost) => {
                session.abandon();
                Err(CommitFault::Doubtful)
            }
            Some(Injected::AnswerLost) => session.commit().await.and(Err(CommitFault::Doubtful)),
        };
        match committed {
            Ok(()) => {
                self.counters.commits.count();
                // what has no entry may have written nothing
                if entry.is_some() {
                    self.snapshots.after_commit(committing);
                }
                self.counters.commit_times.observe_time(started.elapsed());
                Attempt::Done(Ok(outcome))
            }
            Err(CommitFault::Refused(Fault::Serialization | Fault::ConnectionLost)) => {
                Attempt::Repeat
            }
            Err(CommitFault::Refused(fault)) => Attempt::Done(Err(fault.into())),
            Err(CommitFault::Doubtful) => Attempt::Doubtful(entry, outcome),
        }
    }

    /// Looks up whether a change came to be, on another connection, and on the server that takes writes.
    async fn is_committed(&self, (tenant, entry): (TenantId, EntryId)) -> Result<bool> {
        self.read(&AuditEntry { tenant, entry }).await.map_err(|cause| {
            tracing::error!(entry = %entry.0, %cause, "a commit whose answer was lost could not be looked up");
            Error::Unavailable("it is unknown whether the change was made")
        })
    }
}

struct AuditEntry {
    tenant: TenantId,
    entry: EntryId,
}

impl Read for AuditEntry {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        audit::is_durable(tx, self.tenant, self.entry).await
    }
}

async fn roll_back(change: &mut Change) {
    if let Ok(session) = session(change) {
        session.roll_back().await;
    }
}

fn session(change: &mut Change) -> Result<&mut Session, Fault> {
    match &mut change.tx.session {
        EngineSession::Postgres(session) => Ok(session),
        EngineSession::Sqlite(_) => Err(Fault::Broken("this change is SQLite's".to_owned())),
    }
}
