//! Who shows these credentials.

use super::{
    Identification, Precedence, Realm, Secret,
    admission::{Lasting, Showing, is_due},
    candidate::{Candidate, Found, NO_TENANT, Rest, Search},
};
use crate::{
    Account, Actor, ActorKind, Directory, Source, Via,
    commands::users::RecordSignIn,
    queries::AddressedTenant,
    throttle::{Guess, Refused},
};
use hmac::Mac;
use provost_model::{
    Error, Noun, Reseller, Result, Slug, Tenant, TenantId, Token, TokenKind, TokenScope, User,
    UserNumber,
};
use provost_store::{
    Read, Tx,
    tables::{
        resellers, tokens,
        users::{self, Standing},
    },
};
use std::{sync::Arc, time::Duration};

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

impl Credentials<'_> {
    /// Adds them to a digest, behind whatever has a fixed length.
    pub(super) fn feed(&self, mac: &mut impl Mac) {
        let (login, secret) = match *self {
            Credentials::Password { login, password } => (Some(login), password),
            Credentials::Token(token) => (None, token),
        };
        mac.update(&[u8::from(login.is_some())]);
        let login = login.unwrap_or_default();
        // the length keeps login and secret apart
        mac.update(&(login.len() as u64).to_be_bytes());
        mac.update(login.as_bytes());
        mac.update(secret.as_bytes());
    }
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
    /// They were not looked at: too many wrong passwords came from there, or too many wait to be looked at. Whether the account
    /// exists has no part in it.
    Throttled {
        /// When it is worth to come again; an upper bound.
        retry_after: Duration,
    },
}

/// Refused, with nothing to remember.
const REFUSED: (Identification, Option<Lasting>) = (Identification::Refused, None);

impl Directory {
    /// Checks credentials that came from `source`, for a request to this tenant.
    ///
    /// Looks in this order: a token, a remembered password, the throttle, and a hash; the throttle makes a guess wait here. Unknown
    /// tokens are not counted: nobody guesses 256 bits, they cost no hash, and a revoked one that some client still shows would
    /// block its whole house.
    ///
    /// # Errors
    /// [`provost_model::Error::Unavailable`] if too many passwords wait to be checked, else those of the store.
    pub async fn authenticate(
        &self,
        source: Source,
        addressed: &AddressedTenant,
        credentials: Credentials<'_>,
    ) -> Result<Authentication> {
        self.identify(source, addressed, Precedence::Tenant, credentials)
            .await
            .map(Authentication::from)
    }

    /// The same as [`Directory::authenticate`], but tells good credentials of operators and resellers from wrong ones also where they do
    /// not lead to the tenant, and tries names as `precedence` says.
    ///
    /// # Errors
    /// Those of [`Directory::authenticate`].
    pub async fn identify(
        &self,
        source: Source,
        addressed: &AddressedTenant,
        precedence: Precedence,
        credentials: Credentials<'_>,
    ) -> Result<Identification> {
        let showing = Showing {
            credentials,
            addressed,
            precedence,
        };
        let (known, remembering) = self.admitted(&showing).await?;
        if let Some(known) = known {
            return Ok(known);
        }
        // on the heap, so that those who are known do not carry what is needed for others
        let looking_up = Box::pin(self.look_up(source, addressed, precedence, credentials));
        let (identification, lasting) = looking_up.await?;
        if let Some(lasting) = lasting {
            remembering.good(&identification, lasting);
        }
        Ok(identification)
    }

