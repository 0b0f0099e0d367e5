//! Audit entries and events.

use crate::Directory;
use provost_model::{EntryId, Result, StoredEntry, TenantId, Timestamp};
use provost_store::{Read, Tx, tables::audit};
use uuid::Uuid;

impl Directory {
    /// Up to `limit` audit entries of a tenant after the id `after`, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn audit(
        &self,
        tenant: TenantId,
        after: EntryId,
        limit: i64,
    ) -> Result<Vec<StoredEntry>> {
        self.read(&Page {
            tenant,
            after,
            limit,
            events: false,
        })
        .await
    }

    /// Up to `limit` events of a tenant after the id `after`, oldest first.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn events(
        &self,
        tenant: TenantId,
        after: EntryId,
        limit: i64,
    ) -> Result<Vec<StoredEntry>> {
        self.read(&Page {
            tenant,
            after,
            limit,
            events: true,
        })
        .await
    }

    /// The id that stands before all entries of this time.
    #[must_use]
    pub fn before(at: Timestamp) -> EntryId {
        let milliseconds = u64::try_from(at.0.div_euclid(1000)).unwrap_or_default();
        let [_, _, bytes @ ..] = milliseconds.to_be_bytes();
        let mut id = [0; 16];
        id[..6].copy_from_slice(&bytes);
        EntryId(Uuid::from_bytes(id))
    }
}

struct Page {
    tenant: TenantId,
    after: EntryId,
    limit: i64,
    events: bool,
}

impl Read for Page {
    type Output = Vec<StoredEntry>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        if self.events {
            audit::events(tx, self.tenant, self.after, self.limit).await
        } else {
            audit::page(tx, self.tenant, self.after, self.limit).await
        }
    }
}
