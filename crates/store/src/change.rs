//! Writing.

use std::ops::{Deref, DerefMut};

use provost_model::{Entry, EntryId, Error, Result, TenantId};

use crate::{
    Sql, Tx, Value,
    fault::Fault,
    savepoints,
    statement::Bound,
    tables::{audit, counters::Counter, documents::Documents},
};

/// A transaction that may write. Only [`crate::Store::write`] makes one; it reads as the [`Tx`] that it holds.
pub struct Change {
    pub(crate) tx: Tx,
    written: u64,
    /// How many of the written rows an entry tells of.
    told: u64,
    entry: Option<(TenantId, EntryId)>,
    reserved: Option<Reserved>,
    /// What the index of substrings is told before the commit, of all commands of the transaction.
    pub(crate) documents: Documents,
}

/// A number that was taken from a counter before the transaction.
pub(crate) type Reserved = (TenantId, Counter, i64);

/// The outcome of a command whose change has its audit entry, or that changed nothing. It can be had from a [`Change`] alone.
#[derive(Debug)]
#[must_use]
pub struct Recorded<T>(T);

impl<T> Recorded<T> {
    /// The outcome, for the rest of a larger command.
    #[must_use]
    pub const fn outcome(&self) -> &T {
        &self.0
    }

    /// The same with another outcome.
    pub fn map<U>(self, outcome: impl FnOnce(T) -> U) -> Recorded<U> {
        Recorded(outcome(self.0))
    }

    /// Both outcomes of two parts of a larger command.
    pub fn with<U>(self, other: Recorded<U>) -> Recorded<(T, U)> {
        Recorded((self.0, other.0))
    }
}

/// A place in a change.
#[derive(Debug)]
#[must_use]
pub struct Mark {
    written: u64,
    told: u64,
    entry: Option<(TenantId, EntryId)>,
    documents: usize,
}

/// What is to become of one try of a command.
pub(crate) enum Verdict<T> {
    /// Commit, and answer this.
    Keep(T),
    /// Undo, and answer this.
    Refuse(Error),
    /// Undo, and try again.
    Repeat,
}

impl Change {
    pub(crate) fn new(tx: Tx) -> Self {
        Self {
            tx,
            written: 0,
            told: 0,
            entry: None,
            reserved: None,
            documents: Documents::default(),
        }
    }

    /// Hands a number over that was taken before the transaction.
    pub(crate) const fn reserve(&mut self, reserved: Option<Reserved>) {
        self.reserved = reserved;
    }

    /// The number that was taken before the transaction, once.
    pub(crate) fn take_reserved(&mut self, tenant: TenantId, counter: Counter) -> Option<i64> {
        self.reserved
            .take_if(|(of, kind, _)| (*of, *kind) == (tenant, counter))
            .map(|(_, _, number)| number)
    }

