//! Counters that only go up: numbers of users and groups, ids of tenants and resellers.

use crate::{Change, Tx, statements};
use provost_model::{Error, Result, TenantId};

statements! {
    TAKE = "INSERT INTO counters (tenant, kind, next) VALUES ($1, $2, $3) \
        ON CONFLICT (tenant, kind) DO UPDATE SET next = counters.next + $4 RETURNING next";
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// Numbers of a tenant's users.
    Users,
    /// Whether the number of a tenant's first administrator was given.
    FirstAdministrator,
    /// Numbers of a tenant's groups.
    Groups,
    /// Internal ids of tenants.
    Tenants,
    /// Ids of resellers.
    Resellers,
    /// Numbers of a partner's orders.
    Orders,
}

impl Counter {
    const fn name(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::FirstAdministrator => "first administrator",
            Self::Groups => "groups",
            Self::Tenants => "tenants",
            Self::Resellers => "resellers",
            Self::Orders => "orders",
        }
    }

    /// The first value ever given.
    const fn first(self) -> i64 {
        match self {
            Self::Users => provost_model::UserNumber::FIRST_USER.0,
            Self::FirstAdministrator
            | Self::Groups
            | Self::Tenants
            | Self::Resellers
            | Self::Orders => 1,
        }
    }
}

/// Takes a value that nobody was given before: one that was reserved for the command, else the next.
///
/// # Errors
/// Those of the store.
pub async fn take(change: &mut Change, tenant: TenantId, counter: Counter) -> Result<i64> {
    match change.take_reserved(tenant, counter) {
        Some(number) => Ok(number),
        None => take_block(change, tenant, counter, 1).await,
    }
}

/// Takes `count` values in a row that nobody was given before and gives the first of them.
///
/// # Errors
/// Those of the store.
pub async fn take_many(
    change: &mut Change,
    tenant: TenantId,
    counter: Counter,
    count: i64,
) -> Result<i64> {
    take_block(change, tenant, counter, count).await
}

/// As [`take_many`], outside of a change.
pub(crate) async fn take_block(
    tx: &mut Tx,
    tenant: TenantId,
    counter: Counter,
    count: i64,
) -> Result<i64> {
    // the row holds the value after the last that was taken
    let after = tx
        .first(
            &TAKE,
            &[
                tenant.0.into(),
                counter.name().into(),
                (counter.first() + count).into(),
                count.into(),
            ],
            |row| row.int(0),
        )
        .await?
        .ok_or_else(|| Error::internal("a counter gave no value"))?;
    Ok(after - count)
}
