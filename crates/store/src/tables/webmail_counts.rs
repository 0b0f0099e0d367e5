//! How many webmail accounts of each type a domain has: one row each, which a limit is held against.

use crate::{Change, Tx, statements};
use provost_model::{DomainName, Result, WebmailTypeName};

statements! {
    /// One more, below a limit: the row that is counted up is the one that is looked at, so that two cannot both take the last place.
    TAKE = "INSERT INTO webmail_counts (domain, kind, accounts) VALUES ($1, $2, 1) \
        ON CONFLICT (domain, kind) DO UPDATE SET accounts = webmail_counts.accounts + 1 WHERE webmail_counts.accounts < $3";
    RELEASE = "UPDATE webmail_counts SET accounts = accounts - 1 WHERE domain = $1 AND kind = $2";
    OF_DOMAIN = "SELECT kind, accounts FROM webmail_counts WHERE domain = $1 ORDER BY kind";
}

/// Counts one more account of a type in a domain; false if the domain has as many as it may.
///
/// # Errors
/// Those of the store.
pub async fn take(
    change: &mut Change,
    domain: &DomainName,
    kind: &WebmailTypeName,
    limit: Option<u32>,
) -> Result<bool> {
    let limit = limit.map_or(i64::MAX, i64::from);
    let rows = change
        .execute(
            &TAKE,
            &[domain.as_str().into(), kind.as_str().into(), limit.into()],
        )
        .await?;
    Ok(rows == 1)
}

/// Counts one account of a type in a domain less.
///
/// # Errors
/// Those of the store.
pub async fn release(
    change: &mut Change,
    domain: &DomainName,
    kind: &WebmailTypeName,
) -> Result<()> {
    change
        .execute(&RELEASE, &[domain.as_str().into(), kind.as_str().into()])
        .await?;
    Ok(())
}

/// How many accounts of each type a domain has; types that it never had are left out.
///
/// # Errors
/// Those of the store.
pub async fn of_domain(tx: &mut Tx, domain: &DomainName) -> Result<Vec<(WebmailTypeName, i64)>> {
    tx.all(&OF_DOMAIN, &[domain.as_str().into()], |row| {
        Ok((
            WebmailTypeName::from_stored(row.text(0)?.to_owned()),
            row.int(1)?,
        ))
    })
    .await
}
