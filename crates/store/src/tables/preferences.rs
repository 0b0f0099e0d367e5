//! Preferences of users: free texts by app and key.

use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    GET = "SELECT content FROM preferences WHERE tenant = $1 AND user_number = $2 AND app = $3 AND name = $4";
    SET = "INSERT INTO preferences (tenant, user_number, app, name, content) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant, user_number, app, name) DO UPDATE SET content = excluded.content";
    DELETE = "DELETE FROM preferences WHERE tenant = $1 AND user_number = $2 AND app = $3 AND name = $4";
    DELETE_OF_USER = "DELETE FROM preferences WHERE tenant = $1 AND user_number = $2";
}

/// A preference, if it is set.
///
/// # Errors
/// Those of the store.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    app: &str,
    key: &str,
) -> Result<Option<String>> {
    tx.first(
        &GET,
        &[tenant.0.into(), user.0.into(), app.into(), key.into()],
        |row| Ok(row.text(0)?.to_owned()),
    )
    .await
}

/// Sets a preference.
///
/// # Errors
/// Those of the store.
pub async fn set(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    app: &str,
    key: &str,
    content: &str,
) -> Result<()> {
    change
        .execute(
            &SET,
            &[
                tenant.0.into(),
                user.0.into(),
                app.into(),
                key.into(),
                content.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Deletes a preference; false if it was not set.
///
/// # Errors
/// Those of the store.
pub async fn delete(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    app: &str,
    key: &str,
) -> Result<bool> {
    let rows = change
        .execute(
            &DELETE,
            &[tenant.0.into(), user.0.into(), app.into(), key.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// Deletes all preferences of a user.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE_OF_USER, &[tenant.0.into(), user.0.into()])
        .await?;
    Ok(())
}
