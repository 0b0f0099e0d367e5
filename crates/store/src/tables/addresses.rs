//! Mail identities: unique in the whole deployment.

use super::mailbox_counts;
use crate::{Change, Tx, Value, statement::Bound, statements};
use provost_model::{Address, DomainName, Quota, Result, TenantId, User, UserNumber, fold};

statements! {
    HOLDER = "SELECT tenant, user_number FROM addresses WHERE domain = $1 AND local_part = $2";
    /// Who holds these addresses, given as a JSON list of pairs of domain and local part.
    HOLDERS = sqlite
        "SELECT a.domain, a.local_part, a.tenant, a.user_number FROM json_each($1) w JOIN addresses a \
         ON a.domain = w.value ->> 0 AND a.local_part = w.value ->> 1"
        postgres
        "SELECT a.domain, a.local_part, a.tenant, a.user_number FROM json_array_elements(CAST($1 AS JSON)) w JOIN addresses a \
         ON a.domain = w.value ->> 0 AND a.local_part = w.value ->> 1";
    pub(super) CLAIM = "INSERT INTO addresses (domain, local_part, tenant, user_number, follows_email, quota) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (domain, local_part) DO NOTHING";
    QUOTA = locking "SELECT quota FROM addresses WHERE domain = $1 AND local_part = $2 AND tenant = $3 AND user_number = $4";
    SET_QUOTA = "UPDATE addresses SET quota = $3 WHERE domain = $1 AND local_part = $2";
    /// The address no longer goes along with the contact e-mail.
    SETTLE = "UPDATE addresses SET follows_email = 0 WHERE domain = $1 AND local_part = $2 AND follows_email = 1";
    pub(super) RELEASE = "DELETE FROM addresses WHERE domain = $1 AND local_part = $2 AND tenant = $3 AND user_number = $4";
    /// Addresses of a domain that users of other tenants hold.
    FOREIGN = "SELECT local_part, tenant, user_number, follows_email FROM addresses WHERE domain = $1 AND tenant <> $2 \
        ORDER BY local_part LIMIT $3";
    /// Whether a tenant's users hold addresses in a domain.
    ANY_IN_DOMAIN = "SELECT 1 FROM addresses WHERE domain = $1 AND tenant = $2 LIMIT 1";
}

/// An address that a user of another tenant holds in a domain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignAddress {
    /// The address, folded.
    pub address: String,
    /// The tenant of its user.
    pub tenant: TenantId,
    /// Its user.
    pub user: UserNumber,
    /// Whether it merely follows the user's contact e-mail.
    pub follows_email: bool,
}

pub(super) fn parts(address: &Address) -> (String, String) {
    (address.domain().as_str().to_owned(), fold(address.local()))
}

/// The parameters of [`CLAIM`], of which the first four are those of [`RELEASE`].
pub(super) fn claim_values<'a>(
    (domain, local): (&'a str, &'a str),
    user: &User,
    follows_email: bool,
) -> [Value<'a>; 6] {
    [
        domain.into(),
        local.into(),
        user.tenant.into(),
        user.number.into(),
        follows_email.into(),
        user.quota.stored().into(),
    ]
}

/// Who holds an address, if anybody does.
async fn holder(tx: &mut Tx, address: &Address) -> Result<Option<(TenantId, UserNumber)>> {
    let (domain, local) = parts(address);
    tx.first(&HOLDER, &[(&domain).into(), (&local).into()], |row| {
        Ok((TenantId(row.int(0)?), UserNumber(row.int(1)?)))
    })
    .await
}

/// Who holds these addresses, by their folded text; those that nobody holds are left out. The caller bounds how many it asks for.
///
/// # Errors
/// Those of the store.
pub async fn holders(
    tx: &mut Tx,
    addresses: &[Address],
) -> Result<Vec<(String, TenantId, UserNumber)>> {
    let list: serde_json::Value = addresses
        .iter()
        .map(|address| {
            let (domain, local) = parts(address);
            serde_json::Value::from(vec![domain, local])
        })
        .collect();
    tx.all(&HOLDERS, &[(&list.to_string()).into()], |row| {
        Ok((
            format!("{}@{}", row.text(1)?, row.text(0)?),
            TenantId(row.int(2)?),
            UserNumber(row.int(3)?),
        ))
    })
    .await
}

