//! What mailboxes do with their mail: at most one row each.

use super::users::json_list;
use crate::{Change, Row, Tx, statements};
use provost_model::{
    Address, Autoresponder, Error, MailboxSettings, Result, Sender, TenantId, UserNumber, Verdict,
};

/// The columns of all settings, in the order that [`from_row`] reads.
macro_rules! columns {
    () => {
        "m.user_number, m.master, m.usage_bytes, m.subject, m.body, m.responding, m.senders, m.forwards"
    };
}

pub(super) use columns;

statements! {
    GET = concat!("SELECT ", columns!(), " FROM mailboxes m WHERE tenant = $1 AND user_number = $2");
    /// Those of many users, given as a JSON list.
    OF_USERS = sqlite concat!(
        "SELECT ", columns!(), " FROM mailboxes m WHERE tenant = $1 AND user_number IN (SELECT value FROM json_each($2))"
    ) postgres concat!(
        "SELECT ", columns!(), " FROM mailboxes m WHERE tenant = $1 AND user_number IN \
         (SELECT CAST(value AS BIGINT) FROM json_array_elements_text(CAST($2 AS JSON)))"
    );
    PUT = "INSERT INTO mailboxes (tenant, user_number, master, usage_bytes, subject, body, responding, senders, forwards) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (tenant, user_number) DO UPDATE SET master = excluded.master, \
        usage_bytes = excluded.usage_bytes, subject = excluded.subject, body = excluded.body, responding = excluded.responding, \
        senders = excluded.senders, forwards = excluded.forwards";
    DELETE = "DELETE FROM mailboxes WHERE tenant = $1 AND user_number = $2";
}

/// The settings of a mailbox; the default if nothing was set.
///
/// # Errors
/// Those of the store.
pub async fn get(tx: &mut Tx, tenant: TenantId, user: UserNumber) -> Result<MailboxSettings> {
    let key = [tenant.into(), user.into()];
    let found = tx.first(&GET, &key, |row| from_row(row, 0)).await?;
    Ok(found.map(|(_, settings)| settings).unwrap_or_default())
}

/// The settings of these users' mailboxes, in no order; those for which nothing was set are left out. The caller bounds how many it asks
/// for.
///
/// # Errors
/// Those of the store.
pub async fn of_users(
    tx: &mut Tx,
    tenant: TenantId,
    users: &[UserNumber],
) -> Result<Vec<(UserNumber, MailboxSettings)>> {
    let list = json_list(users);
    tx.all(&OF_USERS, &[tenant.into(), (&list).into()], |row| {
        from_row(row, 0)
    })
    .await
}

/// Writes the settings of a mailbox. The caller keeps others from the user meanwhile.
///
/// # Errors
/// Those of the store.
pub async fn put(
    change: &mut Change,
    tenant: TenantId,
    user: UserNumber,
    settings: &MailboxSettings,
) -> Result<()> {
    if *settings == MailboxSettings::default() {
        return delete(change, tenant, user).await;
    }
    let senders: Vec<_> = settings
        .senders
        .iter()
        .map(|(sender, verdict)| (sender.as_str(), *verdict == Verdict::Take))
        .collect();
    let forwards: Vec<_> = settings.forwards.iter().map(Address::as_str).collect();
    let senders = serde_json::to_string(&senders).map_err(Error::internal)?;
    let forwards = serde_json::to_string(&forwards).map_err(Error::internal)?;
    let responder = &settings.autoresponder;
    change
        .execute(
            &PUT,
            &[
                tenant.into(),
                user.into(),
                settings.master.into(),
                i64::try_from(settings.usage).unwrap_or(i64::MAX).into(),
                responder.subject().into(),
                responder.body().into(),
                responder.active.into(),
                (&senders).into(),
                (&forwards).into(),
            ],
        )
        .await?;
    Ok(())
}

/// Forgets the settings of a mailbox.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, tenant: TenantId, user: UserNumber) -> Result<()> {
    change
        .execute(&DELETE, &[tenant.into(), user.into()])
        .await?;
    Ok(())
}

/// Settings from a row with [`columns`].
/// The settings whose columns begin at `first`, and whose they are.
pub(super) fn from_row(row: &Row<'_>, first: usize) -> Result<(UserNumber, MailboxSettings)> {
    let senders: Vec<(String, bool)> =
        serde_json::from_str(row.text(first + 6)?).map_err(Error::internal)?;
    let forwards: Vec<String> =
        serde_json::from_str(row.text(first + 7)?).map_err(Error::internal)?;
    let verdict = |take| {
        if take { Verdict::Take } else { Verdict::Refuse }
    };
    let settings = MailboxSettings {
        master: row.bool(first + 1)?,
        usage: u64::try_from(row.int(first + 2)?).unwrap_or_default(),
        autoresponder: Autoresponder::from_stored(
            row.text(first + 3)?.to_owned(),
            row.text(first + 4)?.to_owned(),
            row.bool(first + 5)?,
        ),
        senders: senders
            .into_iter()
            .map(|(sender, take)| (Sender::from_stored(sender), verdict(take)))
            .collect(),
        forwards: forwards.into_iter().map(Address::from_stored).collect(),
    };
    Ok((UserNumber(row.int(first)?), settings))
}
