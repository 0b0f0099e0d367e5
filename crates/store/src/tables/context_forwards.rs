//! Where mail to addresses of a tenant's domains goes besides a mailbox.

use crate::{Change, Row, Tx, statements};
use provost_model::{Address, DomainName, Error, Result, TenantId, Timestamp, fold};

statements! {
    TARGETS = "SELECT targets FROM context_forwards WHERE tenant = $1 AND domain = $2 AND local_part = $3";
    PUT = "INSERT INTO context_forwards (tenant, domain, local_part, alias, targets, created_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (tenant, domain, local_part) DO UPDATE SET alias = excluded.alias, targets = excluded.targets";
    DELETE = "DELETE FROM context_forwards WHERE tenant = $1 AND domain = $2 AND local_part = $3";
    PAGE = "SELECT domain, local_part, alias, targets FROM context_forwards WHERE tenant = $1 \
        AND (domain > $2 OR (domain = $2 AND local_part > $3)) ORDER BY domain, local_part LIMIT $4";
    ANY_IN_DOMAIN = "SELECT 1 FROM context_forwards WHERE tenant = $1 AND domain = $2 LIMIT 1";
}

/// A forward.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forward {
    /// The address whose mail is forwarded.
    pub alias: Address,
    /// Where it goes.
    pub targets: Vec<Address>,
}

fn key(alias: &Address) -> (String, String) {
    (alias.domain().as_str().to_owned(), fold(alias.local()))
}

/// Where mail to an address goes, if it is forwarded.
///
/// # Errors
/// Those of the store.
pub async fn targets(
    tx: &mut Tx,
    tenant: TenantId,
    alias: &Address,
) -> Result<Option<Vec<Address>>> {
    let (domain, local) = key(alias);
    tx.first(
        &TARGETS,
        &[tenant.into(), (&domain).into(), (&local).into()],
        |row| read_targets(row.text(0)?),
    )
    .await
}

/// Writes a forward.
///
/// # Errors
/// Those of the store.
pub async fn put(
    change: &mut Change,
    tenant: TenantId,
    forward: &Forward,
    at: Timestamp,
) -> Result<()> {
    let (domain, local) = key(&forward.alias);
    let targets: serde_json::Value = forward.targets.iter().map(Address::as_str).collect();
    let targets = targets.to_string();
    change
        .execute(
            &PUT,
            &[
                tenant.into(),
                (&domain).into(),
                (&local).into(),
                forward.alias.as_str().into(),
                (&targets).into(),
                at.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Takes a forward away; false if there was none.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, alias: &Address) -> Result<bool> {
    let (domain, local) = key(alias);
    let rows = change
        .execute(&DELETE, &[tenant.into(), (&domain).into(), (&local).into()])
        .await?;
    Ok(rows == 1)
}

/// Up to `limit` forwards after an alias, in the order of domains and local parts.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    after: Option<&Address>,
    limit: i64,
) -> Result<Vec<Forward>> {
    let (domain, local) = after.map(key).unwrap_or_default();
    tx.all(
        &PAGE,
        &[
            tenant.into(),
            (&domain).into(),
            (&local).into(),
            limit.into(),
        ],
        |row: &Row<'_>| {
            Ok(Forward {
                alias: Address::from_stored(row.text(2)?.to_owned()),
                targets: read_targets(row.text(3)?)?,
            })
        },
    )
    .await
}

/// Whether a tenant forwards mail to addresses of this domain.
///
/// # Errors
/// Those of the store.
pub async fn any_in_domain(tx: &mut Tx, tenant: TenantId, domain: &DomainName) -> Result<bool> {
    tx.any(&ANY_IN_DOMAIN, &[tenant.into(), domain.as_str().into()])
        .await
}

fn read_targets(list: &str) -> Result<Vec<Address>> {
    let targets: Vec<String> = serde_json::from_str(list).map_err(Error::internal)?;
    Ok(targets.into_iter().map(Address::from_stored).collect())
}
