//! Who shows these credentials.

use super::{Realm, Secret};
use crate::{
    Account, Actor, ActorKind, Directory, Via, commands::users::RecordSignIn, queries::find_user,
    text::is_storable,
};
use provost_model::{
    Error, Group, Noun, Reseller, Result, Slug, Tenant, TenantId, Token, TokenKind, TokenScope,
    User, UserNumber, fold,
};
use provost_store::{
    Read, Tx,
    tables::{
        account_names, group_administrators, groups, memberships, resellers, tenants, tokens, users,
    },
};
use std::sync::Arc;

/// How old a noted sign-in may be before it is noted again: an hour, so that busy clients do not write at each request.
const SIGN_IN_MICROS: i64 = 60 * 60 * 1_000_000;

/// What a request shows.
#[derive(Clone, Copy)]
pub enum Credentials<'a> {
    /// A name, and a password or app password.
    Password {
        /// The name as it was typed; see [`Realm`].
        login: &'a str,
        /// The password.
        password: &'a str,
    },
    /// An app password or API key alone.
    Token(&'a str),
}

/// What became of credentials.
#[derive(Clone, Debug)]
pub enum Authentication {
    /// They are good.
    Accepted {
        /// Who showed them.
        actor: Arc<Actor>,
        /// The tenant that the request is for: the key's own if an API key was shown and no tenant was named.
        tenant: Arc<Tenant>,
        /// Whether the actor administers any group.
        group_administrator: bool,
    },
    /// They are not. It is not told why.
    Refused,
}

/// Who was found to check a password against.
enum Candidate {
    User {
        user: Box<User>,
        administrator: bool,
    },
    Reseller(Reseller),
}

impl Directory {
    /// Checks credentials for a request to this tenant; none stands for a tenant that does not exist.
    /// `named` tells whether the request named the tenant, by path or host, or got the default one.
    ///
    /// # Errors
    /// [`provost_model::Error::Unavailable`] if too many passwords wait to be checked, else those of the store.
    pub async fn authenticate(
        &self,
        tenant: Option<Arc<Tenant>>,
        named: bool,
        credentials: Credentials<'_>,
    ) -> Result<Authentication> {
        let secret = match credentials {
            Credentials::Password { password, .. } => password,
            Credentials::Token(token) => token,
        };
        let token = BySecret {
            hash: Secret::hash(secret),
        };
        if let Some((token, owner)) = self.read(&token).await? {
            return self
                .by_token(tenant, named, credentials, token, owner)
                .await;
        }
        match credentials {
            Credentials::Token(_) => Ok(Authentication::Refused),
            Credentials::Password { login, password } => {
                self.by_password(tenant, named, login, password).await
            }
        }
    }

    /// How many passwords were hashed since the directory was opened: new ones, shown ones, and for nothing where nobody was found.
    #[must_use]
    pub fn passwords_hashed(&self) -> u64 {
        self.inner.hasher.count()
    }

    async fn by_token(
        &self,
        tenant: Option<Arc<Tenant>>,
        named: bool,
        credentials: Credentials<'_>,
        token: Token,
        owner: Owner,
    ) -> Result<Authentication> {
        let same = tenant
            .as_ref()
            .is_some_and(|tenant| tenant.id == token.tenant);
        if owner.tenant.suspended {
            return Ok(Authentication::Refused);
        }
        match (token.kind, owner.user, credentials) {
            (TokenKind::ApiKey, _, Credentials::Token(_)) if same || !named => {
                let actor = Actor {
                    kind: ActorKind::Key {
                        id: token.id,
                        name: token.name,
                    },
                    scope: token.scope,
                    via: Via::ApiKey(token.id),
                };
                Ok(Authentication::Accepted {
                    actor: Arc::new(actor),
                    tenant: Arc::new(owner.tenant),
                    group_administrator: false,
                })
            }
            (TokenKind::AppPassword(_), Some((user, administrator)), _) if user.enabled => {
                let shown = match credentials {
                    Credentials::Token(_) => same,
                    Credentials::Password { login, .. } => {
                        let (name, realm) = Realm::split(login);
                        let here = match realm {
                            Realm::Here => same,
                            Realm::Tenant(slug) => {
                                (same || (!named && tenant.is_some()))
                                    && Slug::parse(&slug)
                                        .is_ok_and(|slug| slug.key() == owner.tenant.slug.key())
                            }
                            Realm::Deployment => false,
                        };
                        let by_name = ByName {
                            tenant: token.tenant,
                            name,
                        };
                        here && self.read(&by_name).await? == Some(user.number)
                    }
                };
                if !shown {
                    return Ok(Authentication::Refused);
                }
                self.accept(
                    Arc::new(owner.tenant),
                    *user,
                    administrator,
                    token.scope,
                    Via::AppPassword(token.id),
                )
                .await
            }
            _ => Ok(Authentication::Refused),
        }
    }