    /// What credentials come to, by the directory's rows; and what else that depends on if they are good and it is worth to be remembered.
    async fn look_up(
        &self,
        source: Source,
        addressed: &AddressedTenant,
        precedence: Precedence,
        credentials: Credentials<'_>,
    ) -> Result<(Identification, Option<Lasting>)> {
        let (tenant, named) = (addressed.tenant.clone(), addressed.named);
        let secret = match credentials {
            Credentials::Password { password, .. } => password,
            Credentials::Token(token) => token,
        };
        let login = match credentials {
            Credentials::Password { login, .. } => {
                Some(Search::new(login, tenant.as_deref(), precedence))
            }
            Credentials::Token(_) => None,
        };
        let token = BySecret {
            hash: Secret::hash(secret),
        };
        let seen = match &self.inner.by_secret {
            Some(by_secret) => Some(by_secret.read(&token).await?),
            None => None,
        };
        let sight = FirstSight {
            token,
            seen,
            login: login.as_ref(),
        };
        match (self.read(&sight).await?, credentials) {
            (Sight::Token(token), _) => self.by_token(tenant, named, credentials, *token).await,
            (Sight::Name(found), Credentials::Password { login, password }) => {
                let guess = self.inner.throttle.as_ref().map(|throttle| {
                    Guess::new(
                        throttle,
                        &self.inner.clock,
                        source,
                        login,
                        tenant.as_deref(),
                    )
                });
                self.by_password(tenant, named, *found, Shown { password, guess })
                    .await
            }
            (Sight::Name(_), Credentials::Token(_)) | (Sight::Nothing, _) => Ok(REFUSED),
        }
    }

