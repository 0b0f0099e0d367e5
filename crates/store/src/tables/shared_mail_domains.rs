//! Mail domains that stay nobody's, so that users of many tenants may have addresses in them.

use crate::{Change, Row, Tx, statements};
use provost_model::{DomainName, ResellerId, Result, TenantId, Timestamp};

statements! {
    REGISTRANT = "SELECT reseller, tenant FROM shared_mail_domains WHERE domain = $1";
    CLAIM = "INSERT INTO shared_mail_domains (domain, reseller, tenant, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (domain) DO NOTHING";
    DELETE = "DELETE FROM shared_mail_domains WHERE domain = $1";
    PAGE = "SELECT domain FROM shared_mail_domains WHERE domain > $1 ORDER BY domain LIMIT $2";
    OF_RESELLER = "SELECT domain FROM shared_mail_domains WHERE reseller = $3 AND domain > $1 ORDER BY domain LIMIT $2";
    OF_TENANT = "SELECT domain FROM shared_mail_domains WHERE tenant = $3 AND domain > $1 ORDER BY domain LIMIT $2";
    DELETE_OF_RESELLER = "DELETE FROM shared_mail_domains WHERE reseller = $1";
}

/// Who asked for a domain to be shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registrant {
    /// An operator.
    Deployment,
    /// A reseller.
    Reseller(ResellerId),
    /// A tenant, through its own credential.
    Tenant(TenantId),
}

impl Registrant {
    const fn columns(self) -> (Option<i64>, Option<i64>) {
        match self {
            Self::Deployment => (None, None),
            Self::Reseller(reseller) => (Some(reseller.0), None),
            Self::Tenant(tenant) => (None, Some(tenant.0)),
        }
    }
}

/// Who asked for this domain to be shared, if it is.
///
/// # Errors
/// Those of the store.
pub async fn registrant(tx: &mut Tx, domain: &DomainName) -> Result<Option<Registrant>> {
    tx.first(&REGISTRANT, &[domain.as_str().into()], |row: &Row<'_>| {
        Ok(match (row.opt_int(0)?, row.opt_int(1)?) {
            (Some(reseller), _) => Registrant::Reseller(ResellerId(reseller)),
            (None, Some(tenant)) => Registrant::Tenant(TenantId(tenant)),
            (None, None) => Registrant::Deployment,
        })
    })
    .await
}

/// Shares a domain; false if it is shared already.
///
/// # Errors
/// Those of the store.
pub async fn claim(
    change: &mut Change,
    domain: &DomainName,
    registrant: Registrant,
    at: Timestamp,
) -> Result<bool> {
    let (reseller, tenant) = registrant.columns();
    let rows = change
        .execute(
            &CLAIM,
            &[
                domain.as_str().into(),
                reseller.into(),
                tenant.into(),
                at.into(),
            ],
        )
        .await?;
    Ok(rows == 1)
}

/// Ends the sharing of a domain.
///
/// # Errors
/// Those of the store.
pub async fn delete(change: &mut Change, domain: &DomainName) -> Result<()> {
    change.execute(&DELETE, &[domain.as_str().into()]).await?;
    Ok(())
}

/// Ends the sharing of all domains that a reseller asked for.
///
/// # Errors
/// Those of the store.
pub async fn delete_of_reseller(change: &mut Change, reseller: ResellerId) -> Result<()> {
    change
        .execute(&DELETE_OF_RESELLER, &[reseller.0.into()])
        .await?;
    Ok(())
}

/// Up to `limit` shared domains after `after`, in their order: those that a reseller or tenant asked for, or, for the deployment, all.
///
/// # Errors
/// Those of the store.
pub async fn page(
    tx: &mut Tx,
    registrant: Registrant,
    after: &str,
    limit: i64,
) -> Result<Vec<DomainName>> {
    let domain = |row: &Row<'_>| Ok(DomainName::from_stored(row.text(0)?.to_owned()));
    let (sql, of) = match registrant {
        Registrant::Deployment => {
            return tx.all(&PAGE, &[after.into(), limit.into()], domain).await;
        }
        Registrant::Reseller(reseller) => (&OF_RESELLER, reseller.0),
        Registrant::Tenant(tenant) => (&OF_TENANT, tenant.0),
    };
    tx.all(sql, &[after.into(), limit.into(), of.into()], domain)
        .await
}
