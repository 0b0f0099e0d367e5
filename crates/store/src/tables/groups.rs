//! Groups. The table is called `user_groups`, since GROUPS is a word of SQL.

use crate::{Change, Row, Tx, statements};
use provost_model::{DisplayName, Group, GroupId, GroupNumber, Result, TenantId, Timestamp};

macro_rules! columns {
    () => {
        "g.number, g.group_id, g.display_name, g.created_at"
    };
}

statements! {
    BY_ID = concat!("SELECT ", columns!(), " FROM user_groups g WHERE g.tenant = $1 AND g.group_id = $2");
    LOCKED = locking concat!("SELECT ", columns!(), " FROM user_groups g WHERE g.tenant = $1 AND g.group_id = $2");
    PAGE = concat!(
        "SELECT ", columns!(), " FROM user_groups g WHERE g.tenant = $1 AND g.group_id > $2 ORDER BY g.group_id LIMIT $3 OFFSET $4"
    );
    SEARCH = sqlite concat!(
        "SELECT ", columns!(), " FROM user_groups g WHERE g.tenant = $1 AND g.group_id > $2 \
         AND (instr(g.group_id_key, $5) > 0 OR instr(g.display_key, $5) > 0) ORDER BY g.group_id LIMIT $3 OFFSET $4"
    ) postgres concat!(
        "SELECT ", columns!(), " FROM user_groups g WHERE g.tenant = $1 AND g.group_id > $2 \
         AND (strpos(g.group_id_key, $5) > 0 OR strpos(g.display_key, $5) > 0) ORDER BY g.group_id LIMIT $3 OFFSET $4"
    );
    OF_USER = concat!(
        "SELECT ", columns!(), " FROM memberships m JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number \
         WHERE m.tenant = $1 AND m.user_number = $2 ORDER BY m.position, g.number"
    );
    ADMINISTERED_BY = concat!(
        "SELECT ", columns!(), " FROM group_administrators a JOIN user_groups g ON g.tenant = a.tenant AND g.number = a.group_number \
         WHERE a.tenant = $1 AND a.user_number = $2 ORDER BY a.position, g.number"
    );
    INSERT = "INSERT INTO user_groups (tenant, number, group_id, group_id_key, display_name, display_key, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (tenant, group_id) DO NOTHING";
    RENAME = "UPDATE user_groups SET display_name = $3, display_key = $4 WHERE tenant = $1 AND number = $2";
    DELETE = "DELETE FROM user_groups WHERE tenant = $1 AND number = $2";
}

/// The group with this id.
///
/// # Errors
/// Those of the store.
pub async fn by_id(tx: &mut Tx, tenant: TenantId, id: &str) -> Result<Option<Group>> {
    tx.first(&BY_ID, &[tenant.0.into(), id.into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// The group with this id, kept from other writers until the end of the transaction.
///
/// # Errors
/// Those of the store.
pub async fn locked(change: &mut Change, tenant: TenantId, id: &str) -> Result<Option<Group>> {
    change
        .first(&LOCKED, &[tenant.0.into(), id.into()], |row| {
            from_row(tenant, row)
        })
        .await
}

/// Up to `limit` groups after the id `after`, leaving out the first `offset`, in the order of ids;
/// with a folded `search` only those whose id or display name holds it.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    tenant: TenantId,
    search: Option<&str>,
    after: &str,
    limit: i64,
    offset: i64,
) -> Result<Vec<Group>> {
    let map = |row: &Row<'_>| from_row(tenant, row);
    let bounds = [tenant.0.into(), after.into(), limit.into(), offset.into()];
    match search {
        None => tx.all(&PAGE, &bounds, map).await,
        Some(search) => {
            let [tenant, after, limit, offset] = bounds;
            tx.all(&SEARCH, &[tenant, after, limit, offset, search.into()], map)
                .await
        }
    }
}

/// The groups that a user is a member of, in the order it joined them.
///
/// # Errors
/// Those of the store.
pub async fn of_user(
    tx: &mut Tx,
    tenant: TenantId,
    user: provost_model::UserNumber,
) -> Result<Vec<Group>> {
    tx.all(&OF_USER, &[tenant.0.into(), user.0.into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// The groups that a user administers, in the order it was appointed.
///
/// # Errors
/// Those of the store.
pub async fn administered_by(
    tx: &mut Tx,
    tenant: TenantId,
    user: provost_model::UserNumber,
) -> Result<Vec<Group>> {
    tx.all(&ADMINISTERED_BY, &[tenant.0.into(), user.0.into()], |row| {
        from_row(tenant, row)
    })
    .await
}

/// Adds a group; false if its id is taken.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, group: &Group) -> Result<bool> {
    let (id_key, display_key) = (group.id.key(), group.display_name.key());
    let rows = change
        .execute(
            &INSERT,
            &[
                group.tenant.0.into(),
                group.number.0.into(),
                group.id.as_str().into(),
                (&id_key).into(),
                group.display_name.as_str().into(),
                (&display_key).into(),
                group.created_at.0.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Gives a group another display name.
///
/// # Errors
/// Those of the store.
pub async fn rename(
    change: &mut Change,
    tenant: TenantId,
    group: GroupNumber,
    name: &DisplayName,
) -> Result<()> {
    let key = name.key();
    change
        .execute(
            &RENAME,
            &[
                tenant.0.into(),
                group.0.into(),
                name.as_str().into(),
                (&key).into(),
            ],
        )
        .await?;
    Ok(())
}

/// Deletes a group's row.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, group: GroupNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.0.into(), group.0.into()])
        .await?;
    Ok(())
}

fn from_row(tenant: TenantId, row: &Row<'_>) -> Result<Group> {
    Ok(Group {
        tenant,
        number: GroupNumber(row.int(0)?),
        id: GroupId::from_stored(row.text(1)?.to_owned()),
        display_name: DisplayName::from_stored(row.text(2)?.to_owned()),
        created_at: Timestamp(row.int(3)?),
    })
}