    async fn by_password(
        &self,
        tenant: Option<Arc<Tenant>>,
        named: bool,
        login: &str,
        password: &str,
    ) -> Result<Authentication> {
        let (name, realm) = Realm::split(login);
        let candidate = self
            .read(&FindCandidate {
                tenant: tenant.as_deref(),
                name,
                realm: &realm,
            })
            .await?;
        let (number, stored) = match &candidate {
            Some(Candidate::User { user, .. }) => {
                ((user.tenant, user.number), user.password_hash.clone())
            }
            Some(Candidate::Reseller(reseller)) => {
                // resellers share the space of fingerprints with the users of no tenant
                (
                    (provost_model::Entry::DEPLOYMENT, UserNumber(reseller.id.0)),
                    reseller.password_hash.clone(),
                )
            }
            None => ((provost_model::Entry::DEPLOYMENT, UserNumber(0)), None),
        };
        if !self.password_is(number, password, stored).await? {
            return Ok(Authentication::Refused);
        }
        let Some(tenant) = tenant else {
            return Ok(Authentication::Refused);
        };
        match candidate {
            Some(Candidate::User {
                user,
                administrator,
            }) => {
                // a login with its tenant names the tenant where nothing else does
                let tenant = match realm {
                    Realm::Tenant(_) if !named => match self.tenant_by_id(user.tenant).await? {
                        Some(own) => Arc::new(own),
                        None => return Ok(Authentication::Refused),
                    },
                    Realm::Here | Realm::Tenant(_) | Realm::Deployment => tenant,
                };
                let foreign = user.tenant != tenant.id;
                if !user.enabled
                    || (foreign && !user.operator)
                    || (tenant.suspended && !user.operator)
                {
                    return Ok(Authentication::Refused);
                }
                self.accept(
                    tenant,
                    *user,
                    administrator,
                    TokenScope::Operator,
                    Via::Password,
                )
                .await
            }
            Some(Candidate::Reseller(reseller)) => {
                let owns = self
                    .read(&Owns {
                        reseller: &reseller,
                        tenant: tenant.id,
                    })
                    .await?;
                if !owns || tenant.suspended {
                    return Ok(Authentication::Refused);
                }
                let actor = Actor {
                    kind: ActorKind::Reseller {
                        id: reseller.id,
                        name: reseller.name,
                    },
                    scope: TokenScope::Admin,
                    via: Via::Password,
                };
                Ok(Authentication::Accepted {
                    actor: Arc::new(actor),
                    tenant,
                    group_administrator: false,
                })
            }
            None => Ok(Authentication::Refused),
        }
    }

    /// Whether a password is the stored one: from memory if it was verified a while ago, else by one hash, whoever was found.
    async fn password_is(
        &self,
        (tenant, user): (TenantId, UserNumber),
        password: &str,
        stored: Option<String>,
    ) -> Result<bool> {
        let now = self.now();
        let fingerprint = stored.as_deref().and_then(|stored| {
            self.inner
                .verified
                .fingerprint(tenant, user, password, stored)
        });
        if let Some(fingerprint) = &fingerprint
            && self.inner.verified.contains(fingerprint, now)
        {
            return Ok(true);
        }
        let good = self
            .inner
            .hasher
            .verify(password.to_owned(), stored)
            .await?;
        if good && let Some(fingerprint) = fingerprint {
            self.inner.verified.insert(fingerprint, now);
        }
        Ok(good)
    }

