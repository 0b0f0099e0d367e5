//! Preferences of users: free texts by app and key.

use super::users::json_list;
use crate::{Change, Tx, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    GET = "SELECT content FROM preferences WHERE tenant = $1 AND user_number = $2 AND app = $3 AND name = $4";
    /// Those of many users, given as a JSON list.
    OF_USERS = sqlite
        "SELECT user_number, app, name, content FROM preferences WHERE tenant = $1 \
         AND user_number IN (SELECT value FROM json_each($2)) ORDER BY user_number, app, name"
        postgres
        "SELECT user_number, app, name, content FROM preferences WHERE tenant = $1 \
         AND user_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) \
         ORDER BY user_number, app, name";
    SET = "INSERT INTO preferences (tenant, user_number, app, name, content) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant, user_number, app, name) DO UPDATE SET content = excluded.content";
    DELETE = "DELETE FROM preferences WHERE tenant = $1 AND user_number = $2 AND app = $3 AND name = $4";
    DELETE_OF_USER = "DELETE FROM preferences WHERE tenant = $1 AND user_number = $2";
}

/// A preference of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preference {
    /// The app.
    pub app: String,
    /// The key.
    pub key: String,
    /// What it is set to.
    pub content: String,
}

/// The preferences of these users, ordered by user, app and key. The caller bounds how many users it asks for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
) -> Result<Vec<(UserNumber, Preference)>> {
    let list = json_list(users);
    tx.all(&OF_USERS, &[tenant.into(), (&list).into()], |row| {
        let preference = Preference {
            app: row.text(1)?.to_owned(),
            key: row.text(2)?.to_owned(),
            content: row.text(3)?.to_owned(),
        };
        Ok((UserNumber(row.int(0)?), preference))
    })
    .await
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
