//! A mailbox's user with its webmail account and its settings, in one statement.

use super::{
    addresses, mailboxes,
    mailboxes::columns as mailbox_columns,
    users::{self, COLUMNS, columns as user_columns},
    webmail_accounts,
    webmail_accounts::columns as webmail_columns,
};
use crate::{Tx, statements};
use provost_model::{Address, MailboxSettings, Result, TenantId, User, WebmailAccount};

statements! {
    /// By address. What there is no row for has columns of NULL.
    BY_ADDRESS = concat!(
        "SELECT ", user_columns!(), ", ", webmail_columns!(), ", ", mailbox_columns!(),
        " FROM addresses a JOIN users u ON u.tenant = a.tenant AND u.number = a.user_number \
         LEFT JOIN webmail_accounts w ON w.tenant = u.tenant AND w.user_number = u.number \
         LEFT JOIN mailboxes m ON m.tenant = u.tenant AND m.user_number = u.number \
         WHERE a.domain = $1 AND a.local_part = $2 AND a.tenant = $3"
    );
}

/// What there is of a mailbox: its user, its webmail account if it has one, and its settings.
pub type MailboxDetails = (User, Option<WebmailAccount>, MailboxSettings);

/// The mailbox with this address in a tenant.
///
/// # Errors
/// Those of the store.
pub async fn by_address(
    tx: &mut Tx,
    tenant: TenantId,
    address: &Address,
) -> Result<Option<MailboxDetails>> {
    let (domain, local) = addresses::parts(address);
    let key = [(&domain).into(), (&local).into(), tenant.into()];
    tx.first(&BY_ADDRESS, &key, |row| {
        let settings_at = COLUMNS + webmail_accounts::COLUMNS;
        let webmail = match row.opt_int(COLUMNS)? {
            Some(_) => Some(webmail_accounts::from_row(row, COLUMNS)?.1),
            None => None,
        };
        let settings = match row.opt_int(settings_at)? {
            Some(_) => mailboxes::from_row(row, settings_at)?.1,
            None => MailboxSettings::default(),
        };
        Ok((users::from_row(tenant, row)?, webmail, settings))
    })
    .await
}
