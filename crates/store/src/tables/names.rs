//! The names by which a user of a tenant is found without doubt: its login and its address.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    HOLDER = "SELECT user_number FROM names WHERE tenant = $1 AND name_key = $2";
    CLAIM = "INSERT INTO names (tenant, name_key, user_number) VALUES ($1, $2, $3) ON CONFLICT (tenant, name_key) DO NOTHING";
    RELEASE = "DELETE FROM names WHERE tenant = $1 AND name_key = $2 AND user_number = $3";
}

/// Who holds a name, if anybody does.
///
/// # Errors
/// Those of the store.
pub async fn holder(tx: &mut Tx, tenant: TenantId, name_key: &str) -> Result<Option<UserNumber>> {
    tx.first(&HOLDER, &[tenant.0.into(), name_key.into()], |row| {
        Ok(UserNumber(row.int(0)?))
    })
    .await
}

/// Takes a name for a user; false if another user of the tenant holds it. Taking one's own again is fine.
///
/// # Errors
/// Those of the store.
pub async fn claim(
    change: &mut Change,
    tenant: TenantId,
    name_key: &str,
    user: UserNumber,
) -> Result<bool> {
    let rows = change
        .execute(&CLAIM, &[tenant.0.into(), name_key.into(), user.0.into()])
        .await?;
    if rows == 1 {
        return Ok(true);
    }
    Ok(holder(change, tenant, name_key).await? == Some(user))
}

/// Gives a user's name back.
///
/// # Errors
/// Those of the store.
pub async fn release(
    change: &mut Change,
    tenant: TenantId,
    name_key: &str,
    user: UserNumber,
) -> Result<()> {
    change
        .execute(&RELEASE, &[tenant.0.into(), name_key.into(), user.0.into()])
        .await?;
    Ok(())
}
