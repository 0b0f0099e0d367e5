//! The writes of sealing and pruning. They are upkeep: nothing that the directory shows is changed, and no entry tells of them.

use crate::Directory;
use provost_model::{Error, Result};
use provost_store::{
    Change, Recorded, Write, chain,
    tables::{
        audit_backlog::{self, Place},
        audit_seals, audit_unsealed,
    },
};

impl Directory {
    /// Carries out upkeep, which nobody asks for and which needs no context.
    pub(super) async fn keep<W: Write>(&self, upkeep: W) -> Result<W::Output> {
        self.inner.store.write(upkeep).await
    }
}

/// Adds a seal to its chain. It gives up, and changes nothing, if somebody else sealed first.
pub(super) struct Seal {
    pub(super) seal: chain::Seal,
    /// The place behind which its entries are, if they are from before there were seals.
    pub(super) backlog: Option<Place>,
}

impl Write for Seal {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        let seal = &self.seal;
        if !audit_seals::insert(change, seal).await? {
            return change.unchanged(());
        }
        let waited = audit_unsealed::delete(change, seal).await?;
        let all_were_unsealed = match (&self.backlog, seal.items().last()) {
            (None, _) => i64::try_from(waited) == Ok(seal.entries),
            (Some(place), Some(last)) => {
                audit_backlog::advance(change, place, seal.tenant, last.id).await?
            }
            (Some(_), None) => false,
        };
        if !all_were_unsealed {
            return Err(Error::Unavailable("somebody else seals the audit"));
        }
        Ok(change.upkeep(()))
    }
}

/// Notes that all entries from before there were seals are sealed.
pub(super) struct FinishBacklog {
    pub(super) place: Place,
}

impl Write for FinishBacklog {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        audit_backlog::finish(change, &self.place).await?;
        Ok(change.upkeep(()))
    }
}

/// Prunes the entries of a seal.
pub(super) struct Prune {
    pub(super) seal: chain::Seal,
}

impl Write for Prune {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        audit_seals::prune(change, &self.seal).await?;
        Ok(change.upkeep(()))
    }
}
