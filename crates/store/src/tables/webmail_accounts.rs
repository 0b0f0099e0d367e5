//! The webmail accounts of mailboxes: at most one each.

use super::users::json_list;
use crate::{Change, Row, Tx, statements};
use provost_model::{
    DomainName, Result, TenantId, Theme, Timestamp, UserNumber, WebmailAccount, WebmailTypeName,
};

/// The columns of a whole account, in the order that [`from_row`] reads.
macro_rules! columns {
    () => {
        "w.user_number, w.domain, w.kind, w.allow_upgrade, w.reset_password, w.theme, w.created_at"
    };
}

pub(super) use columns;
/// How many these are.
pub(super) const COLUMNS: usize = 7;

statements! {
    GET = concat!("SELECT ", columns!(), " FROM webmail_accounts w WHERE tenant = $1 AND user_number = $2");
    /// The account, keeping others from changing it meanwhile.
    LOCKED = locking concat!("SELECT ", columns!(), " FROM webmail_accounts w WHERE tenant = $1 AND user_number = $2");
    /// Those of many users, given as a JSON list.
    OF_USERS = sqlite concat!(
        "SELECT ", columns!(), " FROM webmail_accounts w WHERE tenant = $1 AND user_number IN (SELECT value FROM json_each($2))"
    ) postgres concat!(
        "SELECT ", columns!(), " FROM webmail_accounts w WHERE tenant = $1 AND user_number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))"
    );
    INSERT = "INSERT INTO webmail_accounts (tenant, user_number, domain, kind, allow_upgrade, reset_password, theme, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (tenant, user_number) DO NOTHING";
    UPDATE = "UPDATE webmail_accounts SET domain = $3, kind = $4, allow_upgrade = $5, reset_password = $6, theme = $7, created_at = $8 \
        WHERE tenant = $1 AND user_number = $2";
    /// The owner chose another password, as it was asked to.
    PASSWORD_WAS_RESET = "UPDATE webmail_accounts SET reset_password = 0 WHERE tenant = $1 AND user_number = $2 AND reset_password = 1";
    DELETE = "DELETE FROM webmail_accounts WHERE tenant = $1 AND user_number = $2";
}

/// The account of a user, if it has one.
///
/// # Errors
/// Those of the store.
pub async fn get(
    tx: &mut Tx,
    tenant: TenantId,
    user: UserNumber,
) -> Result<Option<WebmailAccount>> {
    let key = [tenant.into(), user.into()];
    Ok(tx
        .first(&GET, &key, |row| from_row(row, 0))
        .await?
        .map(|(_, it)| it))
}

/// The account of a user, kept from other writers until the end of the transaction.
///
/// # Errors
/// Those of the store.
pub async fn locked(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
) -> Result<Option<WebmailAccount>> {
    let key = [tenant.into(), user.into()];
    let found = change.first(&LOCKED, &key, |row| from_row(row, 0)).await?;
    Ok(found.map(|(_, account)| account))
}

/// The accounts of these users, in no order; those without one are left out. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
) -> Result<Vec<(UserNumber, WebmailAccount)>> {
    let list = json_list(users);
    tx.all(&OF_USERS, &[tenant.into(), (&list).into()], |row| {
        from_row(row, 0)
    })
    .await
}

/// Adds an account; false if the user has one already. The caller counts it.
///
/// # Errors
/// Those of the store.
pub async fn insert(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    account: &WebmailAccount,
) -> Result<bool> {
    Ok(write(change, &INSERT, tenant, user, account).await? == 1)
}

/// Writes all fields of an account. The caller counts it under another type.
///
/// # Errors
/// Those of the store.
pub async fn update(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    account: &WebmailAccount,
) -> Result<()> {
    write(change, &UPDATE, tenant, user, account).await?;
    Ok(())
}

/// Notes that the owner chose another password, if it was asked to.
///
/// # Errors
/// Those of the store.
pub async fn password_was_reset(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
) -> Result<()> {
    change
        .execute(&PASSWORD_WAS_RESET, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}

/// Deletes the account of a user; false if it has none. The caller counts it no longer.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<bool> {
    let rows = change
        .execute(&DELETE, &[tenant.into(), user.into()])
        .await?;
    Ok(rows == 1)
}

async fn write(
    change: &mut Change,
    sql: &'static crate::Sql,
    tenant: TenantId,
    user: UserNumber,
    account: &WebmailAccount,
) -> Result<u64> {
    change
        .execute(
            sql,
            &[
                tenant.into(),
                user.into(),
                account.domain.as_str().into(),
                account.kind.as_str().into(),
                account.allow_upgrade.into(),
                account.reset_password.into(),
                account.theme.as_ref().map(Theme::as_str).into(),
                account.created_at.into(),
            ],
        )
        .await
}

/// An account from a row with [`columns`].
/// The account whose columns begin at `first`, and whose it is.
pub(super) fn from_row(row: &Row<'_>, first: usize) -> Result<(UserNumber, WebmailAccount)> {
    let account = WebmailAccount {
        domain: DomainName::from_stored(row.text(first + 1)?.to_owned()),
        kind: WebmailTypeName::from_stored(row.text(first + 2)?.to_owned()),
        allow_upgrade: row.bool(first + 3)?,
        reset_password: row.bool(first + 4)?,
        theme: row
            .opt_text(first + 5)?
            .map(|theme| Theme::from_stored(theme.to_owned())),
        created_at: Timestamp(row.int(first + 6)?),
    };
    Ok((UserNumber(row.int(first)?), account))
}
