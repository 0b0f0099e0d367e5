//! Resellers: accounts of the deployment, each with a set of tenants.

use crate::{Change, Row, Tx, statements};
use provost_model::{Reseller, ResellerId, Result, TenantId, Timestamp};

statements! {
    BY_ID = "SELECT id, name, password_hash, created_at FROM resellers WHERE id = $1";
    PAGE = "SELECT id, name, password_hash, created_at FROM resellers WHERE id > $1 ORDER BY id LIMIT $2";
    INSERT = "INSERT INTO resellers (id, name, password_hash, created_at) VALUES ($1, $2, $3, $4)";
    SET_PASSWORD = "UPDATE resellers SET password_hash = $2 WHERE id = $1";
    DELETE = "DELETE FROM resellers WHERE id = $1";
    HAS = "SELECT 1 FROM reseller_tenants WHERE reseller = $1 AND tenant = $2";
    TENANTS = "SELECT tenant FROM reseller_tenants WHERE reseller = $1 AND tenant > $2 ORDER BY tenant LIMIT $3";
    ASSIGN = "INSERT INTO reseller_tenants (reseller, tenant) VALUES ($1, $2) ON CONFLICT (reseller, tenant) DO NOTHING";
    UNASSIGN = "DELETE FROM reseller_tenants WHERE reseller = $1 AND tenant = $2";
    UNASSIGN_ALL = "DELETE FROM reseller_tenants WHERE reseller = $1";
    UNASSIGN_TENANT = "DELETE FROM reseller_tenants WHERE tenant = $1";
}

/// The reseller with this id.
///
/// # Errors
/// Those of the store.
pub async fn by_id(tx: &mut Tx, id: ResellerId) -> Result<Option<Reseller>> {
    tx.first(&BY_ID, &[id.0.into()], from_row).await
}

/// Up to `limit` resellers after the id `after`, in the order they were made.
///
/// # Errors
/// Those of the store.
pub async fn page(tx: &mut Tx, after: ResellerId, limit: i64) -> Result<Vec<Reseller>> {
    tx.all(&PAGE, &[after.0.into(), limit.into()], from_row)
        .await
}

/// Adds a reseller.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, reseller: &Reseller) -> Result<()> {
    change
        .execute(
            &INSERT,
            &[
                reseller.id.0.into(),
                reseller.name.as_str().into(),
                reseller.password_hash.as_deref().into(),
                reseller.created_at.0.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Replaces a reseller's password hash.
///
/// # Errors
/// Those of the store.
pub async fn set_password(change: &mut Change, id: ResellerId, hash: &str) -> Result<()> {
    change
        .execute(&SET_PASSWORD, &[id.0.into(), hash.into()])
        .await?;
    Ok(())
}

/// Deletes a reseller; its tenants stay.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, id: ResellerId) -> Result<()> {
    change.execute(&UNASSIGN_ALL, &[id.0.into()]).await?;
    change.execute(&DELETE, &[id.0.into()]).await?;
    Ok(())
}

/// Whether a tenant is a reseller's.
///
/// # Errors
/// Those of the store.
pub async fn has(tx: &mut Tx, id: ResellerId, tenant: TenantId) -> Result<bool> {
    tx.any(&HAS, &[id.0.into(), tenant.0.into()]).await
}

/// Up to `limit` tenants of a reseller after `after`.
///
/// # Errors
/// Those of the store.
pub async fn tenants(
    tx: &mut Tx,
    id: ResellerId,
    after: TenantId,
    limit: i64,
) -> Result<Vec<TenantId>> {
    tx.all(
        &TENANTS,
        &[id.0.into(), after.0.into(), limit.into()],
        |row| Ok(TenantId(row.int(0)?)),
    )
    .await
}

/// Gives a reseller a tenant; false if it had it.
///
/// # Errors
/// Those of the store.
pub async fn assign(change: &mut Change, id: ResellerId, tenant: TenantId) -> Result<bool> {
    let rows = change
        .execute(&ASSIGN, &[id.0.into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Takes a tenant from a reseller; false if it did not have it.
///
/// # Errors
/// Those of the store.
pub async fn unassign(change: &mut Change, id: ResellerId, tenant: TenantId) -> Result<bool> {
    let rows = change
        .execute(&UNASSIGN, &[id.0.into(), tenant.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Takes a deleted tenant from all resellers.
///
/// # Errors
/// Those of the store.
pub async fn unassign_tenant(change: &mut Change, tenant: TenantId) -> Result<()> {
    change.execute(&UNASSIGN_TENANT, &[tenant.0.into()]).await?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<Reseller> {
    Ok(Reseller {
        id: ResellerId(row.int(0)?),
        name: row.text(1)?.to_owned(),
        password_hash: row.opt_text(2)?.map(str::to_owned),
        created_at: Timestamp(row.int(3)?),
    })
}
