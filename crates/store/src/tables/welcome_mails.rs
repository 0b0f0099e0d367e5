//! Welcome mails that are still to be sent.

use crate::{Change, Row, Tx, statements};
use provost_model::{Result, TenantId, Timestamp, UserNumber};

statements! {
    DUE = "SELECT tenant, user_number, attempts, due_at FROM welcome_mails WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
    OF_USER = "SELECT tenant, user_number, attempts, due_at FROM welcome_mails WHERE tenant = $1 AND user_number = $2";
    COUNT = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM welcome_mails LIMIT $1) AS waiting";
    INSERT = "INSERT INTO welcome_mails (tenant, user_number, attempts, due_at, created_at) VALUES ($1, $2, 0, $3, $3) \
        ON CONFLICT (tenant, user_number) DO NOTHING";
    CLAIM = "UPDATE welcome_mails SET attempts = attempts + 1, due_at = $4 WHERE tenant = $1 AND user_number = $2 AND due_at = $3";
    POSTPONE = "UPDATE welcome_mails SET due_at = $4 WHERE tenant = $1 AND user_number = $2 AND due_at = $3";
    DELETE = "DELETE FROM welcome_mails WHERE tenant = $1 AND user_number = $2";
}

/// A welcome mail that is still to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingMail {
    /// The user's tenant.
    pub tenant: TenantId,
    /// The user.
    pub user: UserNumber,
    /// How often it was tried.
    pub attempts: i64,
    /// When it may be tried next.
    pub due_at: Timestamp,
}

/// Up to `limit` mails that are due, of all tenants, those that wait longest first.
///
/// # Errors
/// Those of the store.
pub async fn due(tx: &mut Tx, now: Timestamp, limit: i64) -> Result<Vec<WaitingMail>> {
    tx.all(&DUE, &[now.into(), limit.into()], from_row).await
}

/// How many mails wait, of all tenants, due or not; never more than `most`, so that counting is bounded.
///
/// # Errors
/// Those of the store.
pub async fn count(tx: &mut Tx, most: i64) -> Result<i64> {
    let count = tx.first(&COUNT, &[most.into()], |row| row.int(0)).await?;
    Ok(count.unwrap_or(0))
}

/// The mail that waits for a user, if one does.
///
/// # Errors
/// Those of the store.
pub async fn of_user(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
) -> Result<Option<WaitingMail>> {
    tx.first(&OF_USER, &[tenant.into(), user.into()], from_row)
        .await
}

/// Lets a mail for this user wait, due at once, unless one does.
///
/// # Errors
/// Those of the store.
pub async fn insert(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    now: Timestamp,
) -> Result<()> {
    change
        .execute(&INSERT, &[tenant.into(), user.into(), now.into()])
        .await?;
    Ok(())
}

/// Takes a mail to send it, and keeps others from it until `until`; false if another has it.
///
/// # Errors
/// Those of the store.
pub async fn claim(change: &mut Change, mail: &WaitingMail, until: Timestamp) -> Result<bool> {
    let rows = change
        .execute(
            &CLAIM,
            &[
                mail.tenant.into(),
                mail.user.into(),
                mail.due_at.into(),
                until.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Sets when a mail that could not be sent is due again, unless another has taken it meanwhile.
///
/// # Errors
/// Those of the store.
pub async fn postpone(change: &mut Change, mail: &WaitingMail, due_at: Timestamp) -> Result<()> {
    change
        .execute(
            &POSTPONE,
            &[
                mail.tenant.into(),
                mail.user.into(),
                mail.due_at.into(),
                due_at.into(),
            ],
        )
        .await?;
    Ok(())
}

/// Takes the mail that waits for a user away, if one does.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<WaitingMail> {
    Ok(WaitingMail {
        tenant: TenantId(row.int(0)?),
        user: UserNumber(row.int(1)?),
        attempts: row.int(2)?,
        due_at: Timestamp(row.int(3)?),
    })
}