    async fn accept(
        &self,
        tenant: Arc<Tenant>,
        user: User,
        administrator: bool,
        scope: TokenScope,
        via: Via,
    ) -> Result<Authentication> {
        let group_administrator = self
            .read(&AdministersGroups {
                tenant: user.tenant,
                user: user.number,
            })
            .await?;
        let actor = Arc::new(Actor {
            kind: ActorKind::Account(Account {
                tenant: user.tenant,
                number: user.number,
                login: user.login.as_str().to_owned(),
                administrator,
                operator: user.operator,
            }),
            scope,
            via,
        });
        let due = user
            .last_login_at
            .is_none_or(|last| self.now().0.saturating_sub(last.0) >= SIGN_IN_MICROS);
        if due {
            let home = if user.tenant == tenant.id {
                Arc::clone(&tenant)
            } else {
                match self.tenant_by_id(user.tenant).await? {
                    Some(home) => Arc::new(home),
                    None => return Ok(Authentication::Refused),
                }
            };
            let context = self.context(Arc::clone(&actor), home, "")?;
            let noted = self.execute(context, RecordSignIn { user: user.number });
            match noted.await {
                // it was deleted meanwhile
                Err(Error::Unknown(Noun::User)) => return Ok(Authentication::Refused),
                noted => noted?,
            }
        }
        Ok(Authentication::Accepted {
            actor,
            tenant,
            group_administrator,
        })
    }
}

/// The tenant of a token, and its user if it has one.
struct Owner {
    tenant: Tenant,
    user: Option<(Box<User>, bool)>,
}

struct BySecret {
    hash: [u8; 32],
}

impl Read for BySecret {
    type Output = Option<(Token, Owner)>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Some(token) = tokens::by_secret(tx, &self.hash).await? else {
            return Ok(None);
        };
        let Some(tenant) = tenants::by_id(tx, token.tenant).await? else {
            return Ok(None);
        };
        let user = match token.kind {
            TokenKind::ApiKey => None,
            TokenKind::AppPassword(number) => {
                match users::by_number(tx, token.tenant, number).await? {
                    None => None,
                    Some(user) => {
                        let administrator = is_administrator(tx, &user).await?;
                        Some((Box::new(user), administrator))
                    }
                }
            }
        };
        Ok(Some((token, Owner { tenant, user })))
    }
}

struct ByName<'a> {
    tenant: TenantId,
    name: &'a str,
}

impl Read for ByName<'_> {
    type Output = Option<UserNumber>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        Ok(find_user(tx, self.tenant, self.name)
            .await?
            .map(|user| user.number))
    }
}

struct FindCandidate<'a> {
    tenant: Option<&'a Tenant>,
    name: &'a str,
    realm: &'a Realm,
}

impl Read for FindCandidate<'_> {
    type Output = Option<Candidate>;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let named;
        let tenant = match self.realm {
            Realm::Here => self.tenant,
            Realm::Deployment => None,
            Realm::Tenant(slug) => match Slug::parse(slug) {
                Err(_) => None,
                Ok(slug) => {
                    named = tenants::by_slug(tx, &slug.key()).await?;
                    named.as_ref()
                }
            },
        };
        if let Some(tenant) = tenant
            && let Some(user) = find_user(tx, tenant.id, self.name).await?
        {
            let administrator = is_administrator(tx, &user).await?;
            return Ok(Some(Candidate::User {
                user: Box::new(user),
                administrator,
            }));
        }
        if matches!(self.realm, Realm::Tenant(_)) {
            return Ok(None);
        }
        if !is_storable(self.name) {
            return Ok(None);
        }
        match account_names::holder(tx, &fold(self.name)).await? {
            None => Ok(None),
            Some(account_names::Account::Reseller(id)) => {
                Ok(resellers::by_id(tx, id).await?.map(Candidate::Reseller))
            }
            Some(account_names::Account::Operator(tenant, number)) => {
                let Some(user) = users::by_number(tx, tenant, number).await? else {
                    return Ok(None);
                };
                let administrator = is_administrator(tx, &user).await?;
                Ok(Some(Candidate::User {
                    user: Box::new(user),
                    administrator,
                }))
            }
        }
    }
}

async fn is_administrator(tx: &mut Tx, user: &User) -> Result<bool> {
    match groups::by_id(tx, user.tenant, Group::ADMINISTRATORS).await? {
        Some(group) => memberships::is_member(tx, user.tenant, group.number, &user.login).await,
        None => Ok(false),
    }
}

struct Owns<'a> {
    reseller: &'a Reseller,
    tenant: TenantId,
}

impl Read for Owns<'_> {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        resellers::has(tx, self.reseller.id, self.tenant).await
    }
}

struct AdministersGroups {
    tenant: TenantId,
    user: UserNumber,
}

impl Read for AdministersGroups {
    type Output = bool;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        group_administrators::any(tx, self.tenant, self.user).await
    }
}
