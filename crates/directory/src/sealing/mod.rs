//! Sealing the audit after its commit, and pruning it: upkeep that one server of a deployment does for all.

mod batch;
mod lease;
mod write;

use crate::Directory;
use batch::{Expired, NextWork, Prepare};
use lease::Lease;
use provost_model::{Result, TenantId, Timestamp};
use write::{Prune, Seal};

/// How many seals one round makes at most, so that whoever asks for rounds can be ended.
const SEALS_A_ROUND: usize = 64;

/// How many seals one round prunes at most: it is in no hurry, and other writes are.
const PRUNED_A_ROUND: usize = 8;

/// Microseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1_000_000;

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Round {
    /// Nothing is left to do.
    Idle,
    /// Something is, and another server does it.
    Elsewhere,
    /// Something may be left.
    More,
}

/// Seals and prunes the audit. Each server has one; whichever holds the lease works.
pub struct AuditSealer {
    directory: Directory,
    lease: Lease,
    /// The tenant that had its turn last.
    last: TenantId,
}

impl AuditSealer {
    /// One that holds no lease yet.
    ///
    /// # Errors
    /// [`provost_model::Error::Internal`] if there is no randomness.
    pub fn new(directory: Directory) -> Result<Self> {
        Ok(Self {
            lease: Lease::new(&directory)?,
            directory,
            last: batch::BEFORE_ALL,
        })
    }

    /// Seals what waits, one seal of each tenant after another. Where nothing waits it costs one read.
    ///
    /// # Errors
    /// Those of the store; what could not be sealed waits on.
    pub async fn seal(&mut self) -> Result<Round> {
        // since when all that waited was of entries that are not there
        let mut fruitless = None;
        for _ in 0..SEALS_A_ROUND {
            let Some(work) = self.directory.read(&NextWork { after: self.last }).await? else {
                return Ok(Round::Idle);
            };
            if !self.lease.hold(&self.directory).await? {
                return Ok(Round::Elsewhere);
            }
            let tenant = work.tenant();
            self.last = tenant;
            let now = self.directory.now();
            match self.directory.read(&Prepare { work, now }).await? {
                Some(seal) => {
                    self.directory.keep(Seal { seal, work }).await?;
                    fruitless = None;
                }
                None if fruitless == Some(tenant) => return Ok(Round::Idle),
                None => {
                    fruitless.get_or_insert(tenant);
                }
            }
        }
        Ok(Round::More)
    }

    /// Prunes entries, with their events, that are older than so many days. A seal goes as a whole, and only after those before it, so
    /// that what is left is still a chain. Where nothing is that old it costs one read.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn prune(&mut self, days: u32) -> Result<Round> {
        for _ in 0..PRUNED_A_ROUND {
            let before = self.directory.now().0 - i64::from(days) * DAY;
            let expired = Expired {
                before: Timestamp(before),
            };
            let Some(seal) = self.directory.read(&expired).await? else {
                return Ok(Round::Idle);
            };
            if !self.lease.hold(&self.directory).await? {
                return Ok(Round::Elsewhere);
            }
            self.directory.keep(Prune { seal }).await?;
        }
        Ok(Round::More)
    }

    /// Gives the lease back, so that another server need not wait for its end.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn release(&mut self) -> Result<()> {
        self.lease.release(&self.directory).await
    }
}
