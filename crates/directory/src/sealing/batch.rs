//! What is sealed or pruned next.

use provost_model::{EntryId, Result, TenantId, Timestamp};
use provost_store::{
    Read, Tx,
    chain::{ChainHead, Seal},
    tables::{audit_seals, audit_unnoted, audit_unsealed},
};
use uuid::Uuid;

/// How many entries a seal holds at most.
const ENTRIES: i64 = 500;

/// Less than any tenant's id, and the deployment's.
pub(super) const BEFORE_ALL: TenantId = TenantId(-1);

/// Whose entries are sealed next.
#[derive(Clone, Copy)]
pub(super) enum Work {
    /// Those of this tenant that nobody noted as unsealed. They are the oldest, so they come first.
    Unnoted(TenantId),
    /// Those of this tenant that are noted as unsealed.
    Unsealed(TenantId),
}

impl Work {
    pub(super) const fn tenant(self) -> TenantId {
        match self {
            Self::Unnoted(tenant) | Self::Unsealed(tenant) => tenant,
        }
    }
}

/// The next work, in turns: after the tenant that had its turn last.
pub(super) struct NextWork {
    pub(super) after: TenantId,
}

impl Read for NextWork {
    type Output = Option<Work>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Work>> {
        for after in [self.after, BEFORE_ALL] {
            if let Some(tenant) = audit_unnoted::next_tenant(tx, after).await? {
                return Ok(Some(Work::Unnoted(tenant)));
            }
        }
        for after in [self.after, BEFORE_ALL] {
            if let Some(tenant) = audit_unsealed::next_tenant(tx, after).await? {
                return Ok(Some(Work::Unsealed(tenant)));
            }
        }
        Ok(None)
    }
}

/// The next seal of some work; none if there is nothing to seal. Entries are never changed, so the writer need not read them: it only
/// has to see that nobody sealed them meanwhile.
pub(super) struct Prepare {
    pub(super) work: Work,
    pub(super) now: Timestamp,
}

impl Read for Prepare {
    type Output = Option<Seal>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Seal>> {
        let tenant = self.work.tenant();
        // The head comes first. If the place after it is still free when the seal is written, nobody sealed anything since this moment, so
        // what waits after it is what waits then.
        let head = audit_seals::head(tx, tenant).await?;
        let head = head.unwrap_or_else(ChainHead::empty);
        let seal = match self.work {
            Work::Unnoted(_) => {
                let ids = audit_unnoted::page(tx, tenant, ENTRIES).await?;
                audit_seals::prepare(tx, tenant, &head, &ids, self.now).await?
            }
            Work::Unsealed(_) => return self.of_unsealed(tx, &head).await,
        };
        Ok((seal.entries > 0).then_some(seal))
    }
}

impl Prepare {
    /// Of entries that are noted as unsealed; a note of one that is not there is passed over.
    async fn of_unsealed(&self, tx: &mut Tx, head: &ChainHead) -> Result<Option<Seal>> {
        let tenant = self.work.tenant();
        let mut after = EntryId(Uuid::nil());
        loop {
            let ids = audit_unsealed::page(tx, tenant, after, ENTRIES).await?;
            let Some(last) = ids.last() else {
                return Ok(None);
            };
            after = *last;
            let seal = audit_seals::prepare(tx, tenant, head, &ids, self.now).await?;
            if seal.entries > 0 {
                return Ok(Some(seal));
            }
        }
    }
}

/// The seal that is pruned next, if any is older than this.
pub(super) struct Expired {
    pub(super) before: Timestamp,
}

impl Read for Expired {
    type Output = Option<Seal>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Seal>> {
        audit_seals::expired(tx, self.before).await
    }
}
