//! Resellers.

use crate::{Directory, text::is_storable};
use provost_model::{Reseller, ResellerId, Result, TenantId, fold};
use provost_store::{
    Read, Tx,
    tables::{
        account_names::{self, Account},
        resellers,
    },
};

impl Directory {
    /// The reseller with this name.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn reseller(&self, name: &str) -> Result<Option<Reseller>> {
        if !is_storable(name) {
            return Ok(None);
        }
        self.read(&ByName { name }).await
    }

    /// Up to `limit` resellers after the id `after`, in the order they were made.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn resellers(&self, after: Option<ResellerId>, limit: i64) -> Result<Vec<Reseller>> {
        self.read(&Page {
            after: after.unwrap_or(ResellerId(0)),
            limit,
        })
        .await
    }

    /// Up to `limit` tenants of a reseller after `after`.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn tenants_of_reseller(
        &self,
        reseller: ResellerId,
        after: TenantId,
        limit: i64,
    ) -> Result<Vec<TenantId>> {
        self.read(&Tenants {
            reseller,
            after,
            limit,
        })
        .await
    }
}

struct ByName<'a> {
    name: &'a str,
}

impl Read for ByName<'_> {
    type Output = Option<Reseller>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        match account_names::holder(tx, &fold(self.name)).await? {
            Some(Account::Reseller(id)) => resellers::by_id(tx, id).await,
            Some(Account::Operator(..)) | None => Ok(None),
        }
    }
}

struct Page {
    after: ResellerId,
    limit: i64,
}

impl Read for Page {
    type Output = Vec<Reseller>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        resellers::page(tx, self.after, self.limit).await
    }
}

struct Tenants {
    reseller: ResellerId,
    after: TenantId,
    limit: i64,
}

impl Read for Tenants {
    type Output = Vec<TenantId>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        resellers::tenants(tx, self.reseller, self.after, self.limit).await
    }
}
