//! A user and its groups, at once where every statement is a way to the database and back.

use super::{
    group_administrators, memberships,
    users::{self, COLUMNS, columns},
};
use crate::{EngineKind, Tx, statements};
use provost_model::{Error, Result, TenantId, User, UserNumber};

statements! {
    /// By login or address. On PostgreSQL with the groups as lists of JSON; on SQLite, where a statement more costs less than a list, with
    /// whether there are any that the user administers, as few do.
    BY_NAME = sqlite concat!(
        "SELECT ", columns!(), ", EXISTS (SELECT 1 FROM group_administrators a WHERE a.tenant = $1 AND a.user_number = u.number) \
         FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number WHERE n.tenant = $1 AND n.name_key = $2"
    )
    postgres concat!(
        "SELECT ", columns!(), ", (SELECT CAST(json_agg(g.group_id ORDER BY m.position, m.group_number) AS TEXT) FROM memberships m \
         JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number WHERE m.tenant = $1 AND m.user_number = u.number), \
         (SELECT CAST(json_agg(g.group_id ORDER BY a.position, a.group_number) AS TEXT) FROM group_administrators a \
         JOIN user_groups g ON g.tenant = a.tenant AND g.number = a.group_number WHERE a.tenant = $1 AND a.user_number = u.number) \
         FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number WHERE n.tenant = $1 AND n.name_key = $2"
    );
}

/// The ids of a user's groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupIds {
    /// Those that it is a member of, in the order it joined them.
    pub joined: Vec<String>,
    /// Those that it administers, in the order it was appointed.
    pub administered: Vec<String>,
}

/// The user with this login or, if no login is so, this address, and its groups.
///
/// # Errors
/// Those of the store.
pub async fn by_name(
    tx: &mut Tx,
    tenant: TenantId,
    name_key: &str,
) -> Result<Option<(Box<User>, GroupIds)>> {
    let named = [tenant.into(), name_key.into()];
    if tx.engine() == EngineKind::Postgres {
        let complete = tx.first(&BY_NAME, &named, |row| {
            let groups = GroupIds {
                joined: ids(row.opt_text(COLUMNS)?)?,
                administered: ids(row.opt_text(COLUMNS + 1)?)?,
            };
            Ok((Box::new(users::from_row(tenant, row)?), groups))
        });
        return complete.await;
    }
    let found = tx.first(&BY_NAME, &named, |row| {
        Ok((Box::new(users::from_row(tenant, row)?), row.bool(COLUMNS)?))
    });
    let Some((user, administers)) = found.await? else {
        return Ok(None);
    };
    let groups = GroupIds {
        joined: memberships::group_ids(tx, tenant, user.number).await?,
        administered: if administers {
            group_administrators::group_ids(tx, tenant, user.number).await?
        } else {
            Vec::new()
        },
    };
    Ok(Some((user, groups)))
}

/// The groups of the user with this number.
///
/// # Errors
/// Those of the store.
pub async fn group_ids(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<GroupIds> {
    Ok(GroupIds {
        joined: memberships::group_ids(tx, tenant, user).await?,
        administered: group_administrators::group_ids(tx, tenant, user).await?,
    })
}

fn ids(list: Option<&str>) -> Result<Vec<String>> {
    list.map_or_else(
        || Ok(Vec::new()),
        |list| serde_json::from_str(list).map_err(Error::internal),
    )
}
