//! Who administers which group.

use super::users::json_list;
use crate::{Change, Tx, statements};
use provost_model::{GroupNumber, Result, TenantId, UserNumber};

statements! {
    IS = "SELECT 1 FROM group_administrators WHERE tenant = $1 AND group_number = $2 AND user_number = $3";
    ANY = "SELECT 1 FROM group_administrators WHERE tenant = $1 AND user_number = $2 LIMIT 1";
    LOGINS = "SELECT u.login FROM group_administrators a JOIN users u ON u.tenant = a.tenant AND u.number = a.user_number \
        WHERE a.tenant = $1 AND a.group_number = $2 ORDER BY u.login_key";
    NUMBERS = "SELECT group_number FROM group_administrators WHERE tenant = $1 AND user_number = $2";
    /// The ids of the groups that one user administers.
    GROUP_IDS = "SELECT g.group_id FROM group_administrators a JOIN user_groups g ON g.tenant = a.tenant AND g.number = a.group_number \
        WHERE a.tenant = $1 AND a.user_number = $2 ORDER BY a.position, a.group_number";
    /// The ids of the groups that many users administer, given as a JSON list of numbers.
    GROUP_IDS_OF = sqlite
        "SELECT a.user_number, g.group_id FROM group_administrators a JOIN user_groups g ON g.tenant = a.tenant \
         AND g.number = a.group_number WHERE a.tenant = $1 AND a.user_number IN (SELECT value FROM json_each($2)) \
         ORDER BY a.user_number, a.position, g.number"
        postgres
        "SELECT a.user_number, g.group_id FROM group_administrators a JOIN user_groups g ON g.tenant = a.tenant \
         AND g.number = a.group_number WHERE a.tenant = $1 AND a.user_number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) ORDER BY a.user_number, a.position, g.number";
    INSERT = "INSERT INTO group_administrators (tenant, group_number, user_number, position) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant, group_number, user_number) DO NOTHING";
    DELETE = "DELETE FROM group_administrators WHERE tenant = $1 AND group_number = $2 AND user_number = $3";
    DELETE_OF_USER = "DELETE FROM group_administrators WHERE tenant = $1 AND user_number = $2";
    DELETE_OF_GROUP = "DELETE FROM group_administrators WHERE tenant = $1 AND group_number = $2";
}

/// Whether a user administers a group.
///
/// # Errors
/// Those of the store.
pub async fn is(
    tx: &mut Tx,
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
) -> Result<bool> {
    tx.any(&IS, &[tenant.0.into(), group.0.into(), user.0.into()])
        .await
}

/// Whether a user administers any group.
///
/// # Errors
/// Those of the store.
pub async fn any(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<bool> {
    tx.any(&ANY, &[tenant.0.into(), user.0.into()]).await
}

/// The numbers of the groups that a user administers.
///
/// # Errors
/// Those of the store.
pub async fn numbers(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<Vec<GroupNumber>> {
    tx.all(&NUMBERS, &[tenant.0.into(), user.0.into()], |row| {
        Ok(GroupNumber(row.int(0)?))
    })
    .await
}

/// The logins of a group's administrators, in their order.
///
/// # Errors
/// Those of the store.
pub async fn logins(tx: &mut Tx, tenant: TenantId, group: GroupNumber) -> Result<Vec<String>> {
    tx.all(&LOGINS, &[tenant.0.into(), group.0.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
    .await
}

/// The ids of the groups that a user administers, in the order it was appointed.
///
/// # Errors
/// Those of the store.
pub async fn group_ids(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<Vec<String>> {
    tx.all(&GROUP_IDS, &[tenant.0.into(), user.0.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
    .await
}

/// For each of these users the ids of the groups it administers, ordered by user. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn group_ids_of(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
) -> Result<Vec<(UserNumber, String)>> {
    let list = json_list(users);
    tx.all(&GROUP_IDS_OF, &[tenant.0.into(), (&list).into()], |row| {
        Ok((UserNumber(row.int(0)?), row.text(1)?.to_owned()))
    })
    .await
}

/// Appoints a user; false if it administered the group. `position` orders the user's groups.
///
/// # Errors
/// Those of the store.
pub async fn insert(
    change: &mut Change,
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
    position: i64,
) -> Result<bool> {
    let rows = change
        .execute(
            &INSERT,
            &[
                tenant.0.into(),
                group.0.into(),
                user.0.into(),
                position.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Dismisses a user; false if it did not administer the group.
///
/// # Errors
/// Those of the store.
pub async fn delete(
    change: &mut Change,
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[tenant.0.into(), group.0.into(), user.0.into()])
        .await?;
    Ok(rows == 1)
}

/// Dismisses a user from all groups.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE_OF_USER, &[tenant.0.into(), user.0.into()])
        .await?;
    Ok(())
}

/// Dismisses all administrators of a group.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_group(
    change: &mut Change,
    tenant: TenantId,
    group: GroupNumber,
) -> Result<()> {
    change
        .execute(&DELETE_OF_GROUP, &[tenant.0.into(), group.0.into()])
        .await?;
    Ok(())
}
