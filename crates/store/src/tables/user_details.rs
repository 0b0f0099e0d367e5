//! A user and its groups, at once where every statement is a way to the database and back.

use super::{
    group_administrators, memberships,
    users::{self, COLUMNS, columns},
};
use crate::{EngineKind, Tx, statements};
use provost_model::{Error, Result, TenantId, User, UserNumber};

statements! {
    /// By login or address, with the groups as lists of JSON. For PostgreSQL alone.
    BY_NAME = sqlite "SELECT 1" postgres concat!(
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

/// The user with this login or, if no login is so, this address; with its groups where they come along.
///
/// # Errors
/// Those of the store.
pub async fn by_name(
    tx: &mut Tx,
    tenant: TenantId,
    name_key: &str,
) -> Result<Option<(User, Option<GroupIds>)>> {
    if tx.engine() == EngineKind::Sqlite {
        let user = users::by_name(tx, tenant, name_key).await?;
        return Ok(user.map(|user| (user, None)));
    }
    tx.first(&BY_NAME, &[tenant.into(), name_key.into()], |row| {
        let groups = GroupIds {
            joined: ids(row.opt_text(COLUMNS)?)?,
            administered: ids(row.opt_text(COLUMNS + 1)?)?,
        };
        Ok((users::from_row(tenant, row)?, Some(groups)))
    })
    .await
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
