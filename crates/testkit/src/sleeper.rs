//! Waits that are noted and take no time.

use std::{
    pin::Pin,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use provost_directory::Sleeper;

/// Notes for how long it was asked to sleep, and does not.
#[derive(Debug, Default)]
pub struct TestSleeper {
    slept: Mutex<Vec<Duration>>,
}

impl TestSleeper {
    /// What was noted since the last call.
    pub fn slept(&self) -> Vec<Duration> {
        std::mem::take(&mut self.slept.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sleeper for TestSleeper {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        self.slept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(duration);
        Box::pin(std::future::ready(()))
    }
}
