//! Time that tests decide.

use std::{
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use provost_directory::Clock;
use provost_model::Timestamp;

/// A clock that goes on by one microsecond at each look, so that no two things happen at the same time, and else only when told.
#[derive(Debug)]
pub struct TestClock {
    now: AtomicI64,
}

impl TestClock {
    /// 2026-01-01 00:00 UTC.
    const START: i64 = 1_767_225_600_000_000;

    /// Lets time pass.
    ///
    /// # Panics
    /// If it is more than some 292,000 years.
    pub fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_micros()).expect("less than for ever");
        self.now.fetch_add(by, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self {
            now: AtomicI64::new(Self::START),
        }
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now.fetch_add(1, Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_passes_when_told_and_never_stands_still() {
        let clock = TestClock::default();
        let first = clock.now();
        assert!(clock.now() > first);
        clock.advance(Duration::from_secs(60));
        assert_eq!(clock.now().seconds(), first.seconds() + 60);
    }
}
