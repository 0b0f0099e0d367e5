//! Partners' customers and orders.

use crate::Directory;
use provost_model::{Customer, Order, Result, Slug, TenantId};
use provost_store::{
    Read, Tx,
    tables::{customers, orders},
};

impl Directory {
    /// Up to `limit` customers of a partner after the id `after`, in the order of the partner's ids, each with the slug of its
    /// tenant.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn customers(
        &self,
        partner: TenantId,
        after: &str,
        limit: i64,
    ) -> Result<Vec<(Customer, Slug)>> {
        self.read(&Customers {
            partner,
            after,
            limit,
        })
        .await
    }

    /// Up to `limit` orders of a partner after the number `after`, in the order in which they were made.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn orders(&self, partner: TenantId, after: i64, limit: i64) -> Result<Vec<Order>> {
        self.read(&Orders {
            partner,
            after,
            limit,
        })
        .await
    }
}

struct Customers<'a> {
    partner: TenantId,
    after: &'a str,
    limit: i64,
}

impl Read for Customers<'_> {
    type Output = Vec<(Customer, Slug)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        customers::page(tx, self.partner, self.after, self.limit).await
    }
}

struct Orders {
    partner: TenantId,
    after: i64,
    limit: i64,
}

impl Read for Orders {
    type Output = Vec<Order>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        orders::page(tx, self.partner, self.after, self.limit).await
    }
}