    /// Closes the sessions of a user, or of all users of a tenant, on this node: their passwords, remembered since they were last
    /// verified, are forgotten and cost a hash when they are shown next. Gives an id of each that was closed.
    #[must_use]
    pub fn close_sessions(&self, tenant: TenantId, user: Option<UserNumber>) -> Vec<u128> {
        self.inner
            .verified
            .forget(tenant, user, self.now())
            .iter()
            .filter_map(|fingerprint| fingerprint.first_chunk().copied())
            .map(u128::from_be_bytes)
            .collect()
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
        SeenToken {
            token,
            owner,
            is_named,
        }: SeenToken,
    ) -> Result<(Identification, Option<Lasting>)> {
        let same = tenant
            .as_ref()
            .is_some_and(|tenant| tenant.id == token.tenant);
        if owner.tenant.suspended || token.wiped_at.is_some() {
            return Ok(REFUSED);
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
                let known = Identification::Known {
                    actor: Arc::new(actor),
                    tenant: Some(Arc::new(owner.tenant)),
                    group_administrator: false,
                };
                Ok((known, Some(Lasting::Always)))
            }
            (TokenKind::AppPassword(_), Some((user, standing)), _) if user.enabled => {
                let shown = match credentials {
                    Credentials::Token(_) => same,
                    Credentials::Password { login, .. } => {
                        let (_, realm) = Realm::split(login);
                        let here = match realm {
                            Realm::Here => same,
                            Realm::Tenant(slug) => {
                                (same || (!named && tenant.is_some()))
                                    && Slug::parse(&slug)
                                        .is_ok_and(|slug| slug.key() == owner.tenant.slug.key())
                            }
                            Realm::Deployment => false,
                        };
                        here && is_named
                    }
                };
                if !shown {
                    return Ok(REFUSED);
                }
                let lasting = Lasting::SignedIn(user.last_login_at);
                let known = self
                    .accept(
                        Some(Arc::new(owner.tenant)),
                        *user,
                        standing,
                        (token.scope, Via::AppPassword(token.id)),
                    )
                    .await?;
                Ok((known, Some(lasting)))
            }
            _ => Ok(REFUSED),
        }
    }

    async fn by_password(
        &self,
        tenant: Option<Arc<Tenant>>,
        named: bool,
        found: Found<'_>,
        shown: Shown<'_>,
    ) -> Result<(Identification, Option<Lasting>)> {
        let Found {
            names_tenant,
            tenant: beside_login,
            candidate,
            rest,
        } = found;
        let password = shown.password;
        // a login with its tenant names the tenant where nothing else does
        let tenant = if names_tenant && !named {
            beside_login.map(Arc::new)
        } else {
            tenant
        };
        match self
            .password_is(candidate.as_ref(), tenant.as_deref(), shown, &rest)
            .await?
        {
            Ok(true) => {}
            Ok(false) => return Ok(REFUSED),
            Err(Refused { retry_after }) => {
                return Ok((Identification::Throttled { retry_after }, None));
            }
        }
        match candidate {
            Some(Candidate::User(user)) => {
                self.renew_hash(&user, password).await;
                let standing = self.read(&StandingOf { user: &user }).await?;
                let rights = (TokenScope::Operator, Via::Password);
                let lasting = user.password_hash.as_deref().map(|stored| {
                    let verified = &self.inner.verified;
                    let fingerprint =
                        verified.fingerprint(user.tenant, user.number, password, stored);
                    Lasting::Verified(user.last_login_at, fingerprint)
                });
                let known = self.accept(tenant, *user, standing, rights).await?;
                Ok((known, lasting))
            }
            Some(Candidate::Reseller(reseller)) => {
                // asked for a tenant that does not exist too, so that it costs what another's does
                let owns = Owns {
                    reseller: &reseller,
                    tenant: tenant.as_ref().map_or(NO_TENANT, |tenant| tenant.id),
                };
                let owns = self.read(&owns).await?;
                let actor = Actor {
                    kind: ActorKind::Reseller {
                        id: reseller.id,
                        name: reseller.name,
                    },
                    scope: TokenScope::Admin,
                    via: Via::Password,
                };
                let known = Identification::Known {
                    actor: Arc::new(actor),
                    tenant: tenant.filter(|tenant| owns && !tenant.suspended),
                    group_administrator: false,
                };
                Ok((known, None))
            }
            None => Ok(REFUSED),
        }
    }

    /// Whether a password is the candidate's: from memory if it was verified a while ago, else by one hash, whoever was found, if the
    /// throttle lets it. Users that may not log in to the tenant are refused at the same cost, right or wrong.
    async fn password_is(
        &self,
        candidate: Option<&Candidate>,
        tenant: Option<&Tenant>,
        Shown { password, guess }: Shown<'_>,
        rest: &Rest<'_>,
    ) -> Result<Result<bool, Refused>> {
        let (tenant, number, stored) = match candidate {
            Some(Candidate::User(user)) if may_log_in(user, tenant) => {
                (user.tenant, user.number, user.password_hash.clone())
            }
            // resellers share the space of fingerprints with the users of no tenant
            Some(Candidate::Reseller(reseller)) => (
                NO_TENANT,
                UserNumber(reseller.id.0),
                reseller.password_hash.clone(),
            ),
            Some(Candidate::User(_)) | None => (NO_TENANT, UserNumber(0), None),
        };
        let verified = &self.inner.verified;
        let fingerprint = stored
            .as_deref()
            .map(|stored| verified.fingerprint(tenant, number, password, stored));
        if let Some(fingerprint) = &fingerprint
            && verified.contains(fingerprint, self.now())
        {
            return Ok(Ok(true));
        }
        // before the throttle, so that its refusal costs the same whoever was found
        self.read(rest).await?;
        if let Some(guess) = &guess
            && let Err(refused) = guess.wait().await
        {
            return Ok(Err(refused));
        }
        let (verified, clock) = (Arc::clone(verified), Arc::clone(&self.inner.clock));
        let password = password.to_owned();
        self.inner
            .hasher
            .run(move |hashing| {
                // clients open many connections at once; one hash is enough for all of them
                if let Some(fingerprint) = &fingerprint
                    && verified.contains(fingerprint, clock.now())
                {
                    return Ok(true);
                }
                let is_right = || hashing.verify(&password, stored.as_deref());
                let right = match guess {
                    Some(guess) => guess.decide(is_right)?,
                    None => is_right(),
                };
                if right && let Some(fingerprint) = fingerprint {
                    verified.insert(fingerprint, tenant, number, clock.now());
                }
                Ok(right)
            })
            .await
    }

    async fn accept(
        &self,
        tenant: Option<Arc<Tenant>>,
        user: User,
        standing: Standing,
        (scope, via): (TokenScope, Via),
    ) -> Result<Identification> {
        let actor = Arc::new(Actor {
            kind: ActorKind::Account(Account {
                tenant: user.tenant,
                number: user.number,
                login: user.login.as_str().to_owned(),
                administrator: standing.administrator,
                operator: user.operator,
            }),
            scope,
            via,
        });
        if is_due(user.last_login_at, self.now()) {
            let home = match &tenant {
                Some(tenant) if user.tenant == tenant.id => Arc::clone(tenant),
                Some(_) | None => match self.tenant_by_id(user.tenant).await? {
                    Some(home) => Arc::new(home),
                    None => return Ok(Identification::Refused),
                },
            };
            let context = self.context(Arc::clone(&actor), home, "")?;
            let noted = self.execute(context, RecordSignIn { user: user.number });
            match noted.await {
                // it was deleted meanwhile
                Err(Error::Unknown(Noun::User)) => return Ok(Identification::Refused),
                noted => noted?,
            }
        }
        Ok(Identification::Known {
            actor,
            tenant,
            group_administrator: standing.group_administrator,
        })
    }
}

