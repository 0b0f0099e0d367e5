//! Mail domains: each belongs to one tenant.

use crate::{Change, Tx, statements};
use provost_model::{DomainName, Result, TenantId, Timestamp};

statements! {
    OWNER = "SELECT tenant FROM domains WHERE domain = $1";
    /// The owner, kept from changing until the end of the transaction; others may look too.
    SHARED = sqlite "SELECT tenant FROM domains WHERE domain = $1" postgres "SELECT tenant FROM domains WHERE domain = $1 FOR SHARE";
    /// Whether the domain is the tenant's or nobody's, kept so in the same way.
    pub(super) OPEN = sqlite
        "SELECT 1 FROM domains WHERE domain = $1 AND tenant IN (0, $2)"
        postgres
        "SELECT 1 FROM domains WHERE domain = $1 AND tenant IN (0, $2) FOR SHARE";
    LOCKED = locking "SELECT tenant FROM domains WHERE domain = $1";
    MARK = "INSERT INTO domains (domain, tenant, created_at) VALUES ($1, 0, $2) ON CONFLICT (domain) DO NOTHING";
    TAKE = "UPDATE domains SET tenant = $2, created_at = $3 WHERE domain = $1 AND tenant = 0";
    DELETE = "DELETE FROM domains WHERE domain = $1 AND tenant = $2";
    PAGE = "SELECT domain, tenant FROM domains WHERE domain > $1 AND tenant <> 0 ORDER BY domain LIMIT $2";
    OF_TENANT = "SELECT domain, tenant FROM domains WHERE tenant = $3 AND domain > $1 ORDER BY domain LIMIT $2";
}

/// Stands for nobody in the rows of domains that users hold addresses in and no tenant owns. Such a row is what adding the domain and
/// taking an address in it meet at, so that they cannot both happen unseen on two nodes.
const NOBODY: i64 = 0;

/// The tenant that a domain belongs to.
///
/// # Errors
/// Those of the store.
pub async fn owner(tx: &mut Tx, domain: &DomainName) -> Result<Option<TenantId>> {
    let owner = tx
        .first(&OWNER, &[domain.as_str().into()], |row| row.int(0))
        .await?;
    Ok(known(owner))
}

/// The tenant that a domain belongs to, which stays so until the end of the transaction: for taking an address in it.
///
/// # Errors
/// Those of the store.
pub async fn shared_owner(
    change: &mut Change,
    domain: &DomainName,
    at: Timestamp,
) -> Result<Option<TenantId>> {
    let key = [domain.as_str().into()];
    if let Some(owner) = change.first(&SHARED, &key, |row| row.int(0)).await? {
        return Ok(known(Some(owner)));
    }
    mark(change, domain, at).await?;
    Ok(known(change.first(&SHARED, &key, |row| row.int(0)).await?))
}

/// The tenant that a domain belongs to; until the end of the transaction nobody else takes an address in it: for adding it to a tenant.
///
/// # Errors
/// Those of the store.
pub async fn locked_owner(
    change: &mut Change,
    domain: &DomainName,
    at: Timestamp,
) -> Result<Option<TenantId>> {
    mark(change, domain, at).await?;
    let owner = change
        .first(&LOCKED, &[domain.as_str().into()], |row| row.int(0))
        .await?;
    Ok(known(owner))
}

async fn mark(change: &mut Change, domain: &DomainName, at: Timestamp) -> Result<()> {
    change
        .execute_unseen(&MARK, &[domain.as_str().into(), at.0.into()])
        .await
}

fn known(owner: Option<i64>) -> Option<TenantId> {
    owner.filter(|owner| *owner != NOBODY).map(TenantId)
}

/// Gives a domain to a tenant, after [`locked_owner`]; false if it belongs to one already.
///
/// # Errors
/// Those of the store.
pub async fn take(
    change: &mut Change,
    domain: &DomainName,
    tenant: TenantId,
    at: Timestamp,
) -> Result<bool> {
    let rows = change
        .execute(
            &TAKE,
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
