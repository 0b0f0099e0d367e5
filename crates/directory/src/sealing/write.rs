//! The writes of sealing and pruning. They are upkeep: nothing that the directory shows is changed, and no entry tells of them.

use super::batch::Work;
use crate::Directory;
use provost_model::{Error, Result};
use provost_store::{
    Change, Recorded, Write, chain,
    tables::{audit_seals, audit_unnoted, audit_unsealed},
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
    pub(super) work: Work,
}

impl Write for Seal {
    type Output = ();

    async fn run(&self, change: &mut Change) -> Result<Recorded<()>> {
        let seal = &self.seal;
        if !audit_seals::insert(change, seal).await? {
            return change.unchanged(());
        }
        let were_unsealed = match self.work {
            Work::Unnoted(_) => audit_unnoted::note(change, seal).await?,
            Work::Unsealed(_) => audit_unsealed::delete(change, seal).await?,
        };
        if i64::try_from(were_unsealed) != Ok(seal.entries) {
            return Err(Error::Unavailable("somebody else seals the audit"));
        }
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
