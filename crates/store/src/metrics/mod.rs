//! What the store counts for telemetry, and the counters for it. They are atomics that whoever observes adds to; what shows them, and
//! how, is not known here.

mod counter;
mod histogram;
mod statements;

use crate::StoreSettings;
pub use counter::{Counter, Gauge};
pub use histogram::{Histogram, HistogramReading, SIZES, TIMES};
pub(crate) use statements::Timing;
pub use statements::{StatementTime, statement_times};

/// What a store has done since it was opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metrics {
    /// Writes that were tried, repetitions not counted.
    pub writes: u64,
    /// Transactions that were committed. On SQLite one holds many writes.
    pub commits: u64,
    /// Repetitions of reads and writes after a serialization failure or a lost connection.
    pub repetitions: u64,
    /// Writes that were turned away because the queue was full.
    pub turned_away: u64,
    /// Commits whose answer was lost and that were looked up.
    pub doubtful_commits: u64,
    /// How long commits took, in nanoseconds.
    pub commit_times: HistogramReading,
    /// What only one of the engines has.
    pub engine: EngineMetrics,
}

/// What only one of the engines has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EngineMetrics {
    /// The database is closed.
    #[default]
    Closed,
    /// SQLite's writer.
    Sqlite {
        /// Writes that wait for the writer now.
        waiting_writes: u64,
        /// How many may wait.
        queue_length: u64,
        /// How many writes each commit held.
        writes_per_commit: HistogramReading,
    },
    /// PostgreSQL's connections.
    Postgres(PoolMetrics),
}

/// The connections to a PostgreSQL server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PoolMetrics {
    /// Connections at most.
    pub most: u64,
    /// Connections that are open.
    pub open: u64,
    /// Those of them that nobody uses.
    pub idle: u64,
    /// Reads and writes that wait for one.
    pub waiting: u64,
    /// Answers that were given without a statement, since the database had not changed.
    pub recalled: u64,
}

/// The counters behind [`Metrics`].
#[derive(Debug)]
pub(crate) struct Counters {
    pub(crate) writes: Counter,
    pub(crate) commits: Counter,
    pub(crate) repetitions: Counter,
    pub(crate) turned_away: Counter,
    pub(crate) doubtful_commits: Counter,
    pub(crate) commit_times: Histogram,
    pub(crate) waiting_writes: Gauge,
    pub(crate) writes_per_commit: Histogram,
    queue_length: u64,
}

impl Counters {
    pub(crate) fn new(settings: &StoreSettings) -> Self {
        Self {
            writes: Counter::default(),
            commits: Counter::default(),
            repetitions: Counter::default(),
            turned_away: Counter::default(),
            doubtful_commits: Counter::default(),
            commit_times: Histogram::new(&TIMES),
            waiting_writes: Gauge::default(),
            writes_per_commit: Histogram::new(&SIZES),
            queue_length: settings.queue_length.try_into().unwrap_or(u64::MAX),
        }
    }

    /// The reading of the counters, on SQLite.
    pub(crate) fn sqlite(&self) -> Metrics {
        self.metrics(EngineMetrics::Sqlite {
            waiting_writes: self.waiting_writes.get(),
            queue_length: self.queue_length,
            writes_per_commit: self.writes_per_commit.read(),
        })
    }

    /// The reading of the counters, on PostgreSQL.
    pub(crate) fn postgres(&self, pool: PoolMetrics) -> Metrics {
        self.metrics(EngineMetrics::Postgres(pool))
    }

    fn metrics(&self, engine: EngineMetrics) -> Metrics {
        Metrics {
            writes: self.writes.get(),
            commits: self.commits.get(),
            repetitions: self.repetitions.get(),
            turned_away: self.turned_away.get(),
            doubtful_commits: self.doubtful_commits.get(),
            commit_times: self.commit_times.read(),
            engine,
        }
    }
}
