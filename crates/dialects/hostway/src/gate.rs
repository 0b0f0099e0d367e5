//! The way of a request to its operation.

use crate::{
    access,
    call::{Call, Target},
    refusal::refuse,
    routes::{self, Found, Route},
    wire::{Answer, Links},
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, Response, Uri, header, request::Parts},
};
use provost_directory::{
    Credentials, Directory, Finding, Identification, Precedence,
    queries::{AccountAndDomain, AddressedTenant},
};
use provost_http::{
    Authorization, Beginning, BodyLimits, BodyReadError, Handler, RawPath, TenantPath, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
    read_body,
};
use provost_model::{DomainName, Tenant, TenantId};
use std::sync::Arc;

/// Where the dialect is served.
const PREFIXES: [&[&str]; 3] = [&["accounts"], &["email"], &["sso"]];

/// What a site may choose of the dialect.
#[derive(Clone, Debug, Default)]
pub struct HostwaySettings {
    /// The URL under which clients reach the server, without a slash at its end; where there is none, links name the host that the request
    /// was sent to.
    pub public_url: Option<String>,
    /// Whether links have a `location` beside their `href`.
    pub link_location: bool,
}

/// What all requests share.
#[derive(Clone)]
struct Gate {
    directory: Directory,
    settings: Arc<HostwaySettings>,
}

/// Whether the dialect answers this path.
#[must_use]
pub fn serves(path: Beginning<'_>) -> bool {
    PREFIXES.iter().any(|prefix| path.is(prefix))
}

/// The dialect's answers for all paths that it serves.
pub fn handler(directory: Directory, settings: HostwaySettings) -> Handler {
    let gate = Gate {
        directory,
        settings: Arc::new(settings),
    };
    Handler::new(move |request| answer(gate.clone(), request))
}

/// The dialect's answer to a request that no operation could answer.
#[must_use]
pub fn failure(failure: Failure, _request: &FailedRequest) -> Response<Body> {
    match failure {
        Failure::Panicked => Answer::internal_error(),
        Failure::TimedOut => Answer::unavailable(),
    }
    .render()
}

async fn answer(gate: Gate, request: Request) -> Response<Body> {
    let Ok(path) = RawPath::parse(request.uri().path()) else {
        return Answer::unknown_path().render();
    };
    let TenantPath { slug, rest } = TenantPath::split(path);
    let (route, ids) = match routes::find(request.method(), &rest.segments()) {
        Found::Nothing => return Answer::unknown_path().render(),
        Found::OtherMethods(methods) => return Answer::method_not_allowed(&methods).render(),
        Found::Operation(route, ids) => (route, ids),
    };
    let addressed = Addressed { slug, rest, ids };
    let answer = gate.pass(route, addressed, request).await;
    let mut response = answer.unwrap_or_else(|refusal| refusal).render();
    // refused or not: the path holds the names of mailboxes
    response.extensions_mut().insert(RouteLabel(route.pattern));
    response
}

/// What a request's path says.
struct Addressed {
    /// The slug of the tenant in front of the dialect's own path.
    slug: Option<String>,
    /// The dialect's own path.
    rest: RawPath,
    /// The ids in it.
    ids: Vec<String>,
}

impl Gate {
    async fn pass(
        self,
        route: &Route,
        addressed: Addressed,
        request: Request,
    ) -> Result<Answer, Answer> {
        let (parts, body) = request.into_parts();
        let Addressed { slug, rest, ids } = addressed;
        let place = Place::of(route, &ids);
        let authorization = Authorization::parse(&parts.headers);
        let credentials = credentials(&authorization)?;
        let asked = self.asked(slug.as_deref(), &place, &parts, credentials);
        let (tenant, asked) = asked.await.map_err(refuse)?;
        let identification = self
            .directory
            .identify(
                SourceAddress::of(&parts.extensions).into(),
                &tenant,
                Precedence::Tenant,
                credentials,
            )
            .await
            .map_err(refuse)?;
        let owner = asked.and_then(|asked| asked.good_for(&identification));
        let (actor, tenant) = match identification {
            Identification::Known { actor, tenant, .. } => (actor, tenant),
            Identification::Refused => return Err(Answer::unauthorized()),
            Identification::Throttled { retry_after } => {
                return Err(Answer::throttled(retry_after));
            }
        };
        let Some(tenant) = tenant else {
            // only operators and resellers learn that there is no such account
            return Err(match place {
                Place::Account { .. } => Answer::unknown("account"),
                Place::Domain(_) | Place::Key => Answer::unauthorized(),
            });
        };
        access::check(route.access, &parts.method, &actor, tenant.id)?;
        let target = target(&place, owner, &tenant)?;
        let body = match parts.method {
            Method::GET | Method::DELETE => bytes::Bytes::new(),
            _ => read_body(body, BodyLimits::default())
                .await
                .map_err(unread)?,
        };
        let links = Links {
            base: self.base(&parts.uri, &parts.headers),
            location: self.settings.link_location,
        };
        let call = Call {
            context: self
                .directory
                .context(actor, tenant, RequestId::current())
                .map_err(refuse)?,
            directory: self.directory,
            by_owner: route.access == access::Access::Owner,
            target,
            itself: links.to(&rest.segments()),
            links,
            ids,
            body,
            query: parts.uri.query().unwrap_or_default().to_owned(),
        };
        (route.operation)(&call).await
    }

