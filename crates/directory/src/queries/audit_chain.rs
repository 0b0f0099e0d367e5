//! The audit's chains.

use crate::Directory;
use provost_model::{Result, TenantId};
use provost_store::{Read, Tx, soundness::chain, tables::audit_seals};

pub use provost_store::chain::ChainHead;
pub use provost_store::soundness::chain::{Defect, Examined, Noted};

impl Directory {
    /// The tenant after this one that has audit entries or seals, by its internal id; it may have been deleted. The deployment comes
    /// first, before it -1.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn next_audit_chain(&self, after: TenantId) -> Result<Option<TenantId>> {
        self.read(&Next { after }).await
    }

    /// Where the chain of a tenant ends; nothing if none of its entries was ever sealed.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn audit_head(&self, tenant: TenantId) -> Result<Option<ChainHead>> {
        self.read(&Head { tenant }).await
    }

    /// Examines the chain of a tenant, and whether it goes through a head that was noted elsewhere; `tell` is told each defect.
    ///
    /// # Errors
    /// Those of the store, and of `tell`.
    pub async fn examine_audit<E: From<provost_model::Error>>(
        &self,
        tenant: TenantId,
        noted: Option<ChainHead>,
        tell: impl FnMut(Defect) -> Result<(), E>,
    ) -> Result<Examined, E> {
        chain::examine(&self.inner.store, tenant, noted, tell).await
    }
}

struct Next {
    after: TenantId,
}

impl Read for Next {
    type Output = Option<TenantId>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        chain::next_chain(tx, self.after).await
    }
}

struct Head {
    tenant: TenantId,
}

impl Read for Head {
    type Output = Option<ChainHead>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        audit_seals::head(tx, self.tenant).await
    }
}
