//! authTokens that were redeemed, so that none is twice.

use crate::{Change, statements};
use provost_model::{Result, TenantId, Timestamp};

statements! {
    SPEND = "INSERT INTO spent_auth_tokens (tenant, nonce, expires_at) VALUES ($1, $2, $3) ON CONFLICT (tenant, nonce) DO NOTHING";
    DELETE_EXPIRED = "DELETE FROM spent_auth_tokens WHERE (tenant, nonce) IN \
        (SELECT tenant, nonce FROM spent_auth_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2)";
}

/// Spends a token; false if it was spent before.
///
/// # Errors
/// Those of the store.
pub async fn spend(
    change: &mut Change,
    tenant: TenantId,
    nonce: &[u8],
    expires_at: Timestamp,
) -> Result<bool> {
    let rows = change
        .execute(&SPEND, &[tenant.into(), nonce.into(), expires_at.into()])
        .await?;
    Ok(rows == 1)
}

/// Forgets up to `limit` tokens that have expired by `now`.
///
/// # Errors
/// Those of the store.
pub async fn delete_expired(change: &mut Change, now: Timestamp, limit: i64) -> Result<()> {
    change
        .execute(&DELETE_EXPIRED, &[now.into(), limit.into()])
        .await?;
    Ok(())
}
