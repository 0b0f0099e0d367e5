//! The names by which a user of a tenant is found without doubt: its login and its address.

use crate::{Change, Tx, Value, statement::Bound, statements};
use provost_model::{Result, TenantId, UserNumber};

statements! {
    HOLDER = "SELECT user_number FROM names WHERE tenant = $1 AND name_key = $2";
    /// Who holds these names, given as a JSON list.
    HOLDERS = sqlite
        "SELECT name_key, user_number FROM names WHERE tenant = $1 AND name_key IN (SELECT value FROM json_each($2))"
        postgres
        "SELECT name_key, user_number FROM names WHERE tenant = $1 AND name_key IN (SELECT value FROM json_array_elements_text(CAST($2 AS JSON)))";
    pub(super) CLAIM = "INSERT INTO names (tenant, name_key, user_number) VALUES ($1, $2, $3) ON CONFLICT (tenant, name_key) DO NOTHING";
    pub(super) RELEASE = "DELETE FROM names WHERE tenant = $1 AND name_key = $2 AND user_number = $3";
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

/// Who holds these folded names; those that nobody holds are left out. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn holders(
    tx: &mut Tx,
    tenant: TenantId,
    name_keys: &[String],
) -> Result<Vec<(String, UserNumber)>> {
    let list = serde_json::Value::from(name_keys.to_vec()).to_string();
    tx.all(&HOLDERS, &[tenant.0.into(), (&list).into()], |row| {
        Ok((row.text(0)?.to_owned(), UserNumber(row.int(1)?)))
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

/// Takes names for users of a tenant; false if one of them is held already, and then nobody can tell which were taken.
///
/// # Errors
/// Those of the store.
pub async fn claim_many(
    change: &mut Change,
    tenant: TenantId,
    names: &[(String, UserNumber)],
) -> Result<bool> {
    let rows: Vec<[Value<'_>; 3]> = names
        .iter()
        .map(|(key, user)| [tenant.into(), key.into(), (*user).into()])
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&CLAIM, &row[..])).collect();
    Ok(change.execute_together(&statements).await? == rows.len() as u64)
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
