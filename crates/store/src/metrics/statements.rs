//! How long statements take.

use crate::tables;
use std::{
    sync::atomic::{AtomicU64, Ordering::Relaxed},
    time::Duration,
};

/// How often a statement was carried out in this process, and how long it took in all. It lies beside the statement's text, so that
/// counting looks nothing up; databases that are open at once share it.
#[derive(Debug)]
pub(crate) struct Timing {
    count: AtomicU64,
    nanoseconds: AtomicU64,
}

/// The times of one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatementTime {
    /// Its module and name, such as `users::BY_LOGIN`.
    pub name: &'static str,
    /// How often it was carried out.
    pub count: u64,
    /// How long that took in all, reading its rows included; on PostgreSQL with the way there and back.
    pub time: Duration,
}

impl Timing {
    pub(crate) const fn new() -> Self {
        Self {
            count: AtomicU64::new(0),
            nanoseconds: AtomicU64::new(0),
        }
    }

    pub(crate) fn note(&self, time: Duration) {
        self.count.fetch_add(1, Relaxed);
        let nanoseconds = time.as_nanos().try_into().unwrap_or(u64::MAX);
        self.nanoseconds.fetch_add(nanoseconds, Relaxed);
    }
}

/// The times of all statements that this process has carried out.
pub fn statement_times() -> impl Iterator<Item = StatementTime> {
    tables::statements().filter_map(|sql| {
        let timing = sql.timing();
        let count = timing.count.load(Relaxed);
        let name = sql.name();
        (count > 0).then(|| StatementTime {
            name: name.strip_prefix("provost_store::tables::").unwrap_or(name),
            count,
            time: Duration::from_nanos(timing.nanoseconds.load(Relaxed)),
        })
    })
}
