//! What is sealed or pruned next.

use provost_model::{EntryId, Result, TenantId, Timestamp};
use provost_store::{
    Read, Tx,
    chain::{ChainHead, Seal},
    tables::{
        audit_backlog::{self, Place},
        audit_seals, audit_unsealed,
    },
};
use uuid::Uuid;

/// How many entries a seal holds at most.
const ENTRIES: i64 = 500;

/// Less than any tenant's id, and the deployment's.
pub(super) const BEFORE_ALL: TenantId = TenantId(-1);

/// Whose entries are sealed next.
pub(super) enum Work {
    /// Those from before there were seals, after this place. They come first: as long as some are left it could not be told which entries
    /// were sealed as unsealed ones.
    Backlog(Place),
    /// Unsealed ones of this tenant.
    Tenant(TenantId),
}

/// The next work, in turns: after the tenant that had its turn last.
pub(super) struct NextWork {
    pub(super) after: TenantId,
}

impl Read for NextWork {
    type Output = Option<Work>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Work>> {
        if let Some(place) = audit_backlog::reached(tx).await? {
            return Ok(Some(Work::Backlog(place)));
        }
        let mut tenant = audit_unsealed::next_tenant(tx, self.after).await?;
        if tenant.is_none() && self.after != BEFORE_ALL {
            tenant = audit_unsealed::next_tenant(tx, BEFORE_ALL).await?;
        }
        Ok(tenant.map(Work::Tenant))
    }
}

/// The next seal of some work; none if there is nothing to seal. Entries are never changed, so the writer need not read them: it only
/// has to see that nobody sealed them meanwhile.
pub(super) struct Prepare<'a> {
    pub(super) work: &'a Work,
    pub(super) now: Timestamp,
}

impl Read for Prepare<'_> {
    type Output = Option<Seal>;

    async fn run(&self, tx: &mut Tx) -> Result<Option<Seal>> {
        match self.work {
            Work::Backlog(place) => self.of_backlog(tx, place).await,
            Work::Tenant(tenant) => self.of_tenant(tx, *tenant).await,
        }
    }
}

impl Prepare<'_> {
    async fn of_backlog(&self, tx: &mut Tx, after: &Place) -> Result<Option<Seal>> {
        let some = audit_backlog::next(tx, after, ENTRIES).await?;
        let Some((tenant, _)) = some.first().copied() else {
            return Ok(None);
        };
        let head = head(tx, tenant).await?;
        let ids: Vec<EntryId> = some.into_iter().map(|(_, id)| id).collect();
        audit_seals::prepare(tx, tenant, &head, &ids, self.now)
            .await
            .map(Some)
    }

    async fn of_tenant(&self, tx: &mut Tx, tenant: TenantId) -> Result<Option<Seal>> {
        // The head comes first. If the place after it is still free when the seal is written, nobody sealed anything since this moment, so
        // what waits after it is what waits then.
        let head = head(tx, tenant).await?;
        let mut after = EntryId(Uuid::nil());
        loop {
            let ids = audit_unsealed::page(tx, tenant, after, ENTRIES).await?;
            let Some(last) = ids.last() else {
                return Ok(None);
            };
            after = *last;
            let seal = audit_seals::prepare(tx, tenant, &head, &ids, self.now).await?;
            if seal.entries > 0 {
                return Ok(Some(seal));
            }
        }
    }
}

async fn head(tx: &mut Tx, tenant: TenantId) -> Result<ChainHead> {
    let head = audit_seals::head(tx, tenant).await?;
    Ok(head.unwrap_or_else(ChainHead::empty))
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
