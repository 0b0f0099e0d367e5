//! Sizes of groups, kept as changes happen, so that nobody counts members.

use crate::{Change, Tx, Value, statement::Bound, statements};
use provost_model::{GroupCount, GroupNumber, Result, TenantId, User};
use std::collections::BTreeMap;

/// In how many rows a group's size is kept.
const SHARDS: i64 = 16;

statements! {
    ADD = "INSERT INTO group_counts (tenant, group_number, shard, members, disabled) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (tenant, group_number, shard) DO UPDATE SET members = group_counts.members + excluded.members, \
        disabled = group_counts.disabled + excluded.disabled";
    /// The sizes of a user's groups, kept from others one after another in the order in which all commands take them.
    LOCK_ALL = locking "SELECT c.group_number FROM group_counts c WHERE c.tenant = $1 AND c.shard = $3 AND c.group_number IN \
        (SELECT m.group_number FROM memberships m WHERE m.tenant = $1 AND m.user_number = $2) ORDER BY c.group_number";
    /// A user's groups take note that it was enabled or disabled.
    SHIFT = "UPDATE group_counts SET disabled = disabled + $4 WHERE tenant = $1 AND shard = $3 AND group_number IN \
        (SELECT m.group_number FROM memberships m WHERE m.tenant = $1 AND m.user_number = $2)";
    /// A user leaves all its groups.
    LEAVE_ALL = "UPDATE group_counts SET members = members - 1, disabled = disabled - $4 WHERE tenant = $1 AND shard = $3 \
        AND group_number IN (SELECT m.group_number FROM memberships m WHERE m.tenant = $1 AND m.user_number = $2)";
    /// The sizes of groups, given as a JSON list of numbers.
    OF = sqlite
        "SELECT group_number, CAST(SUM(members) AS BIGINT), CAST(SUM(disabled) AS BIGINT) FROM group_counts \
         WHERE tenant = $1 AND group_number IN (SELECT value FROM json_each($2)) GROUP BY group_number"
        postgres
        "SELECT group_number, CAST(SUM(members) AS BIGINT), CAST(SUM(disabled) AS BIGINT) FROM group_counts \
         WHERE tenant = $1 AND group_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) \
         GROUP BY group_number";
    DELETE = "DELETE FROM group_counts WHERE tenant = $1 AND group_number = $2";
}

/// Adds `by` members like this user to a group's size.
pub(super) async fn add(
    change: &mut Change,
    group: GroupNumber,
    user: &User,
    by: i64,
) -> Result<()> {
    let disabled = if user.enabled { 0 } else { by };
    change
        .execute(
            &ADD,
            &[
                user.tenant.0.into(),
                group.0.into(),
                (user.number.0 % SHARDS).into(),
                by.into(),
                disabled.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Adds these members to the sizes of their groups, in the order in which all commands take them.
pub(super) async fn add_many<'u>(
    change: &mut Change,
    members: impl Iterator<Item = (GroupNumber, &'u User)>,
) -> Result<()> {
    let mut sums: BTreeMap<(i64, i64, i64), (i64, i64)> = BTreeMap::new();
    for (group, user) in members {
        let key = (user.tenant.0, group.0, user.number.0 % SHARDS);
        let sum = sums.entry(key).or_default();
        sum.0 += 1;
        sum.1 += i64::from(!user.enabled);
    }
    let rows: Vec<[Value<'_>; 5]> = sums
        .iter()
        .map(|((tenant, group, shard), (members, disabled))| {
            [tenant, group, shard, members, disabled].map(|number| (*number).into())
        })
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&ADD, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// Takes a user out of the sizes of all its groups.
pub(super) async fn leave_all(change: &mut Change, user: &User) -> Result<()> {
    lock_all(change, user).await?;
    change
        .execute(
            &LEAVE_ALL,
            &[
                user.tenant.0.into(),
                user.number.0.into(),
                (user.number.0 % SHARDS).into(),
                (!user.enabled).into(),
            ],
        )
        .await?;
    Ok(())
}

/// Tells all groups of a user that it was disabled (`by` = 1) or enabled (`by` = -1).
///
/// # Errors
/// Those of the store.
pub async fn shift_disabled(change: &mut Change, user: &User, by: i64) -> Result<()> {
    lock_all(change, user).await?;
    change
        .execute(
            &SHIFT,
            &[
                user.tenant.0.into(),
                user.number.0.into(),
                (user.number.0 % SHARDS).into(),
                by.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Two commands that want sizes of the same groups in another order would wait for each other.
async fn lock_all(change: &mut Change, user: &User) -> Result<()> {
    change
        .all(
            &LOCK_ALL,
            &[
                user.tenant.0.into(),
                user.number.0.into(),
                (user.number.0 % SHARDS).into(),
            ],
            |_| Ok(()),
        )
        .await?;
    Ok(())
}

/// The sizes of these groups; those without members are left out. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn of(
    tx: &mut Tx,
    tenant: TenantId,
    groups: &[GroupNumber],
) -> Result<Vec<(GroupNumber, GroupCount)>> {
    let list = serde_json::Value::from_iter(groups.iter().map(|group| group.0)).to_string();
    tx.all(&OF, &[tenant.0.into(), (&list).into()], |row| {
        Ok((
            GroupNumber(row.int(0)?),
            GroupCount {
                members: row.int(1)?,
                disabled: row.int(2)?,
            },
        ))
    })
    .await
}

/// Forgets the size of a deleted group.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, group: GroupNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.0.into(), group.0.into()])
        .await?;
    Ok(())
}
