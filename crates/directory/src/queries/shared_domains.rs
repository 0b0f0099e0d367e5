//! Mail domains that stay nobody's.

use crate::{Context, Directory, commands::shared_domains::registrant};
use provost_model::{DomainName, Result};
use provost_store::{
    Read, Tx,
    tables::shared_mail_domains::{self, Registrant},
};

impl Directory {
    /// Up to `limit` shared mail domains after `after`, in their order: an operator sees all, others those that they share.
    ///
    /// # Errors
    /// [`Denial::NotOperator`](provost_model::Denial::NotOperator) for those who may not share domains.
    pub async fn shared_domains(
        &self,
        context: &Context,
        after: &str,
        limit: i64,
    ) -> Result<Vec<DomainName>> {
        let registrant = registrant(context)?;
        self.read(&Page {
            registrant,
            after,
            limit,
        })
        .await
    }

    /// Whether this mail domain is shared, as far as the actor may see: an operator sees all, others those that they share.
    ///
    /// # Errors
    /// [`Denial::NotOperator`](provost_model::Denial::NotOperator) for those who may not share domains.
    pub async fn shares_domain(&self, context: &Context, domain: &DomainName) -> Result<bool> {
        let asking = registrant(context)?;
        let registrant = self.read(&One { domain }).await?;
        Ok(registrant.is_some_and(|it| asking == Registrant::Deployment || asking == it))
    }
}

struct One<'a> {
    domain: &'a DomainName,
}

impl Read for One<'_> {
    type Output = Option<Registrant>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        shared_mail_domains::registrant(tx, self.domain).await
    }
}

struct Page<'a> {
    registrant: Registrant,
    after: &'a str,
    limit: i64,
}

impl Read for Page<'_> {
    type Output = Vec<DomainName>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        shared_mail_domains::page(tx, self.registrant, self.after, self.limit).await
    }
}
