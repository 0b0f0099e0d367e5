//! Who of several servers works.

use crate::Directory;
use provost_model::{Result, Timestamp};
use provost_store::{Change, Read, Recorded, Tx, Write, tables::leases};
use uuid::Uuid;

/// The lease's name.
const NAME: &str = "audit";

/// For how long it is taken, in microseconds: after so long without a word of the holder another server goes on.
const TERM: i64 = 15_000_000;

/// This server's hold on the lease.
pub(super) struct Lease {
    holder: Uuid,
    until: Timestamp,
}

impl Lease {
    pub(super) fn new(directory: &Directory) -> Result<Self> {
        Ok(Self {
            holder: uuid::Builder::from_random_bytes(directory.random()?).into_uuid(),
            until: Timestamp(0),
        })
    }

    /// Whether this server holds it. It is taken if nobody does, and renewed halfway.
    pub(super) async fn hold(&mut self, directory: &Directory) -> Result<bool> {
        let now = directory.now();
        if self.until.0 - now.0 > TERM / 2 {
            return Ok(true);
        }
        let take = Take {
            holder: self.holder,
            now,
        };
        let held = !directory.read(&take).await? && directory.keep(take).await?;
        self.until = Timestamp(if held { now.0 + TERM } else { 0 });
        Ok(held)
    }

    pub(super) async fn release(&mut self, directory: &Directory) -> Result<()> {
        if self.until.0 > 0 {
            self.until = Timestamp(0);
            directory
                .keep(Release {
                    holder: self.holder,
                })
                .await?;
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
struct Take {
    holder: Uuid,
    now: Timestamp,
}

/// Whether another server holds it.
impl Read for Take {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        leases::is_of_another(tx, NAME, self.holder, self.now).await
    }
}

/// Whether it was had.
impl Write for Take {
    type Output = bool;

    async fn run(&self, change: &mut Change) -> Result<Recorded<bool>> {
        let until = Timestamp(self.now.0 + TERM);
        let held = leases::take(change, NAME, self.holder, self.now, until).await?;
        Ok(change.upkeep(held))
    }
}

struct Release {
    holder: Uuid,
}

impl Write for Release {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        leases::release(change, NAME, self.holder).await?;
        Ok(change.upkeep(()))
    }
}
