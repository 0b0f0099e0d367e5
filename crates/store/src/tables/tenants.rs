//! Tenants, and what leads to them: slugs, context ids, hosts.

use crate::{Change, Row, Tx, statements};
use provost_model::{ContextId, Error, HostName, Result, Slug, Tenant, TenantId, Timestamp};

/// The columns of a whole tenant, in the order that [`from_columns`] reads.
macro_rules! columns {
    () => {
        "t.id, t.slug, t.name, t.context_id, t.suspended, t.settings, t.created_at"
    };
}

pub(super) use columns;

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM tenants t WHERE t.id = $1");
    LOCKED = locking concat!("SELECT ", columns!(), " FROM tenants t WHERE t.id = $1");
    BY_SLUG = concat!("SELECT ", columns!(), " FROM tenant_slugs s JOIN tenants t ON t.id = s.tenant WHERE s.slug_key = $1");
    BY_CONTEXT = concat!("SELECT ", columns!(), " FROM tenant_contexts c JOIN tenants t ON t.id = c.tenant WHERE c.context_id = $1");
    BY_HOST = concat!("SELECT ", columns!(), " FROM tenant_hosts h JOIN tenants t ON t.id = h.tenant WHERE h.host = $1");
    /// By host, and by slug.
    BY_HOST_AND_SLUG = concat!(
        "SELECT ", columns!(), ", 1 FROM tenant_hosts h JOIN tenants t ON t.id = h.tenant WHERE h.host = $1 UNION ALL \
         SELECT ", columns!(), ", 0 FROM tenant_slugs s JOIN tenants t ON t.id = s.tenant WHERE s.slug_key = $2"
    );
    PAGE = concat!(
        "SELECT ", columns!(), " FROM tenant_slugs s JOIN tenants t ON t.id = s.tenant WHERE s.slug_key > $1 ORDER BY s.slug_key LIMIT $2"
    );
    INSERT = "INSERT INTO tenants (id, slug, name, context_id, suspended, settings, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    UPDATE = "UPDATE tenants SET slug = $2, name = $3, context_id = $4, suspended = $5, settings = $6, created_at = $7 WHERE id = $1";
    DELETE = "DELETE FROM tenants WHERE id = $1";
    CLAIM_SLUG = "INSERT INTO tenant_slugs (slug_key, tenant) VALUES ($1, $2) ON CONFLICT (slug_key) DO NOTHING";
    RELEASE_SLUG = "DELETE FROM tenant_slugs WHERE slug_key = $1 AND tenant = $2";
    CLAIM_CONTEXT = "INSERT INTO tenant_contexts (context_id, tenant) VALUES ($1, $2) ON CONFLICT (context_id) DO NOTHING";
    RELEASE_CONTEXT = "DELETE FROM tenant_contexts WHERE context_id = $1 AND tenant = $2";
    HIGHEST_CONTEXT = "SELECT context_id FROM tenant_contexts ORDER BY context_id DESC LIMIT 1";
    HOSTS = "SELECT host FROM tenant_hosts WHERE tenant = $1 ORDER BY host LIMIT 1000";
    CLAIM_HOST = "INSERT INTO tenant_hosts (host, tenant) VALUES ($1, $2) ON CONFLICT (host) DO NOTHING";
    RELEASE_HOSTS = "DELETE FROM tenant_hosts WHERE tenant = $1";
}

/// The tenant with this id.
///
/// # Errors
/// Those of the store.
pub async fn by_id(tx: &mut Tx, id: TenantId) -> Result<Option<Tenant>> {
    tx.first(&BY_ID, &[id.0.into()], from_row).await
}

/// The tenant with this id, kept from other writers until the end of the transaction.
///
/// # Errors
/// Those of the store.
pub async fn locked(change: &mut Change, id: TenantId) -> Result<Option<Tenant>> {
    change.first(&LOCKED, &[id.0.into()], from_row).await
}

/// The tenant with this folded slug.
///
/// # Errors
/// Those of the store.
pub async fn by_slug(tx: &mut Tx, slug_key: &str) -> Result<Option<Tenant>> {
    tx.first(&BY_SLUG, &[slug_key.into()], from_row).await
}

/// The tenant with this context id.
///
/// # Errors
/// Those of the store.
pub async fn by_context(tx: &mut Tx, context: ContextId) -> Result<Option<Tenant>> {
    tx.first(&BY_CONTEXT, &[context.get().into()], from_row)
        .await
}

/// The tenant that lists this host, lower-cased and without port.
///
/// # Errors
/// Those of the store.
pub async fn by_host(tx: &mut Tx, host: &str) -> Result<Option<Tenant>> {
    tx.first(&BY_HOST, &[host.into()], from_row).await
}