/// A password that was shown, and the guess that it is unless it is remembered.
struct Shown<'a> {
    password: &'a str,
    guess: Option<Guess>,
}

/// All that can be known before a password is looked at, in one read: tokens are shown at every request.
struct FirstSight<'a> {
    token: BySecret,
    /// What the secret came to, where that was asked together with others.
    seen: Option<Option<(Token, Owner)>>,
    /// Where the name that came with the secret is looked for, if one did and the secret is no token's.
    login: Option<&'a Search<'a>>,
}

/// What was seen.
enum Sight<'a> {
    Token(Box<SeenToken>),
    Name(Box<Found<'a>>),
    Nothing,
}

/// A token that is there.
struct SeenToken {
    token: Token,
    owner: Owner,
    /// Whether the name that came with it is its user's.
    is_named: bool,
}

impl<'a> Read for FirstSight<'a> {
    type Output = Sight<'a>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Sight<'a>> {
        let token = match &self.seen {
            Some(seen) => seen.clone(),
            None => self.token.run(tx).await?,
        };
        let Some((token, owner)) = token else {
            return match self.login {
                Some(search) => Ok(Sight::Name(Box::new(search.run(tx).await?))),
                None => Ok(Sight::Nothing),
            };
        };
        let is_named = match (&owner.user, self.login) {
            (Some((user, _)), Some(search)) => search.is_name_of(tx, user).await?,
            _ => false,
        };
        Ok(Sight::Token(Box::new(SeenToken {
            token,
            owner,
            is_named,
        })))
    }
}

/// The tenant of a token, and its user if it has one.
#[derive(Clone)]
pub(crate) struct Owner {
    pub(super) tenant: Tenant,
    pub(super) user: Option<(Box<User>, Standing)>,
}

/// The token with this secret, whether it opens anything or not.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct BySecret {
    pub(super) hash: [u8; 32],
}

impl Read for BySecret {
    type Output = Option<(Token, Owner)>;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Self::Output> {
        let Some((token, tenant)) = tokens::by_secret(tx, &self.hash).await? else {
            return Ok(None);
        };
        let user = match token.kind {
            TokenKind::ApiKey => None,
            TokenKind::AppPassword(number) => users::with_standing(tx, token.tenant, number)
                .await?
                .map(|(user, standing)| (Box::new(user), standing)),
        };
        Ok(Some((token, Owner { tenant, user })))
    }
}

struct Owns<'a> {
    reseller: &'a Reseller,
    tenant: TenantId,
}

impl Read for Owns<'_> {
    type Output = bool;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<bool> {
        resellers::has(tx, self.reseller.id, self.tenant).await
    }
}

/// How a user stands in its tenant.
struct StandingOf<'a> {
    user: &'a User,
}

impl Read for StandingOf<'_> {
    type Output = Standing;
    const BRIEF: bool = true;

    async fn run(&self, tx: &mut Tx) -> Result<Standing> {
        users::standing(tx, self.user.tenant, self.user.number).await
    }
}

/// Whether a user may log in for a request to this tenant. Operators may everywhere, also where a tenant is suspended or not there.
fn may_log_in(user: &User, tenant: Option<&Tenant>) -> bool {
    let here = || tenant.is_some_and(|tenant| user.tenant == tenant.id && !tenant.suspended);
    user.enabled && (user.operator || here())
}
