//! Who is a member of which group.

use super::users::json_list;
use crate::{Change, Tx, Value, statement::Bound, statements};
use provost_model::{GroupNumber, Result, TenantId, User, UserNumber};

statements! {
    IS_MEMBER = "SELECT 1 FROM memberships WHERE tenant = $1 AND user_number = $2 AND group_number = $3";
    /// The ids of the groups of one user.
    GROUP_IDS = "SELECT g.group_id FROM memberships m JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number \
        WHERE m.tenant = $1 AND m.user_number = $2 ORDER BY m.position, m.group_number";
    /// The ids of the groups of many users, given as a JSON list of numbers.
    GROUP_IDS_OF = sqlite
        "SELECT m.user_number, g.group_id FROM memberships m JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number \
         WHERE m.tenant = $1 AND m.user_number IN (SELECT value FROM json_each($2)) ORDER BY m.user_number, m.position, g.number"
        postgres
        "SELECT m.user_number, g.group_id FROM memberships m JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number \
         WHERE m.tenant = $1 AND m.user_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) \
         ORDER BY m.user_number, m.position, g.number";
    /// Another member of a group that may log in.
    OTHER_ENABLED = "SELECT m.user_number FROM memberships m JOIN users u ON u.tenant = m.tenant AND u.number = m.user_number \
        WHERE m.tenant = $1 AND m.group_number = $2 AND u.enabled = 1 AND m.user_number <> $3 LIMIT 1";
    INSERT = "INSERT INTO memberships (tenant, group_number, login_key, user_number, position) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant, group_number, login_key) DO NOTHING";
    DELETE = "DELETE FROM memberships WHERE tenant = $1 AND group_number = $2 AND login_key = $3";
    /// Some members of a group that is being deleted.
    SOME = "SELECT login_key, user_number FROM memberships WHERE tenant = $1 AND group_number = $2 ORDER BY login_key LIMIT $3";
    DELETE_UP_TO = "DELETE FROM memberships WHERE tenant = $1 AND group_number = $2 AND login_key <= $3";
    DELETE_OF_USER = "DELETE FROM memberships WHERE tenant = $1 AND user_number = $2";
    SHARED_WITH_ADMINISTRATOR = "SELECT 1 FROM memberships m JOIN group_administrators a ON a.tenant = m.tenant \
        AND a.group_number = m.group_number WHERE m.tenant = $1 AND m.user_number = $2 AND a.user_number = $3 LIMIT 1";
    SHARED_COUNT = "SELECT m.group_number FROM memberships m JOIN group_administrators a ON a.tenant = m.tenant \
        AND a.group_number = m.group_number WHERE m.tenant = $1 AND m.user_number = $2 AND a.user_number = $3 LIMIT 2";
}

/// Whether a user is a member of a group.
///
/// # Errors
/// Those of the store.
pub async fn is_member(
    tx: &mut Tx,
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
) -> Result<bool> {
    tx.any(
        &IS_MEMBER,
        &[tenant.0.into(), user.0.into(), group.0.into()],
    )
    .await
}

/// The ids of a user's groups in the order it joined them.
///
/// # Errors
/// Those of the store.
pub async fn group_ids(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<Vec<String>> {
    tx.all(&GROUP_IDS, &[tenant.0.into(), user.0.into()], |row| {
        Ok(row.text(0)?.to_owned())
    })
    .await
}

/// For each of these users the ids of its groups in the order it joined them, ordered by user. The caller bounds how many it asks for.
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

/// Whether a group has an enabled member other than this user.
///
/// # Errors
/// Those of the store.
pub async fn has_other_enabled(
    tx: &mut Tx,
    tenant: TenantId,
    group: GroupNumber,
    user: UserNumber,
) -> Result<bool> {
    tx.any(
        &OTHER_ENABLED,
        &[tenant.0.into(), group.0.into(), user.0.into()],
    )
    .await
}

/// Whether a user is a member of a group that `administrator` administers.
///
/// # Errors
/// Those of the store.
pub async fn is_administered(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    administrator: UserNumber,
) -> Result<bool> {
    tx.any(
        &SHARED_WITH_ADMINISTRATOR,
        &[tenant.0.into(), user.0.into(), administrator.0.into()],
    )
    .await
}

/// Whether more than one group that `administrator` administers has this user as a member.
///
/// # Errors
/// Those of the store.
pub async fn is_administered_twice(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    administrator: UserNumber,
) -> Result<bool> {
    let found = tx
        .all(
            &SHARED_COUNT,
            &[tenant.0.into(), user.0.into(), administrator.0.into()],
            |_| Ok(()),
        )
        .await?;
    Ok(found.len() == 2)
}

/// Makes a user a member; false if it was one. `position` orders the user's groups.
///
/// # Errors
/// Those of the store.
pub async fn insert(
    change: &mut Change,
    group: GroupNumber,
    user: &User,
    position: i64,
) -> Result<bool> {
    let key = user.login.key();
    let rows = change
        .execute(
            &INSERT,
            &[
                user.tenant.0.into(),
                group.0.into(),
                (&key).into(),
                user.number.0.into(),
                position.into(),
            ],
        )
        .await?;
    if rows == 1 {
        super::group_counts::add(change, group, user, 1).await?;
    }
    Ok(rows == 1)
}

/// Makes new users members of groups, each at its position.
///
/// # Errors
/// Those of the store.
pub async fn insert_many(change: &mut Change, members: &[(GroupNumber, &User, i64)]) -> Result<()> {
    let keys: Vec<String> = members
        .iter()
        .map(|(_, user, _)| user.login.key())
        .collect();
    let rows: Vec<[Value<'_>; 5]> = members
        .iter()
        .zip(&keys)
        .map(|((group, user, position), key)| {
            [
                user.tenant.into(),
                (*group).into(),
                key.into(),
                user.number.into(),
                (*position).into(),
            ]
        })
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&INSERT, &row[..])).collect();
    change.execute_together(&statements).await?;
    super::group_counts::add_many(
        change,
        members.iter().map(|(group, user, _)| (*group, *user)),
    )
    .await
}

/// Takes a user out of a group; false if it was no member.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, group: GroupNumber, user: &User) -> Result<bool> {
    let key = user.login.key();
    let rows = change
        .execute(
            &DELETE,
            &[user.tenant.0.into(), group.0.into(), (&key).into()],
        )
        .await?;
    if rows == 1 {
        super::group_counts::add(change, group, user, -1).await?;
    }
    Ok(rows == 1)
}

/// Takes a user out of all groups.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, user: &User) -> Result<()> {
    super::group_counts::leave_all(change, user).await?;
    change
        .execute(
            &DELETE_OF_USER,
            &[user.tenant.0.into(), user.number.0.into()],
        )
        .await?;
    Ok(())
}

/// Takes up to `limit` members out of a group that is being deleted; how many there were.
///
/// # Errors
/// Those of the store.
pub async fn delete_some(
    change: &mut Change,
    tenant: TenantId,
    group: GroupNumber,
    limit: i64,
) -> Result<usize> {
    let members = change
        .all(
            &SOME,
            &[tenant.0.into(), group.0.into(), limit.into()],
            |row| Ok(row.text(0)?.to_owned()),
        )
        .await?;
    if let Some(last) = members.last() {
        change
            .execute(
                &DELETE_UP_TO,
                &[tenant.0.into(), group.0.into(), last.into()],
            )
            .await?;
    }
    Ok(members.len())
}
