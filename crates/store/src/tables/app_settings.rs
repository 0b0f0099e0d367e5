//! Settings of apps: free texts of a tenant by app and key.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId};

statements! {
    GET = "SELECT content FROM app_settings WHERE tenant = $1 AND app = $2 AND name = $3";
    APPS = "SELECT DISTINCT app FROM app_settings WHERE tenant = $1 AND app > $2 ORDER BY app LIMIT $3";
    KEYS = "SELECT name FROM app_settings WHERE tenant = $1 AND app = $2 AND name > $3 ORDER BY name LIMIT $4";
    SET = "INSERT INTO app_settings (tenant, app, name, content) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant, app, name) DO UPDATE SET content = excluded.content";
    DELETE = "DELETE FROM app_settings WHERE tenant = $1 AND app = $2 AND name = $3";
}

/// A setting, if it is set.
///
/// # Errors
/// Those of the store.
pub async fn get(tx: &mut Tx, tenant: TenantId, app: &str, key: &str) -> Result<Option<String>> {
    tx.first(&GET, &[tenant.0.into(), app.into(), key.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
    .await
}

/// Up to `limit` apps with settings after `after`, in their order.
///
/// # Errors
/// Those of the store.
pub async fn apps(tx: &mut Tx, tenant: TenantId, after: &str, limit: i64) -> Result<Vec<String>> {
    tx.all(
        &APPS,
        &[tenant.0.into(), after.into(), limit.into()],
        |row| Ok(row.text(0)?.to_owned()),
    )
    .await
}

/// Up to `limit` keys of an app's settings after `after`, in their order.
///
/// # Errors
/// Those of the store.
pub async fn keys(
    tx: &mut Tx,
    tenant: TenantId,
    app: &str,
    after: &str,
    limit: i64,
) -> Result<Vec<String>> {
    tx.all(
        &KEYS,
        &[tenant.0.into(), app.into(), after.into(), limit.into()],
        |row| Ok(row.text(0)?.to_owned()),
    )
    .await
}

/// Sets a setting.
///
/// # Errors
/// Those of the store.
pub async fn set(
    change: &mut Change,
    tenant: TenantId,
    app: &str,
    key: &str,
    content: &str,
) -> Result<()> {
    change
        .execute(
            &SET,
            &[tenant.0.into(), app.into(), key.into(), content.into()],
        )
        .await?;
    Ok(())
}

/// Deletes a setting; false if it was not set.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, app: &str, key: &str) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[tenant.0.into(), app.into(), key.into()])
        .await?;
    Ok(rows == 1)
}
