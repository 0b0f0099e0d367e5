//! How many mailboxes a domain has, and the sum of their quotas: kept as changes happen, so that nobody counts them.

use crate::{Change, Tx, Value, statement::Bound, statements};
use provost_model::{DomainName, Quota, Result, UserNumber};
use std::collections::BTreeMap;

/// In how many rows a domain's counts are kept.
const SHARDS: i64 = 16;

/// A megabyte, as quotas are told.
const MB: u64 = 1_048_576;

statements! {
    ADD = "INSERT INTO mailbox_counts (domain, shard, mailboxes, defaults, quota_mb) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (domain, shard) DO UPDATE SET mailboxes = mailbox_counts.mailboxes + excluded.mailboxes, \
        defaults = mailbox_counts.defaults + excluded.defaults, quota_mb = mailbox_counts.quota_mb + excluded.quota_mb";
    OF_DOMAIN = "SELECT mailboxes, defaults, quota_mb FROM mailbox_counts WHERE domain = $1";
}

/// The counts of a domain's mailboxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MailboxCounts {
    /// How many there are.
    pub mailboxes: i64,
    /// How many of them have the tenant's default quota.
    pub defaults: i64,
    /// The sum of the others' quotas in MB, each rounded up; those without limit count nothing.
    pub quota_mb: i64,
}

/// Counts `by` mailboxes with this quota more.
pub(super) async fn add(
    change: &mut Change,
    domain: &str,
    user: UserNumber,
    quota: Quota,
    by: i64,
) -> Result<()> {
    let (mailbox, default, mb) = addends(quota);
    shift(change, domain, user, [by * mailbox, by * default, by * mb]).await
}

/// Counts these mailboxes, each with its domain, its user and its quota, in the order of domains.
pub(super) async fn add_many<'d>(
    change: &mut Change,
    mailboxes: impl Iterator<Item = (&'d str, UserNumber, Quota)>,
) -> Result<()> {
    let mut sums: BTreeMap<(&str, i64), [i64; 3]> = BTreeMap::new();
    for (domain, user, quota) in mailboxes {
        let sum = sums.entry((domain, user.0 % SHARDS)).or_default();
        let (mailbox, default, mb) = addends(quota);
        for (sum, addend) in sum.iter_mut().zip([mailbox, default, mb]) {
            *sum = sum.saturating_add(addend);
        }
    }
    let rows: Vec<[Value<'_>; 5]> = sums
        .iter()
        .map(|((domain, shard), [mailboxes, defaults, quota_mb])| {
            [
                (*domain).into(),
                (*shard).into(),
                (*mailboxes).into(),
                (*defaults).into(),
                (*quota_mb).into(),
            ]
        })
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&ADD, &row[..])).collect();
    change.execute_together(&statements).await?;
    Ok(())
}

/// A mailbox has another quota.
pub(super) async fn change_quota(
    change: &mut Change,
    domain: &str,
    user: UserNumber,
    (old, new): (Quota, Quota),
) -> Result<()> {
    let ((_, old_default, old_mb), (_, new_default, new_mb)) = (addends(old), addends(new));
    let by = [0, new_default - old_default, new_mb - old_mb];
    shift(change, domain, user, by).await
}

async fn shift(
    change: &mut Change,
    domain: &str,
    user: UserNumber,
    [mailboxes, defaults, quota_mb]: [i64; 3],
) -> Result<()> {
    let bound = [
        domain.into(),
        (user.0 % SHARDS).into(),
        mailboxes.into(),
        defaults.into(),
        quota_mb.into(),
    ];
    change.execute_later(&ADD, &bound).await
}

/// What a mailbox with this quota adds to each of the counts.
fn addends(quota: Quota) -> (i64, i64, i64) {
    match quota {
        Quota::Default => (1, 1, 0),
        Quota::None => (1, 0, 0),
        Quota::Bytes(bytes) => (1, 0, i64::try_from(bytes.div_ceil(MB)).unwrap_or(i64::MAX)),
    }
}

/// The counts of a domain's mailboxes.
///
/// # Errors
/// Those of the store.
pub async fn of_domain(tx: &mut Tx, domain: &DomainName) -> Result<MailboxCounts> {
    let shards = tx
        .all(&OF_DOMAIN, &[domain.as_str().into()], |row| {
            Ok([row.int(0)?, row.int(1)?, row.int(2)?])
        })
        .await?;
    let sum = |nth: usize| {
        shards
            .iter()
            .fold(0_i64, |sum, shard| sum.saturating_add(shard[nth]))
    };
    Ok(MailboxCounts {
        mailboxes: sum(0),
        defaults: sum(1),
        quota_mb: sum(2),
    })
}
