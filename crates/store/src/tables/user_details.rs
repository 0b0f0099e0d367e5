//! A user and its groups, at once where every statement is a way to the database and back.

use super::{
    group_administrators, memberships,
    users::{self, COLUMNS, columns},
};
use crate::{EngineKind, Finding, Row, Tx, statements};
use provost_model::{Error, Result, TenantId, User, UserNumber};

/// The groups of the user `u` as lists of JSON.
macro_rules! group_lists {
    () => {
        "(SELECT CAST(json_agg(g.group_id ORDER BY m.position, m.group_number) AS TEXT) FROM memberships m \
         JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number WHERE m.tenant = u.tenant AND m.user_number = u.number), \
         (SELECT CAST(json_agg(g.group_id ORDER BY a.position, a.group_number) AS TEXT) FROM group_administrators a \
         JOIN user_groups g ON g.tenant = a.tenant AND g.number = a.group_number WHERE a.tenant = u.tenant AND a.user_number = u.number)"
    };
}

statements! {
    /// By login or address. On PostgreSQL with the groups as lists of JSON; on SQLite, where a list costs more than rows, with a row for each group
    /// that it is a member of or one with none, and whether there are any that it administers, as few do.
    BY_NAME = sqlite concat!(
        "SELECT ", columns!(), ", EXISTS (SELECT 1 FROM group_administrators a WHERE a.tenant = $1 AND a.user_number = u.number), g.group_id \
         FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number \
         LEFT JOIN memberships m ON m.tenant = u.tenant AND m.user_number = u.number \
         LEFT JOIN user_groups g ON g.tenant = m.tenant AND g.number = m.group_number \
         WHERE n.tenant = $1 AND n.name_key = $2 ORDER BY m.position, m.group_number"
    )
    postgres concat!(
        "SELECT ", columns!(), ", ", group_lists!(),
        " FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number WHERE n.tenant = $1 AND n.name_key = $2"
    );
    /// The same for many on PostgreSQL, given as a JSON list of tenant, name and place in the list. The limit keeps it to looking up each,
    /// whatever the planner thinks of the list's length.
    BY_NAMES = sqlite "SELECT 1" postgres concat!(
        "SELECT ", columns!(), ", ", group_lists!(), ", CAST(w.value ->> 2 AS BIGINT) FROM json_array_elements(CAST($1 AS JSON)) w \
         CROSS JOIN LATERAL (SELECT u.tenant, ", columns!(), " FROM names n JOIN users u ON u.tenant = n.tenant AND u.number = n.user_number \
         WHERE n.tenant = CAST(w.value ->> 0 AS BIGINT) AND n.name_key = w.value ->> 1 LIMIT 1) u"
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
            Ok((Box::new(users::from_row(tenant, row)?), groups(row)?))
        });
        return complete.await;
    }
    let mut found = None;
    let mut joined = Vec::new();
    let rows = tx.all(&BY_NAME, &named, |row| {
        if found.is_none() {
            let user = Box::new(users::from_row(tenant, row)?);
            found = Some((user, row.bool(COLUMNS)?));
        }
        joined.extend(row.opt_text(COLUMNS + 1)?.map(str::to_owned));
        Ok(())
    });
    rows.await?;
    let Some((user, administers)) = found else {
        return Ok(None);
    };
    let groups = GroupIds {
        joined,
        administered: if administers {
            group_administrators::group_ids(tx, tenant, user.number).await?
        } else {
            Vec::new()
        },
    };
    Ok(Some((user, groups)))
}

/// Users by their tenants and logins or addresses, found in one statement. For PostgreSQL alone.
pub struct ByNames;

impl Finding for ByNames {
    type Key = (TenantId, String);
    type Found = (Box<User>, GroupIds);

    async fn find(tx: &mut Tx, names: &[Self::Key]) -> Result<Vec<Option<Self::Found>>> {
        let list: serde_json::Value = names
            .iter()
            .enumerate()
            .map(|(place, (tenant, name))| serde_json::json!([tenant.0, name, place]))
            .collect();
        let mut found = Vec::new();
        found.resize_with(names.len(), || None);
        tx.all(&BY_NAMES, &[(&list.to_string()).into()], |row| {
            let place = usize::try_from(row.int(COLUMNS + 2)?).unwrap_or(usize::MAX);
            let (Some((tenant, _)), Some(found)) = (names.get(place), found.get_mut(place)) else {
                return Err(Error::internal("a user was found whom nobody asked for"));
            };
            let user = Box::new(users::from_row(*tenant, row)?);
            *found = Some((user, groups(row)?));
            Ok(())
        })
        .await?;
        Ok(found)
    }
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

fn groups(row: &Row<'_>) -> Result<GroupIds> {
    Ok(GroupIds {
        joined: ids(row.opt_text(COLUMNS)?)?,
        administered: ids(row.opt_text(COLUMNS + 1)?)?,
    })
}

fn ids(list: Option<&str>) -> Result<Vec<String>> {
    list.map_or_else(
        || Ok(Vec::new()),
        |list| serde_json::from_str(list).map_err(Error::internal),
    )
}
