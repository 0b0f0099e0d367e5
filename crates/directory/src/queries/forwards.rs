//! Where mail to addresses of a tenant's domains goes.

use crate::Directory;
use provost_model::{Address, Result, TenantId};
use provost_store::{
    Read, Tx,
    tables::context_forwards::{self, Forward},
};

impl Directory {
    /// Up to `limit` forwards of a tenant after an alias, in the order of domains and local parts.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn forwards(
        &self,
        tenant: TenantId,
        after: Option<&Address>,
        limit: i64,
    ) -> Result<Vec<Forward>> {
        self.read(&Page {
            tenant,
            after,
            limit,
        })
        .await
    }
}

struct Page<'a> {
    tenant: TenantId,
    after: Option<&'a Address>,
    limit: i64,
}

impl Read for Page<'_> {
    type Output = Vec<Forward>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        context_forwards::page(tx, self.tenant, self.after, self.limit).await
    }
}
