//! Apps that a tenant enabled or disabled itself.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId};

statements! {
    OF_TENANT = "SELECT app, enabled FROM apps WHERE tenant = $1 ORDER BY app LIMIT 1000";
    SET = "INSERT INTO apps (tenant, app, enabled) VALUES ($1, $2, $3) \
        ON CONFLICT (tenant, app) DO UPDATE SET enabled = excluded.enabled \
        WHERE apps.enabled <> excluded.enabled";
}

/// The apps that a tenant chose something for, at most 1,000, and whether each is enabled.
///
/// # Errors
/// Those of the store.
pub async fn of_tenant(tx: &mut Tx, tenant: TenantId) -> Result<Vec<(String, bool)>> {
    tx.all(&OF_TENANT, &[tenant.0.into()], |row| {
        Ok((row.text(0)?.to_owned(), row.bool(1)?))
    })
    .await
}

/// Enables or disables an app; false if the tenant chose so before.
///
/// # Errors
/// Those of the store.
pub async fn set(change: &mut Change, tenant: TenantId, app: &str, enabled: bool) -> Result<bool> {
    let rows = change
        .execute(&SET, &[tenant.0.into(), app.into(), enabled.into()])
        .await?;
    Ok(rows == 1)
}
