//! Guesses of passwords are slowed down, and then refused.
//!
//! Wrong passwords are counted twice: for the address that they come from, and for the account that they are tried at. Either count
//! delays further guesses; the address's alone ends in a block, so that nobody can lock another's account out. All of it is in
//! memory of fixed size and forgotten with the process. Tokens and remembered passwords never come here.

mod accounts;
mod blocks;
mod delay;
mod guess;
mod record;
mod sleepers;
mod source;
mod sources;
mod table;

pub use blocks::{Block, BlockPhase};
pub(crate) use guess::Guess;
pub use sleepers::Sleeper;
pub use source::Source;

use crate::ThrottleMetrics;
use accounts::{Account, Accounts};
use blocks::Blocks;
use delay::delay;
use provost_model::Timestamp;
use provost_store::metrics::Counter;
use sleepers::Sleepers;
use sources::{Sources, Standing};
use std::{sync::Arc, time::Duration};

/// How long a refusal holds if there are just too many who wait: a moment.
const BUSY: Duration = Duration::from_secs(1);

/// How guesses are throttled.
#[derive(Clone)]
pub struct ThrottleSettings {
    /// What lets time pass for a guess that is delayed.
    pub sleeper: Arc<dyn Sleeper>,
}

/// The counts of wrong passwords.
pub(crate) struct Throttle {
    sources: Sources,
    accounts: Accounts,
    sleepers: Sleepers,
    blocks: Blocks,
    counters: Counters,
}

/// What happened, for telemetry.
#[derive(Default)]
struct Counters {
    blocks: Counter,
    delayed: Counter,
    refused: Counter,
    wrong_passwords: Counter,
}

/// A refusal to look at a password at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// When it is worth to come again.
    pub(crate) retry_after: Duration,
}

impl Throttle {
    pub(crate) fn new(settings: ThrottleSettings) -> Self {
        Self {
            sources: Sources::default(),
            accounts: Accounts::default(),
            sleepers: Sleepers::new(settings.sleeper),
            blocks: Blocks::default(),
            counters: Counters::default(),
        }
    }

    /// What the throttle has done, and who waits.
    pub(crate) fn metrics(&self) -> ThrottleMetrics {
        ThrottleMetrics {
            blocked: self.blocks.running(),
            blocks: self.counters.blocks.get(),
            delayed: self.counters.delayed.get(),
            waiting: self.sleepers.waiting(),
            refused: self.counters.refused.get(),
            wrong_passwords: self.counters.wrong_passwords.get(),
        }
    }

    /// A refusal, counted.
    fn refused(&self, retry_after: Duration) -> Refused {
        self.counters.refused.count();
        Refused { retry_after }
    }

    /// Lets a guess wait for its turn.
    ///
    /// # Errors
    /// Its address is blocked, or too many wait already.
    async fn admit(&self, source: Source, account: Account, now: Timestamp) -> Result<(), Refused> {
        let failures = match self.sources.standing(source, now) {
            Standing::Blocked(left) => return Err(self.refused(left)),
            Standing::Open(failures) => failures,
        };
        let wait = delay(failures.max(self.accounts.level(account, now)));
        if wait.is_zero() {
            return Ok(());
        }
        let Some(place) = self.sleepers.place(source) else {
            return Err(self.refused(BUSY));
        };
        self.counters.delayed.count();
        place.sleep(wait).await;
        Ok(())
    }

    /// Whether an address is blocked by now; asked again right before the hash, since many guesses may have come at once.
    fn check(&self, source: Source, now: Timestamp) -> Result<(), Refused> {
        match self.sources.standing(source, now) {
            Standing::Blocked(left) => Err(self.refused(left)),
            Standing::Open(_) => Ok(()),
        }
    }

    /// Counts a wrong password.
    fn failed(&self, source: Source, account: Account, now: Timestamp) {
        self.counters.wrong_passwords.count();
        self.accounts.failed(account, now);
        if let Some(block) = self.sources.failed(source, account, now) {
            self.counters.blocks.count();
            self.blocks.began(block);
        }
    }

    /// Forgives the wrong passwords that this address tried at this account, now that it has shown the right one: those of somebody
    /// who mistyped. What it tried at others still counts, else a guesser with one account of its own would begin anew at will.
    fn succeeded(&self, source: Source, account: Account, now: Timestamp) {
        let forgiven = self.sources.succeeded(source, account, now);
        self.accounts.forgive(account, forgiven, now);
    }

    /// The beginnings and ends of blocks that are still to be written down.
    pub(crate) const fn blocks(&self) -> &Blocks {
        &self.blocks
    }
}