    /// Executes a statement and gives the number of rows that it changed. Rows that a statement with RETURNING writes through
    /// [`Tx::first`] are not counted: that way is for counters alone, which need no audit.
    pub(crate) async fn execute(&mut self, sql: &'static Sql, params: &[Value<'_>]) -> Result<u64> {
        let rows = self.tx.execute(sql, params).await?;
        self.written += rows;
        Ok(rows)
    }

    /// Executes statements that do not build upon each other's answers, and gives how many rows they changed altogether: where the database
    /// is elsewhere, all are sent before the first answer comes.
    pub(crate) async fn execute_together(&mut self, statements: &[Bound<'_>]) -> Result<u64> {
        let rows = self.tx.execute_together(statements).await?;
        self.written += rows;
        Ok(rows)
    }

    /// Adds a row, or adds to one, by a statement whose count of rows nobody asks for: it is sent along with the next one, or with the commit.
    /// What waits so may be carried out in any order, so no statement is to build upon another that waits.
    pub(crate) async fn execute_later(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
    ) -> Result<()> {
        self.tx.execute_later(sql, params).await?;
        self.written += 1;
        Ok(())
    }

    /// Executes statements of which none builds upon another, and gives how many rows each of them changed, or found if it only looks.
    pub(crate) async fn execute_each(&mut self, statements: &[Bound<'_>]) -> Result<Vec<u64>> {
        let counts = self.tx.execute_each(statements).await?;
        self.written += counts.iter().sum::<u64>();
        Ok(counts)
    }

    /// Executes a statement whose rows the directory never shows, such as what two changes meet at; it needs no audit.
    pub(crate) async fn execute_unseen(
        &mut self,
        sql: &'static Sql,
        params: &[Value<'_>],
    ) -> Result<()> {
        self.tx.execute(sql, params).await?;
        Ok(())
    }

    /// Writes the audit entry and the event of this change, and seals its outcome.
    pub async fn record<T>(&mut self, entry: Entry, outcome: T) -> Result<Recorded<T>> {
        audit::insert(self, &entry).await?;
        self.entry = Some((entry.tenant, entry.id));
        self.told = self.written;
        Ok(Recorded(outcome))
    }

    /// Writes the entries and events of a change of many things, and seals its outcome. Without an entry nothing may have been written.
    pub async fn record_all<T>(&mut self, entries: &[Entry], outcome: T) -> Result<Recorded<T>> {
        let Some(last) = entries.last() else {
            return self.unchanged(outcome);
        };
        audit::insert_many(self, entries).await?;
        self.entry = Some((last.tenant, last.id));
        self.told = self.written;
        Ok(Recorded(outcome))
    }

    /// Marks this place, so that what follows can be undone without the rest.
    pub async fn mark(&mut self) -> Result<Mark> {
        self.tx.execute(&savepoints::SET, &[]).await?;
        Ok(Mark {
            written: self.written,
            told: self.told,
            entry: self.entry,
            documents: self.documents.len(),
        })
    }

    /// Keeps what was written since a mark, the latest one that is neither kept nor undone; whether that was anything.
    pub async fn keep(&mut self, mark: Mark) -> Result<bool> {
        self.tx.execute(&savepoints::RELEASE, &[]).await?;
        Ok(self.written > mark.written)
    }

    /// Undoes what was written since a mark, the latest one that is neither kept nor undone.
    pub async fn undo(&mut self, mark: Mark) -> Result<()> {
        self.tx.execute(&savepoints::ROLL_BACK, &[]).await?;
        self.tx.execute(&savepoints::RELEASE, &[]).await?;
        self.written = mark.written;
        self.told = mark.told;
        self.entry = mark.entry;
        self.documents.truncate(mark.documents);
        Ok(())
    }

    /// Writes a further entry and event, of a change that touches several things. The command still ends in [`Change::record`].
    pub async fn record_further(&mut self, entry: Entry) -> Result<()> {
        audit::insert(self, &entry).await
    }

    /// Seals the outcome of a command that found nothing to change. Fails with [`Error::Internal`] if rows have been written that no
    /// entry tells of; commands that are parts of a larger one may have written theirs before.
    pub fn unchanged<T>(&self, outcome: T) -> Result<Recorded<T>> {
        if self.written > self.told {
            return Err(unrecorded());
        }
        Ok(Recorded(outcome))
    }

    /// Seals the outcome of upkeep that changes nothing that the directory shows, such as sweeping rows of what was deleted before or
    /// renewing the hash of a password that stays the same.
    pub fn upkeep<T>(&mut self, outcome: T) -> Recorded<T> {
        self.written = 0;
        self.told = 0;
        Recorded(outcome)
    }

    /// The number that was taken before the transaction, if the command did not want it.
    pub(crate) const fn unused(&self) -> Option<Reserved> {
        self.reserved
    }

    /// The key of this change's audit entry, if it has one.
    pub(crate) const fn entry(&self) -> Option<(TenantId, EntryId)> {
        self.entry
    }

    /// Forgets the command before, for the next one on the same connection.
    pub(crate) fn reset(&mut self) {
        self.written = 0;
        self.told = 0;
        self.entry = None;
        self.tx.take_fault();
    }

    /// What is to become of a try that ended so. A fault of the database counts even if the command made light of it.
    pub(crate) fn judge<T>(&mut self, outcome: Result<Recorded<T>>) -> Verdict<T> {
        match (self.tx.take_fault(), outcome) {
            (Some(Fault::Serialization | Fault::ConnectionLost), _)
            | (None, Err(Error::Serialization)) => Verdict::Repeat,
            (_, Err(error)) => Verdict::Refuse(error),
            (Some(fault), Ok(_)) => Verdict::Refuse(fault.into()),
            // A `Recorded` made before the last row was written proves nothing.
            (None, Ok(_)) if self.written > 0 && self.entry.is_none() => {
                Verdict::Refuse(unrecorded())
            }
            (None, Ok(Recorded(outcome))) => Verdict::Keep(outcome),
        }
    }
}

impl Deref for Change {
    type Target = Tx;

    fn deref(&self) -> &Tx {
        &self.tx
    }
}

impl DerefMut for Change {
    fn deref_mut(&mut self) -> &mut Tx {
        &mut self.tx
    }
}

fn unrecorded() -> Error {
    Error::internal("a command wrote rows without an audit entry")
}
