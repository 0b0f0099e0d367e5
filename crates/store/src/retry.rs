//! When to repeat.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    time::{Duration, Instant},
};

use provost_model::{Error, Result};

const FIRST_PAUSE: Duration = Duration::from_millis(2);

/// Repetitions up to a deadline, with growing pauses of random length, so that rivals do not meet again.
pub(crate) struct Retry {
    deadline: Instant,
    pause: Duration,
}

impl Retry {
    pub(crate) fn within(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            pause: FIRST_PAUSE,
        }
    }

    /// Whether there is time for another try at once.
    pub(crate) fn has_time(&self) -> bool {
        Instant::now() < self.deadline
    }

    /// Pauses before another try, each time longer but never longer than `longest`, or gives up because the deadline would pass.
    pub(crate) async fn pause(&mut self, longest: Duration) -> Result<()> {
        let pause = self
            .pause
            .min(longest)
            .mul_f64(0.5 + 0.5 * random_fraction());
        if Instant::now() + pause >= self.deadline {
            return Err(exhausted());
        }
        tokio::time::sleep(pause).await;
        self.pause = (self.pause * 2).min(longest);
        Ok(())
    }
}

/// The error after the last try.
pub(crate) const fn exhausted() -> Error {
    Error::Unavailable("the database did not get to this transaction in time")
}

/// From 0 to 1. The seeds of the standard hash maps differ at each call, which is random enough for pauses.
fn random_fraction() -> f64 {
    let bits = u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or_default();
    f64::from(bits) / f64::from(u32::MAX)
}
