//! Mail domains: each belongs to one tenant.

use crate::{Change, Tx, statements};
use provost_model::{DomainName, Result, TenantId, Timestamp};

statements! {
    OWNER = "SELECT tenant FROM domains WHERE domain = $1";
    INSERT = "INSERT INTO domains (domain, tenant, created_at) VALUES ($1, $2, $3) ON CONFLICT (domain) DO NOTHING";
    DELETE = "DELETE FROM domains WHERE domain = $1 AND tenant = $2";
    PAGE = "SELECT domain, tenant FROM domains WHERE domain > $1 ORDER BY domain LIMIT $2";
    OF_TENANT = "SELECT domain, tenant FROM domains WHERE tenant = $3 AND domain > $1 ORDER BY domain LIMIT $2";
}

/// The tenant that a domain belongs to.
///
/// # Errors
/// Those of the store.
pub async fn owner(tx: &mut Tx, domain: &DomainName) -> Result<Option<TenantId>> {
    tx.first(&OWNER, &[domain.as_str().into()], |row| {
        Ok(TenantId(row.int(0)?))
    })
    .await
}

/// Adds a domain; false if it belongs to a tenant already.
///
/// # Errors
/// Those of the store.
pub async fn insert(
    change: &mut Change,
    domain: &DomainName,
    tenant: TenantId,
    at: Timestamp,
) -> Result<bool> {
    let rows = change
        .execute(
            &INSERT,
            &[domain.as_str().into(), tenant.0.into(), at.0.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// Removes a tenant's domain; false if it has no such domain.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, domain: &DomainName, tenant: TenantId) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[domain.as_str().into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Up to `limit` domains after `after` in their order, of one tenant or of all.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    tenant: Option<TenantId>,
    after: &str,
    limit: i64,
) -> Result<Vec<(DomainName, TenantId)>> {
    let map = |row: &crate::Row<'_>| {
        Ok((
            DomainName::from_stored(row.text(0)?.to_owned()),
            TenantId(row.int(1)?),
        ))
    };
    match tenant {
        None => tx.all(&PAGE, &[after.into(), limit.into()], map).await,
        Some(tenant) => {
            tx.all(
                &OF_TENANT,
                &[after.into(), limit.into(), tenant.0.into()],
                map,
            )
            .await
        }
    }
}
