//! Sweeping links that have expired.

use crate::{Command, Context};
use provost_model::Result;
use provost_store::{Change, Recorded, Tx, tables::password_links};

/// How many links one transaction sweeps.
const SWEPT_AT_ONCE: i64 = 200;

/// Sweeps some links that have expired, of all tenants; tells whether more may be left. They held no longer anyway.
#[derive(Clone, Copy, Debug)]
pub struct PrunePasswordLinks;

impl Command for PrunePasswordLinks {
    type Outcome = bool;

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<bool>> {
        let swept = password_links::delete_expired(change, context.now, SWEPT_AT_ONCE).await?;
        Ok(change.upkeep(i64::try_from(swept).is_ok_and(|swept| swept >= SWEPT_AT_ONCE)))
    }
}
