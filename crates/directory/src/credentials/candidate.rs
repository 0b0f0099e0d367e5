//! Whose password a shown one is checked against.

use super::{Precedence, Realm};
use crate::{queries::find_user, text::is_storable};
use provost_model::{Entry, Reseller, Result, Slug, Tenant, TenantId, User, UserNumber, fold};
use provost_store::{
    Read, Tx,
    tables::{account_names, resellers, tenants, users},
};

/// What stands for a tenant that does not exist: it has no users.
pub(super) const NO_TENANT: TenantId = Entry::DEPLOYMENT;

/// Who was found by name.
pub(super) enum Candidate {
    /// A user, of the tenant or an operator of another.
    User(Box<User>),
    /// A reseller.
    Reseller(Reseller),
}

/// A search by the name that somebody typed.
pub(super) struct Search<'a> {
    name: &'a str,
    realm: Realm,
    tenant: TenantId,
    precedence: Precedence,
}

/// What a search came to.
pub(super) struct Found<'a> {
    /// Whether a tenant stood beside the login.
    pub(super) names_tenant: bool,
    /// The tenant that stood beside the login, if there is one.
    pub(super) tenant: Option<Tenant>,
    /// Who was found.
    pub(super) candidate: Option<Candidate>,
    /// What would have been looked up besides if nobody had been.
    pub(super) rest: Rest<'a>,
}

/// The lookups that a search did not need. Whoever checks a password makes them too, so that a wrong one costs the same statements
/// whoever was found.
pub(super) struct Rest<'a> {
    name: &'a str,
    lookups: &'static [Lookup],
}

/// A lookup, in as many statements whether it finds somebody or not.
#[derive(Clone, Copy)]
enum Lookup {
    /// By login or address.
    Name,
    /// By contact e-mail.
    Email,
    /// Among operators and resellers.
    Account,
}

impl<'a> Search<'a> {
    /// A search for what was typed in a request to this tenant; none stands for one that does not exist.
    pub(super) fn new(typed: &'a str, tenant: Option<&Tenant>, precedence: Precedence) -> Self {
        let (name, realm) = Realm::split(typed);
        Self {
            name,
            realm,
            tenant: tenant.map_or(NO_TENANT, |tenant| tenant.id),
            precedence,
        }
    }

    const fn lookups(&self) -> &'static [Lookup] {
        match (&self.realm, self.precedence) {
            (Realm::Here, Precedence::Tenant) => &[Lookup::Name, Lookup::Email, Lookup::Account],
            (Realm::Here, Precedence::Deployment) => {
                &[Lookup::Account, Lookup::Name, Lookup::Email]
            }
            (Realm::Tenant(_), _) => &[Lookup::Name, Lookup::Email],
            (Realm::Deployment, _) => &[Lookup::Account],
        }
    }

    /// Whether the name finds this user in its tenant.
    pub(super) async fn is_name_of(&self, tx: &mut Tx, user: &User) -> Result<bool> {
        // most clients show the login itself, which nobody else's name can be
        if fold(self.name) == user.login.key() {
            return Ok(true);
        }
        let found = find_user(tx, user.tenant, self.name).await?;
        Ok(found.is_some_and(|found| found.number == user.number))
    }

    /// Whether a tenant stands beside the login.
    const fn names_tenant(&self) -> bool {
        matches!(self.realm, Realm::Tenant(_))
    }

    /// The tenant that stands beside the login, if there is one.
    async fn beside_login(&self, tx: &mut Tx) -> Result<Option<Tenant>> {
        match &self.realm {
            Realm::Tenant(slug) => match Slug::parse(slug) {
                Ok(slug) => tenants::by_slug(tx, &slug.key()).await,
                Err(_) => Ok(None),
            },
            Realm::Here | Realm::Deployment => Ok(None),
        }
    }
}

impl<'a> Read for Search<'a> {
    type Output = Found<'a>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Found<'a>> {
        let beside_login = self.beside_login(tx).await?;
        let tenant = match &beside_login {
            Some(tenant) => tenant.id,
            None if self.names_tenant() => NO_TENANT,
            None => self.tenant,
        };
        let mut rest = Rest {
            name: self.name,
            lookups: self.lookups(),
        };
        let key = fold(self.name);
        let mut candidate = None;
        while let [lookup, further @ ..] = rest.lookups
            && candidate.is_none()
            && is_storable(self.name)
        {
            candidate = lookup.run(tx, tenant, &key).await?;
            rest.lookups = further;
        }
        Ok(Found {
            names_tenant: self.names_tenant(),
            tenant: beside_login,
            candidate,
            rest,
        })
    }
}

impl Read for Rest<'_> {
    type Output = ();
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let key = fold(self.name);
        for lookup in self.lookups {
            if is_storable(self.name) {
                lookup.run(tx, NO_TENANT, &key).await?;
            }
        }
        Ok(())
    }
}

impl Lookup {
    async fn run(self, tx: &mut Tx, tenant: TenantId, key: &str) -> Result<Option<Candidate>> {
        let user = match self {
            Self::Name => users::by_name(tx, tenant, key).await?,
            Self::Email => users::by_email(tx, tenant, key).await?,
            Self::Account => match account_names::holder(tx, key).await? {
                Some(account_names::Account::Reseller(id)) => {
                    return Ok(resellers::by_id(tx, id).await?.map(Candidate::Reseller));
                }
                Some(account_names::Account::Operator(tenant, number)) => {
                    users::by_number(tx, tenant, number).await?.map(Box::new)
                }
                None => users::by_number(tx, NO_TENANT, UserNumber(0))
                    .await?
                    .map(Box::new),
            },
        };
        Ok(user.map(Candidate::User))
    }
}
