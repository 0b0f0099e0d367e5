//! What a store carries out.

use provost_model::{Result, TenantId};

use crate::{Change, Recorded, Tx, tables::counters::Counter};

/// A query. It may be run several times, so it has to give the same answer on the same rows.
pub trait Read: Sync {
    /// What is read.
    type Output: Send;

    /// Whether each of its statements finds a few rows by their keys, and waits for no lock. On PostgreSQL such a query is asked on a
    /// connection on which others ask at the same time, where a long one would keep them waiting.
    const BRIEF: bool = false;

    /// Reads, waiting for nothing but `tx`: on SQLite anything else is an internal fault. On PostgreSQL each statement sees what was
    /// committed before it.
    fn run(&self, tx: &mut Tx) -> impl Future<Output = Result<Self::Output>> + Send;
}

/// A command. It may be run several times, of which one at most is committed, so ids and times have to be chosen before.
pub trait Write: Send + Sync + 'static {
    /// What the command tells of the change.
    type Output: Send + 'static;

    /// The number that the command will take from a counter. Where nodes share a database it is taken before the transaction, from a block
    /// of this node's, so that commands do not queue behind the counter's row; one that the command does not take after all is lost.
    fn reserves(&self) -> Option<(TenantId, Counter)> {
        None
    }

    /// Writes, waiting for nothing but `change`: on SQLite anything else is an internal fault. An error undoes all of it.
    fn run(
        &self,
        change: &mut Change,
    ) -> impl Future<Output = Result<Recorded<Self::Output>>> + Send;
}
