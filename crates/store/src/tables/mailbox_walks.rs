//! The mailboxes of a domain, by walking an index of its addresses in its order.

use crate::{Row, Tx, Value, statements};
use provost_model::{DomainName, Quota, Result, TenantId, UserNumber};

statements! {
    BY_NAME_UP = "SELECT local_part, user_number, quota FROM addresses WHERE domain = $1 AND local_part >= $2 AND local_part < $3 \
        ORDER BY local_part LIMIT $4";
    BY_NAME_DOWN = "SELECT local_part, user_number, quota FROM addresses WHERE domain = $1 AND local_part >= $2 AND local_part < $3 \
        ORDER BY local_part DESC LIMIT $4";
    BY_QUOTA_UP = "SELECT local_part, user_number, quota FROM addresses WHERE domain = $1 AND (quota, local_part) >= ($2, $3) \
        AND quota <= $4 ORDER BY quota, local_part LIMIT $5";
    BY_QUOTA_DOWN = "SELECT local_part, user_number, quota FROM addresses WHERE domain = $1 AND (quota, local_part) < ($2, $3) \
        AND quota >= $4 ORDER BY quota DESC, local_part DESC LIMIT $5";
    /// Users that have further addresses.
    WITH_ALIASES = "SELECT number FROM users WHERE tenant = $1 AND number > $2 AND aliases IS NOT NULL ORDER BY number LIMIT $3";
}

/// Stands behind all local parts that begin with the text before it: they hold no character as high.
pub const AFTER: char = '\u{7f}';
/// Stands before all local parts that go on behind the text before it: they hold no character as low.
pub const BEFORE: char = '\u{1}';

/// What a list needs to know of a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailboxKey {
    /// The folded local part.
    pub local: String,
    /// Its user.
    pub user: UserNumber,
    /// Its quota as it is stored.
    pub quota: i64,
}

impl MailboxKey {
    /// Its quota.
    #[must_use]
    pub fn quota(&self) -> Quota {
        Quota::from_stored(self.quota)
    }
}

/// Up to `limit` mailboxes of a domain whose local parts stand from the one text to before the other, in their order or against it.
///
/// # Errors
/// Those of the store.
pub async fn by_name(
    tx: &mut Tx,
    domain: &DomainName,
    upwards: bool,
    (from, before): (&str, &str),
    limit: i64,
) -> Result<Vec<MailboxKey>> {
    let sql = if upwards { &BY_NAME_UP } else { &BY_NAME_DOWN };
    let bounds: [Value<'_>; 4] = [
        domain.as_str().into(),
        from.into(),
        before.into(),
        limit.into(),
    ];
    tx.all(sql, &bounds, from_row).await
}

/// Up to `limit` mailboxes of a domain in the order of stored quotas, then local parts, or against it: from a place on (the place itself
/// counts upwards alone) to the quota `last`.
///
/// # Errors
/// Those of the store.
pub async fn by_quota(
    tx: &mut Tx,
    domain: &DomainName,
    upwards: bool,
    (quota, local): (i64, &str),
    last: i64,
    limit: i64,
) -> Result<Vec<MailboxKey>> {
    let sql = if upwards {
        &BY_QUOTA_UP
    } else {
        &BY_QUOTA_DOWN
    };
    let bounds: [Value<'_>; 5] = [
        domain.as_str().into(),
        quota.into(),
        local.into(),
        last.into(),
        limit.into(),
    ];
    tx.all(sql, &bounds, from_row).await
}

/// Up to `limit` users after this one that have further addresses, in the order of numbers.
///
/// # Errors
/// Those of the store.
pub async fn with_aliases(
    tx: &mut Tx,
    tenant: TenantId,
    after: UserNumber,
    limit: i64,
) -> Result<Vec<UserNumber>> {
    tx.all(
        &WITH_ALIASES,
        &[tenant.into(), after.into(), limit.into()],
        |row| Ok(UserNumber(row.int(0)?)),
    )
    .await
}

fn from_row(row: &Row<'_>) -> Result<MailboxKey> {
    Ok(MailboxKey {
        local: row.text(0)?.to_owned(),
        user: UserNumber(row.int(1)?),
        quota: row.int(2)?,
    })
}
