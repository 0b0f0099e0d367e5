//! Ids by which others know users. They need not be unique.

use super::users::json_list;
use crate::{Change, Tx, statements};
use provost_model::{ExternalId, ExternalIdKind, Result, TenantId, UserNumber};

statements! {
    OF_USER = "SELECT external_id FROM external_ids WHERE tenant = $1 AND user_number = $2 AND kind = $3 ORDER BY position";
    /// Those of many users, given as a JSON list.
    OF_USERS = sqlite
        "SELECT user_number, external_id FROM external_ids WHERE tenant = $1 AND kind = $3 \
         AND user_number IN (SELECT value FROM json_each($2)) ORDER BY user_number, position"
        postgres
        "SELECT user_number, external_id FROM external_ids WHERE tenant = $1 AND kind = $3 \
         AND user_number IN (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON))) \
         ORDER BY user_number, position";
    HOLDERS = "SELECT DISTINCT user_number FROM external_ids WHERE kind = $1 AND id_key = $2 AND tenant = $3 ORDER BY user_number LIMIT $4";
    INSERT = "INSERT INTO external_ids (tenant, user_number, kind, position, external_id, id_key) VALUES ($1, $2, $3, $4, $5, $6)";
    DELETE = "DELETE FROM external_ids WHERE tenant = $1 AND user_number = $2 AND kind = $3";
    DELETE_OF_USER = "DELETE FROM external_ids WHERE tenant = $1 AND user_number = $2";
}

/// A user's ids of a kind, in the order they were given.
///
/// # Errors
/// Those of the store.
pub async fn of_user(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    kind: ExternalIdKind,
) -> Result<Vec<ExternalId>> {
    tx.all(
        &OF_USER,
        &[tenant.into(), user.into(), kind.name().into()],
        |row| Ok(ExternalId::from_stored(row.text(0)?.to_owned())),
    )
    .await
}

/// The ids of a kind of these users, ordered by user and as they were given. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
    kind: ExternalIdKind,
) -> Result<Vec<(UserNumber, ExternalId)>> {
    let list = json_list(users);
    tx.all(
        &OF_USERS,
        &[tenant.into(), (&list).into(), kind.name().into()],
        |row| {
            Ok((
                UserNumber(row.int(0)?),
                ExternalId::from_stored(row.text(1)?.to_owned()),
            ))
        },
    )
    .await
}

/// The first `limit` users of a tenant that have this id, compared folded, in the order of their numbers.
///
/// # Errors
/// Those of the store.
pub async fn holders(
    tx: &mut Tx,
    tenant: TenantId,
    kind: ExternalIdKind,
    id: &ExternalId,
    limit: i64,
) -> Result<Vec<UserNumber>> {
    let key = id.key();
    tx.all(
        &HOLDERS,
        &[
            kind.name().into(),
            (&key).into(),
            tenant.into(),
            limit.into(),
        ],
        |row| Ok(UserNumber(row.int(0)?)),
    )
    .await
}

/// Gives a user these ids of a kind in the place of all it had. The caller keeps others from the user meanwhile, and bounds how many.
///
/// # Errors
/// Those of the store.
pub async fn replace(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    kind: ExternalIdKind,
    ids: &[ExternalId],
) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.into(), user.into(), kind.name().into()])
        .await?;
    for (position, id) in (0_i64..).zip(ids) {
        let key = id.key();
        change
            .execute(
                &INSERT,
                &[
                    tenant.into(),
                    user.into(),
                    kind.name().into(),
                    position.into(),
                    id.as_str().into(),
                    (&key).into(),
                ],
            )
            .await?;
    }
    Ok(())
}

/// Takes all ids of all kinds from a user.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE_OF_USER, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}
