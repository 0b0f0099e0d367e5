//! Links by which users set passwords, found by the SHA-256 of their secret.

use crate::{Change, Row, Tx, statements};
use provost_model::{Result, TenantId, Timestamp, UserNumber};

statements! {
    BY_SECRET = "SELECT tenant, user_number, expires_at FROM password_links WHERE secret_hash = $1";
    INSERT = "INSERT INTO password_links (secret_hash, tenant, user_number, expires_at, created_at) VALUES ($1, $2, $3, $4, $5)";
    DELETE = "DELETE FROM password_links WHERE secret_hash = $1";
    DELETE_OF_USER = "DELETE FROM password_links WHERE tenant = $1 AND user_number = $2";
    DELETE_EXPIRED = "DELETE FROM password_links WHERE secret_hash IN \
        (SELECT secret_hash FROM password_links WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
}

/// A link by which a user may set its password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordLink {
    /// The user's tenant.
    pub tenant: TenantId,
    /// The user.
    pub user: UserNumber,
    /// From when on it holds no longer.
    pub expires_at: Timestamp,
}

/// The link whose secret has this SHA-256, even if it has expired.
///
/// # Errors
/// Those of the store.
pub async fn by_secret(tx: &mut Tx, secret_hash: &[u8; 32]) -> Result<Option<PasswordLink>> {
    tx.first(
        &BY_SECRET,
        &[secret_hash.as_slice().into()],
        |row: &Row<'_>| {
            Ok(PasswordLink {
                tenant: TenantId(row.int(0)?),
                user: UserNumber(row.int(1)?),
                expires_at: Timestamp(row.int(2)?),
            })
        },
    )
    .await
}

/// Adds a link in the place of all that the user has. The caller keeps others from the user meanwhile.
///
/// # Errors
/// Those of the store.
pub async fn replace(
    change: &mut Change,
    link: &PasswordLink,
    secret_hash: &[u8; 32],
    created_at: Timestamp,
) -> Result<()> {
    delete_of_user(change, link.tenant, link.user).await?;
    change
        .execute(
            &INSERT,
            &[
                secret_hash.as_slice().into(),
                link.tenant.into(),
                link.user.into(),
                link.expires_at.into(),
                created_at.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Takes a link away; false if it is gone.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, secret_hash: &[u8; 32]) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[secret_hash.as_slice().into()])
        .await?;
    Ok(rows > 0)
}

/// Takes all links of a user away.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_user(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE_OF_USER, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}

/// Takes up to `limit` links away that have expired by `now`; how many there were.
///
/// # Errors
/// Those of the store.
pub async fn delete_expired(change: &mut Change, now: Timestamp, limit: i64) -> Result<u64> {
    change
        .execute(&DELETE_EXPIRED, &[now.into(), limit.into()])
        .await
}
