//! Counters for telemetry.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a store has done since it was opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
}

/// The counters behind [`Metrics`].
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) writes: Counter,
    pub(crate) commits: Counter,
    pub(crate) repetitions: Counter,
    pub(crate) turned_away: Counter,
    pub(crate) doubtful_commits: Counter,
}

impl Counters {
    pub(crate) fn metrics(&self) -> Metrics {
        Metrics {
            writes: self.writes.get(),
            commits: self.commits.get(),
            repetitions: self.repetitions.get(),
            turned_away: self.turned_away.get(),
            doubtful_commits: self.doubtful_commits.get(),
        }
    }
}

/// One counter. It orders nothing, so it is relaxed.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn count(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}
