//! Time and randomness, which the context carries into commands so that a retried command repeats exactly.

use provost_model::{Error, Result, Timestamp};
use std::{
    cell::RefCell,
    time::{SystemTime, UNIX_EPOCH},
};

/// A source of time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// A source of random bytes that nobody can guess.
pub trait Entropy: Send + Sync {
    /// Fills a buffer.
    ///
    /// # Errors
    /// [`Error::Internal`] if there are none.
    fn fill(&self, buffer: &mut [u8]) -> Result<()>;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Timestamp(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct OperatingSystem;

impl Entropy for OperatingSystem {
    fn fill(&self, buffer: &mut [u8]) -> Result<()> {
        STOCK.with_borrow_mut(|stock| stock.fill(buffer))
    }
}

thread_local! {
    static STOCK: RefCell<Stock> = const { RefCell::new(Stock::EMPTY) };
}

/// Random bytes of a thread that were fetched ahead: each request wants some, and the system is not to be asked that often. A byte is
/// given once, and not kept.
struct Stock {
    bytes: [u8; Self::SIZE],
    left: usize,
}

impl Stock {
    const SIZE: usize = 4096;
    const EMPTY: Self = Self {
        bytes: [0; Self::SIZE],
        left: 0,
    };

    fn fill(&mut self, buffer: &mut [u8]) -> Result<()> {
        if buffer.len() > Self::SIZE {
            return getrandom::fill(buffer).map_err(Error::internal);
        }
        if self.left < buffer.len() {
            // those that failed to come are not given
            self.left = 0;
            getrandom::fill(&mut self.bytes).map_err(Error::internal)?;
            self.left = Self::SIZE;
        }
        let given = &mut self.bytes[self.left - buffer.len()..self.left];
        buffer.copy_from_slice(given);
        given.fill(0);
        self.left -= buffer.len();
        Ok(())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn random_bytes_are_given_once() {
        let mut stock = Stock::EMPTY;
        let mut seen = std::collections::HashSet::new();
        for _ in 0..1000 {
            let mut bytes = [0; 24];
            stock.fill(&mut bytes).unwrap();
            assert!(seen.insert(bytes));
            assert!(!stock.bytes.windows(24).any(|kept| kept == bytes));
        }
        let mut many = vec![0; 3 * Stock::SIZE];
        stock.fill(&mut many).unwrap();
        assert!(many.iter().any(|byte| *byte != 0));
    }
}
