//! Mail domains.

use crate::Directory;
use provost_model::{DomainName, Result, TenantId};
use provost_store::{Read, Tx, tables::domains};

impl Directory {
    /// Up to `limit` domains after `after` in their order, of one tenant or of all, each with its tenant.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn domains(
        &self,
        tenant: Option<TenantId>,
        after: &str,
        limit: i64,
    ) -> Result<Vec<(DomainName, TenantId)>> {
        self.read(&Page {
            tenant,
            after,
            limit,
        })
        .await
    }
}

struct Page<'a> {
    tenant: Option<TenantId>,
    after: &'a str,
    limit: i64,
}

impl Read for Page<'_> {
    type Output = Vec<(DomainName, TenantId)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        domains::page(tx, self.tenant, self.after, self.limit).await
    }
}