    /// The tenant that a request is for, and whether it names it; and what its path names, where that is in the directory. Whether there is one
    /// or not takes the same statements.
    async fn asked(
        &self,
        slug: Option<&str>,
        place: &Place<'_>,
        parts: &Parts,
        credentials: Credentials<'_>,
    ) -> provost_model::Result<(AddressedTenant, Option<Asked>)> {
        let directory = &self.directory;
        let (account, domain) = match place {
            Place::Account { account, domain } => (Some(*account), domain.as_ref()),
            Place::Domain(domain) => (None, domain.as_ref()),
            Place::Key => {
                let host = host_name(&parts.uri, &parts.headers);
                let tenant = directory.addressed_tenant(slug, host.as_deref()).await?;
                return Ok((tenant, None));
            }
        };
        let words = [
            account.map_or("hostway domain", |_| "hostway account"),
            account.unwrap_or_default(),
            domain.map_or("", DomainName::as_str),
        ];
        let (found, finding) = directory.found_before(&words, credentials).await?;
        let found = match (found, account) {
            (Some(found), _) => found,
            (None, Some(account)) => Arc::new(directory.account_and_domain(account, domain).await?),
            (None, None) => Arc::new(AccountAndDomain {
                account: directory.tenant_by_domain(domain).await?.map(Arc::new),
                owner: None,
            }),
        };
        let agrees = |tenant: &Arc<Tenant>| {
            slug.is_none_or(|slug| provost_model::fold(slug) == tenant.slug.key())
        };
        let tenant = finding.named(found.account.clone().filter(agrees));
        Ok((tenant, Some(Asked { found, finding })))
    }

    /// Where links begin.
    fn base(&self, uri: &Uri, headers: &HeaderMap) -> String {
        if let Some(url) = &self.settings.public_url {
            return url.clone();
        }
        let authority = match uri.authority() {
            Some(authority) => Some(authority.as_str()),
            None => headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok()),
        };
        // a host that is none is not repeated
        match host_name(uri, headers).and(authority) {
            Some(authority) => format!("http://{authority}"),
            None => "http://localhost".to_owned(),
        }
    }
}

/// What the path of a request names.
struct Asked {
    found: Arc<AccountAndDomain>,
    finding: Finding,
}

impl Asked {
    /// Remembers it if the credentials were good, and gives whose the domain is that is named beside an account.
    fn good_for(self, identification: &Identification) -> Option<TenantId> {
        let owner = self.found.owner;
        self.finding.remember(identification, self.found);
        owner
    }
}

/// What the request shows.
fn credentials(authorization: &Authorization) -> Result<Credentials<'_>, Answer> {
    match authorization {
        Authorization::None | Authorization::Unusable => Err(Answer::unauthorized()),
        Authorization::Basic { login, password } => Ok(Credentials::Password {
            login,
            password: password.expose(),
        }),
        Authorization::Bearer(token) => Ok(Credentials::Token(token.expose())),
    }
}

/// What a call is about: the domain of the path, which has to be the tenant's.
fn target(place: &Place<'_>, owner: Option<TenantId>, tenant: &Tenant) -> Result<Target, Answer> {
    let domain = match place {
        Place::Key => return Ok(Target::Tenant),
        // its owner was the tenant that was looked for
        Place::Domain(domain) => domain.clone(),
        Place::Account { domain, .. } => domain.clone().filter(|_| owner == Some(tenant.id)),
    };
    domain
        .map(Target::Domain)
        .ok_or_else(|| Answer::unknown("domain"))
}

/// What a path names.
enum Place<'a> {
    /// An account and a domain.
    Account {
        account: &'a str,
        domain: Option<DomainName>,
    },
    /// A domain alone.
    Domain(Option<DomainName>),
    /// Nothing: the key that is shown tells.
    Key,
}

impl<'a> Place<'a> {
    fn of(route: &Route, ids: &'a [String]) -> Self {
        let text = |nth: usize| ids.get(nth).map_or("", String::as_str);
        let domain = |nth: usize| DomainName::parse(text(nth)).ok();
        match route.access {
            access::Access::Owner => Self::Account {
                account: text(0),
                domain: domain(1),
            },
            access::Access::Mailbox => Self::Domain(domain(0)),
            access::Access::Key => Self::Key,
        }
    }
}

fn unread(error: BodyReadError) -> Answer {
    tracing::debug!(%error, "a body was not read");
    match error {
        BodyReadError::TooLarge => Answer::too_large(),
        BodyReadError::TooSlow | BodyReadError::Interrupted => {
            Answer::bad("body", "The body did not arrive")
        }
    }
}
