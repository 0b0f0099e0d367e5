//! App passwords and API keys, found by the SHA-256 of their secret.

use super::tenants::{self, columns as tenant_columns};
use crate::{Change, Row, Tx, statements};
use provost_model::{
    Error, Result, Tenant, TenantId, Timestamp, Token, TokenId, TokenKind, TokenScope, UserNumber,
};

statements! {
    /// By secret, with its tenant.
    BY_SECRET = concat!(
        "SELECT k.id, k.tenant, k.user_number, k.name, k.scope, k.created_at, k.wiped_at, ", tenant_columns!(),
        " FROM tokens k JOIN tenants t ON t.id = k.tenant WHERE k.secret_hash = $1"
    );
    BY_ID = "SELECT id, tenant, user_number, name, scope, created_at, wiped_at FROM tokens WHERE tenant = $1 AND id = $2 AND former = 0";
    OF_USER = "SELECT id, tenant, user_number, name, scope, created_at, wiped_at FROM tokens WHERE tenant = $1 AND user_number = $2 AND id > $3 \
        AND former = 0 ORDER BY id LIMIT $4";
    KEYS = "SELECT id, tenant, user_number, name, scope, created_at, wiped_at FROM tokens WHERE tenant = $1 AND user_number IS NULL AND id > $2 \
        AND former = 0 ORDER BY id LIMIT $3";
    INSERT = "INSERT INTO tokens (secret_hash, id, tenant, user_number, name, scope, former, created_at) VALUES ($1, $2, $3, $4, $5, $6, 0, $7)";
    DELETE_OTHERS = "DELETE FROM tokens WHERE tenant = $1 AND id = $2 AND secret_hash <> $3";
    SET_FORMER = "UPDATE tokens SET former = 1 WHERE tenant = $1 AND id = $2";
    DELETE = "DELETE FROM tokens WHERE tenant = $1 AND id = $2";
    DELETE_OF_USER = "DELETE FROM tokens WHERE tenant = $1 AND user_number = $2";
    REVOKE_OF_USER = "DELETE FROM tokens WHERE tenant = $1 AND user_number = $2 AND wiped_at IS NULL";
    WIPE_OF_USER = "UPDATE tokens SET wiped_at = $3 WHERE tenant = $1 AND user_number = $2 AND wiped_at IS NULL";
}

/// The token whose secret has this SHA-256, and its tenant.
///
/// # Errors
/// Those of the store.
pub async fn by_secret(tx: &mut Tx, secret_hash: &[u8; 32]) -> Result<Option<(Token, Tenant)>> {
    tx.first(&BY_SECRET, &[secret_hash.as_slice().into()], |row| {
        Ok((from_row(row)?, tenants::from_columns(row, COLUMNS)?))
    })
    .await
}

/// A tenant's token with this id.
///
/// # Errors
/// Those of the store.
pub async fn by_id(tx: &mut Tx, tenant: TenantId, id: TokenId) -> Result<Option<Token>> {
    tx.first(&BY_ID, &[tenant.0.into(), id.0.into()], from_row)
        .await
}

/// Up to `limit` app passwords of a user, in the order they were made, after the id `after`.
///
/// # Errors
/// Those of the store.
pub async fn of_user(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
    after: TokenId,
    limit: i64,
) -> Result<Vec<Token>> {
    tx.all(
        &OF_USER,
        &[tenant.0.into(), user.0.into(), after.0.into(), limit.into()],
        from_row,
    )
    .await
}

/// Up to `limit` API keys of a tenant, in the order they were made, after the id `after`.
///
/// # Errors
/// Those of the store.
pub async fn keys(tx: &mut Tx, tenant: TenantId, after: TokenId, limit: i64) -> Result<Vec<Token>> {
    tx.all(
        &KEYS,
        &[tenant.0.into(), after.0.into(), limit.into()],
        from_row,
    )
    .await
}

/// Adds a token.
///
/// # Errors
/// Those of the store.
pub async fn insert(change: &mut Change, token: &Token, secret_hash: &[u8; 32]) -> Result<()> {
    let user = match token.kind {
        TokenKind::AppPassword(user) => Some(user.0),
        TokenKind::ApiKey => None,
    };
    change
        .execute(
            &INSERT,
            &[
                secret_hash.as_slice().into(),
                token.id.0.into(),
                token.tenant.0.into(),
                user.into(),
                token.name.as_str().into(),
                token.scope.name().into(),
                token.created_at.0.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Gives a token another secret. The one in use holds on beside it, until it is the other that is in use; any third holds no longer.
///
/// # Errors
/// Those of the store.
pub async fn rotate(
    change: &mut Change,
    token: &Token,
    in_use: &[u8; 32],
    secret_hash: &[u8; 32],
) -> Result<()> {
    let (tenant, id) = (token.tenant.0, token.id.0);
    let others = [tenant.into(), id.into(), in_use.as_slice().into()];
    change.execute(&DELETE_OTHERS, &others).await?;
    change
        .execute(&SET_FORMER, &[tenant.into(), id.into()])
        .await?;
    insert(change, token, secret_hash).await
}

/// Revokes a token with all its secrets; false if there is none.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, id: TokenId) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[tenant.0.into(), id.0.into()])
        .await?;
    Ok(rows > 0)
}

/// Deletes all app passwords of a user, also those whose devices were not reached yet; false if there were none.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
) -> Result<bool> {
    let rows = change
        .execute(&DELETE_OF_USER, &[tenant.0.into(), user.0.into()])
        .await?;
    Ok(rows > 0)
}

/// Revokes all app passwords of a user but those whose devices are yet to be told to clear themselves; false if there were none.
///
/// # Errors
/// Those of the store.
pub async fn revoke_of_user(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
) -> Result<bool> {
    let rows = change
        .execute(&REVOKE_OF_USER, &[tenant.0.into(), user.0.into()])
        .await?;
    Ok(rows > 0)
}

/// Shuts all app passwords of a user and keeps them, so that their devices can be told to clear themselves; false if there were none.
///
/// # Errors
/// Those of the store.
pub async fn wipe_of_user(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    now: Timestamp,
) -> Result<bool> {
    let rows = change
        .execute(
            &WIPE_OF_USER,
            &[tenant.0.into(), user.0.into(), now.0.into()],
        )
        .await?;
    Ok(rows > 0)
}

/// How many columns a token has.
const COLUMNS: usize = 7;

fn from_row(row: &Row<'_>) -> Result<Token> {
    let scope = row.text(4)?;
    Ok(Token {
        id: TokenId(row.uuid(0)?),
        tenant: TenantId(row.int(1)?),
        kind: match row.opt_int(2)? {
            Some(user) => TokenKind::AppPassword(UserNumber(user)),
            None => TokenKind::ApiKey,
        },
        name: row.text(3)?.to_owned(),
        scope: TokenScope::from_name(scope)
            .ok_or_else(|| Error::internal(format_args!("a token has the scope {scope:?}")))?,
        created_at: Timestamp(row.int(5)?),
        wiped_at: row.opt_int(6)?.map(Timestamp),
    })
}