/// Takes the addresses of new users, as their fields have them; false if somebody holds one already, and then nobody can tell which were
/// taken.
///
/// # Errors
/// Those of the store.
pub async fn claim_many(change: &mut Change, users: &[&User]) -> Result<bool> {
    let held: Vec<(&User, (String, String))> = users
        .iter()
        .filter_map(|user| Some((*user, parts(user.address.as_ref()?))))
        .collect();
    let rows: Vec<_> = held
        .iter()
        .map(|(user, (domain, local))| {
            claim_values((domain, local), user, user.address_follows_email)
        })
        .collect();
    let statements: Vec<Bound<'_>> = rows.iter().map(|row| (&CLAIM, &row[..])).collect();
    if change.execute_together(&statements).await? != rows.len() as u64 {
        return Ok(false);
    }
    let mailboxes = held
        .iter()
        .map(|(user, (domain, _))| (domain.as_str(), user.number, user.quota));
    mailbox_counts::add_many(change, mailboxes).await?;
    Ok(true)
}

/// Takes an address for a user; false if somebody else in the deployment holds it.
///
/// # Errors
/// Those of the store.
pub async fn claim(
    change: &mut Change,
    address: &Address,
    user: &User,
    follows_email: bool,
) -> Result<bool> {
    let (domain, local) = parts(address);
    let row = claim_values((&domain, &local), user, follows_email);
    if change.execute(&CLAIM, &row).await? == 1 {
        mailbox_counts::add(change, &domain, user.number, user.quota, 1).await?;
        return Ok(true);
    }
    Ok(holder(change, address).await? == Some((user.tenant, user.number)))
}

/// Gives a user's address back.
///
/// # Errors
/// Those of the store.
pub async fn release(
    change: &mut Change,
    address: &Address,
    tenant: TenantId,
    user: UserNumber,
) -> Result<()> {
    let (domain, local) = parts(address);
    let Some(quota) = quota(change, (&domain, &local), tenant, user).await? else {
        return Ok(());
    };
    change
        .execute(
            &RELEASE,
            &[
                (&domain).into(),
                (&local).into(),
                tenant.0.into(),
                user.0.into(),
            ],
        )
        .await?;
    mailbox_counts::add(change, &domain, user, quota, -1).await
}

/// Notes beside an address that its user has another quota now.
///
/// # Errors
/// Those of the store.
pub async fn set_quota(change: &mut Change, address: &Address, user: &User) -> Result<()> {
    let (domain, local) = parts(address);
    let old = quota(change, (&domain, &local), user.tenant, user.number).await?;
    let Some(old) = old.filter(|old| *old != user.quota) else {
        return Ok(());
    };
    change
        .execute(
            &SET_QUOTA,
            &[
                (&domain).into(),
                (&local).into(),
                user.quota.stored().into(),
            ],
        )
        .await?;
    mailbox_counts::change_quota(change, &domain, user.number, (old, user.quota)).await
}

/// Lets an address no longer go along with the contact e-mail.
///
/// # Errors
/// Those of the store.
pub async fn settle(change: &mut Change, address: &Address) -> Result<()> {
    let (domain, local) = parts(address);
    change
        .execute(&SETTLE, &[(&domain).into(), (&local).into()])
        .await?;
    Ok(())
}

/// The quota that stands beside a user's address, if the address is that user's.
async fn quota(
    change: &mut Change,
    (domain, local): (&str, &str),
    tenant: TenantId,
    user: UserNumber,
) -> Result<Option<Quota>> {
    let key = [domain.into(), local.into(), tenant.into(), user.into()];
    change
        .first(&QUOTA, &key, |row| Ok(Quota::from_stored(row.int(0)?)))
        .await
}

/// The first `limit` addresses of a domain that users of tenants other than this hold.
///
/// # Errors
/// Those of the store.
pub async fn foreign(
    tx: &mut Tx,
    domain: &DomainName,
    tenant: TenantId,
    limit: i64,
) -> Result<Vec<ForeignAddress>> {
    tx.all(
        &FOREIGN,
        &[domain.as_str().into(), tenant.0.into(), limit.into()],
        |row| {
            Ok(ForeignAddress {
                address: format!("{}@{domain}", row.text(0)?),
                tenant: TenantId(row.int(1)?),
                user: UserNumber(row.int(2)?),
                follows_email: row.bool(3)?,
            })
        },
    )
    .await
}

/// Whether users of this tenant hold addresses in the domain.
///
/// # Errors
/// Those of the store.
pub async fn any_in_domain(tx: &mut Tx, domain: &DomainName, tenant: TenantId) -> Result<bool> {
    tx.any(&ANY_IN_DOMAIN, &[domain.as_str().into(), tenant.0.into()])
        .await
}
