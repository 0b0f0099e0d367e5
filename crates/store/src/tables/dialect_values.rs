//! What one dialect alone knows of users.

use super::users::json_list;
use crate::{Change, Tx, statements};
use provost_model::{Dialect, DialectValues, Result, TenantId, UserNumber};

statements! {
    GET = "SELECT content FROM dialect_values WHERE tenant = $1 AND user_number = $2 AND dialect = $3";
    /// Those of these users, given as a JSON list of numbers.
    OF_USERS = sqlite
        "SELECT user_number, content FROM dialect_values WHERE tenant = $1 AND dialect = $3 \
         AND user_number IN (SELECT value FROM json_each($2))"
        postgres
        "SELECT user_number, content FROM dialect_values WHERE tenant = $1 AND dialect = $3 \
         AND user_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))";
    SET = "INSERT INTO dialect_values (tenant, user_number, dialect, content) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (tenant, user_number, dialect) DO UPDATE SET content = excluded.content";
    DELETE = "DELETE FROM dialect_values WHERE tenant = $1 AND user_number = $2 AND dialect = $3";
    DELETE_OF_USER = "DELETE FROM dialect_values WHERE tenant = $1 AND user_number = $2";
}

/// The values of a user; none set means the default.
///
/// # Errors
/// Those of the store.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    dialect: Dialect,
) -> Result<DialectValues> {
    let found = tx
        .first(
            &GET,
            &[tenant.into(), user.into(), dialect.name().into()],
            |row| Ok(DialectValues::from_stored(row.text(0)?)),
        )
        .await?;
    Ok(found.unwrap_or_default())
}

/// The values of those of these users that have any, in no order. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
    dialect: Dialect,
) -> Result<Vec<(UserNumber, DialectValues)>> {
    let list = json_list(users);
    tx.all(
        &OF_USERS,
        &[tenant.into(), (&list).into(), dialect.name().into()],
        |row| {
            Ok((
                UserNumber(row.int(0)?),
                DialectValues::from_stored(row.text(1)?),
            ))
        },
    )
    .await
}

/// Sets all values of a user, or removes them if none are set.
///
/// # Errors
/// Those of the store.
pub async fn set(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    dialect: Dialect,
    values: &DialectValues,
) -> Result<()> {
    let key = [tenant.into(), user.into(), dialect.name().into()];
    match values.stored() {
        Some(content) => {
            let [tenant, user, dialect] = key;
            change
                .execute(&SET, &[tenant, user, dialect, (&content).into()])
                .await?
        }
        None => change.execute(&DELETE, &key).await?,
    };
    Ok(())
}

/// Removes the values of a user, of all dialects.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE_OF_USER, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}
