//! One password that was shown and is in no memory.

use super::{Refused, Source, Throttle, accounts::Account};
use crate::Clock;
use provost_model::Tenant;
use std::sync::Arc;

/// A guess under way. It goes with its password to the thread that hashes.
#[derive(Clone)]
pub(crate) struct Guess {
    throttle: Arc<Throttle>,
    clock: Arc<dyn Clock>,
    source: Source,
    account: Account,
}

impl Guess {
    /// A guess from this address at what was typed, in a request to this tenant. It is made before anybody is looked up.
    pub(crate) fn new(
        throttle: &Arc<Throttle>,
        clock: &Arc<dyn Clock>,
        source: Source,
        typed: &str,
        tenant: Option<&Tenant>,
    ) -> Self {
        Self {
            throttle: Arc::clone(throttle),
            clock: Arc::clone(clock),
            source,
            account: throttle.accounts.asked(typed, tenant),
        }
    }

    /// Waits as long as its address and its account have to.
    ///
    /// # Errors
    /// Its address is blocked, or too many wait already.
    pub(crate) async fn wait(&self) -> Result<(), Refused> {
        let now = self.clock.now();
        self.throttle.admit(self.source, self.account, now).await
    }

    /// Hashes the password, unless the address was blocked meanwhile, and counts the outcome.
    ///
    /// # Errors
    /// Its address is blocked.
    pub(crate) fn decide(&self, is_right: impl FnOnce() -> bool) -> Result<bool, Refused> {
        let (throttle, now) = (&self.throttle, self.clock.now());
        throttle.check(self.source, now)?;
        let right = is_right();
        if right {
            throttle.succeeded(self.source, self.account, now);
        } else {
            throttle.failed(self.source, self.account, now);
        }
        Ok(right)
    }
}
