//! Single numbers.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What only grows. It orders nothing, so it is relaxed.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Counts one.
    pub fn count(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    /// How many were counted.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

/// How many there are now.
#[derive(Debug, Default)]
pub struct Gauge(AtomicU64);

/// One that is there, until it is dropped.
#[derive(Debug)]
pub struct Presence<'a>(&'a Gauge);

impl Gauge {
    /// One more.
    pub fn enter(&self) {
        self.0.fetch_add(1, Relaxed);
    }

    /// One less.
    pub fn leave(&self) {
        self.0.fetch_sub(1, Relaxed);
    }

    /// One more, until what this gives is dropped.
    #[must_use]
    pub fn presence(&self) -> Presence<'_> {
        self.enter();
        Presence(self)
    }

    /// How many there are.
    pub fn get(&self) -> u64 {
        self.0.load(Relaxed)
    }
}

impl Drop for Presence<'_> {
    fn drop(&mut self) {
        self.0.leave();
    }
}