/// The tenant that lists this host, else the one with this folded slug; and whether the host is listed.
///
/// # Errors
/// Those of the store.
pub async fn by_host_or_slug(
    tx: &mut Tx,
    host: &str,
    slug_key: &str,
) -> Result<Option<(Tenant, bool)>> {
    let found = tx
        .all(&BY_HOST_AND_SLUG, &[host.into(), slug_key.into()], |row| {
            Ok((from_row(row)?, row.bool(COLUMNS)?))
        })
        .await?;
    Ok(found.into_iter().max_by_key(|(_, listed)| *listed))
}

/// Up to `limit` tenants after the folded slug `after`, in the order of slugs.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, after: &str, limit: i64) -> Result<Vec<Tenant>> {
    tx.all(&PAGE, &[after.into(), limit.into()], from_row).await
}

/// The hosts of a tenant, at most 1,000.
///
/// # Errors
/// Those of the store.
pub async fn hosts(tx: &mut Tx, tenant: TenantId) -> Result<Vec<String>> {
    tx.all(&HOSTS, &[tenant.0.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
    .await
}

/// The highest context id in use, if there is any.
///
/// # Errors
/// Those of the store.
pub async fn highest_context(tx: &mut Tx) -> Result<Option<i64>> {
    tx.first(&HIGHEST_CONTEXT, &[], |row| row.int(0)).await
}

/// Adds a tenant's row.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, tenant: &Tenant) -> Result<()> {
    write(change, &INSERT, tenant).await
}

/// Writes all fields of a tenant's row.
///
/// # Errors
/// Those of the store.
pub async fn update(change: &mut Change, tenant: &Tenant) -> Result<()> {
    write(change, &UPDATE, tenant).await
}

/// Deletes a tenant's row with its slug, context id and hosts.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: &Tenant) -> Result<()> {
    release_slug(change, &tenant.slug, tenant.id).await?;
    change
        .execute(
            &RELEASE_CONTEXT,
            &[tenant.context_id.get().into(), tenant.id.0.into()],
        )
        .await?;
    release_hosts(change, tenant.id).await?;
    change.execute(&DELETE, &[tenant.id.0.into()]).await?;
    Ok(())
}

/// Takes a slug; false if another tenant has it.
///
/// # Errors
/// Those of the store.
pub async fn claim_slug(change: &mut Change, slug: &Slug, tenant: TenantId) -> Result<bool> {
    let key = slug.key();
    let rows = change
        .execute(&CLAIM_SLUG, &[(&key).into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Gives a slug back.
///
/// # Errors
/// Those of the store.
pub async fn release_slug(change: &mut Change, slug: &Slug, tenant: TenantId) -> Result<()> {
    let key = slug.key();
    change
        .execute(&RELEASE_SLUG, &[(&key).into(), tenant.0.into()])
        .await?;
    Ok(())
}

/// Takes a context id; false if another tenant has it.
///
/// # Errors
/// Those of the store.
pub async fn claim_context(
    change: &mut Change,
    context: ContextId,
    tenant: TenantId,
) -> Result<bool> {
    let rows = change
        .execute(&CLAIM_CONTEXT, &[context.get().into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Lists a host for a tenant; false if a tenant lists it already.
///
/// # Errors
/// Those of the store.
pub async fn claim_host(change: &mut Change, host: &HostName, tenant: TenantId) -> Result<bool> {
    let rows = change
        .execute(&CLAIM_HOST, &[host.as_str().into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Forgets all hosts of a tenant.
///
/// # Errors
/// Those of the store.
pub async fn release_hosts(change: &mut Change, tenant: TenantId) -> Result<()> {
    change.execute(&RELEASE_HOSTS, &[tenant.0.into()]).await?;
    Ok(())
}

async fn write(change: &mut Change, sql: &'static crate::Sql, tenant: &Tenant) -> Result<()> {
    let settings = serde_json::to_string(&tenant.settings).map_err(Error::internal)?;
    change
        .execute(
            sql,
            &[
                tenant.id.0.into(),
                tenant.slug.as_str().into(),
                tenant.name.as_str().into(),
                tenant.context_id.get().into(),
                tenant.suspended.into(),
                (&settings).into(),
                tenant.created_at.0.into(),
            ],
        )
        .await?;
    Ok(())
}

/// How many columns a tenant has.
const COLUMNS: usize = 7;

fn from_row(row: &Row<'_>) -> Result<Tenant> {
    from_columns(row, 0)
}

/// A tenant from a row with [`columns`] from this one on.
pub(super) fn from_columns(row: &Row<'_>, first: usize) -> Result<Tenant> {
    Ok(Tenant {
        id: TenantId(row.int(first)?),
        slug: Slug::from_stored(row.text(first + 1)?.to_owned()),
        name: row.text(first + 2)?.to_owned(),
        context_id: ContextId::from_stored(row.int(first + 3)?),
        suspended: row.bool(first + 4)?,
        settings: serde_json::from_str(row.text(first + 5)?).map_err(Error::internal)?,
        created_at: Timestamp(row.int(first + 6)?),
    })
}
