//! The way of a request to its operation.

use crate::{
    access,
    call::{Call, Reply},
    edit_limits::EditLimits,
    refusal::refuse,
    resources::discovery::{self, Visit},
    routes::{self, Found},
    wire::{Answer, Format, Version},
};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, Response, Uri,
        header::{ACCEPT, USER_AGENT},
    },
};
use provost_directory::{Authentication, Credentials, Directory, Source, queries::AddressedTenant};
use provost_http::{
    Authorization, Body as ParsedBody, BodyLimits, BodyReadError, Map, Param, Parameters, RawPath,
    TenantPath, accepts_json, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
    params::parse_form,
    read_body,
};
use provost_model::{Error, Result, Tenant};
use std::sync::Arc;

/// The dialect's answers for all paths; mount it where no other dialect answers.
pub fn router(directory: Directory) -> Router {
    Router::new().fallback(answer).with_state(Dialect {
        directory,
        edit_limits: Arc::default(),
    })
}

/// The answer in the dialect's envelope to a request of its own that no operation could answer; nothing for requests of others.
#[must_use]
pub fn failure(failure: Failure, request: &FailedRequest) -> Option<Response<Body>> {
    let addressed = Addressed::read(&request.uri, &request.headers()).ok()?;
    let answer = match failure {
        Failure::Panicked => Answer::internal_error(),
        Failure::TimedOut => refuse(Error::Unavailable("a request took too long")),
    };
    Some(answer.render(addressed.version, addressed.format))
}

/// What requests share.
#[derive(Clone)]
struct Dialect {
    directory: Directory,
    edit_limits: Arc<EditLimits>,
}

async fn answer(State(dialect): State<Dialect>, request: Request) -> Response<Body> {
    if let Some(document) = discovery::document(request.uri().path()) {
        return document;
    }
    let addressed = match Addressed::read(request.uri(), request.headers()) {
        Ok(addressed) => addressed,
        Err(answer) => return answer.render(Version::V2, Format::Xml),
    };
    let (version, format) = (addressed.version, addressed.format);
    let gate = Gate {
        directory: dialect.directory,
        edit_limits: dialect.edit_limits,
        addressed,
    };
    match gate.pass(request).await {
        Ok(response) => response,
        Err(answer) => answer.render(version, format),
    }
}

/// What a request's target says.
struct Addressed {
    /// The slug of the tenant that the path names.
    slug: Option<String>,
    /// The path after that.
    path: RawPath,
    version: Version,
    format: Format,
    query: Map,
}

impl Addressed {
    fn read(uri: &Uri, headers: &HeaderMap) -> Result<Self, Answer> {
        let path = RawPath::parse(uri.path()).map_err(|_| Answer::bad_request())?;
        let TenantPath { slug, rest } = TenantPath::split(path);
        let version = match rest.segments().as_slice() {
            ["ocs", "v1.php", ..] => Version::V1,
            ["ocs", "v2.php", ..] => Version::V2,
            _ => return Err(Answer::not_found()),
        };
        let query = parse_form(uri.query().unwrap_or_default().as_bytes())
            .map_err(|_| Answer::bad_request())?;
        Ok(Self {
            slug,
            path: rest,
            version,
            format: format(headers, &query),
            query,
        })
    }
}

/// `format` goes before `Accept`; it is compared exactly, and an unknown one means XML.
fn format(headers: &HeaderMap, query: &Map) -> Format {
    match query.get("format") {
        Some(Param::Text(format)) if format == "json" => Format::Json,
        Some(Param::Text(format)) if !format.is_empty() => Format::Xml,
        Some(_) | None if accepts_json(headers) => Format::Json,
        Some(_) | None => Format::Xml,
    }
}

struct Gate {
    directory: Directory,
    edit_limits: Arc<EditLimits>,
    addressed: Addressed,
}

impl Gate {
    async fn pass(self, request: Request) -> Result<Response<Body>, Answer> {
        let Addressed {
            slug,
            path,
            version,
            format,
            query,
        } = self.addressed;
        let (parts, body) = request.into_parts();
        let host = host_name(&parts.uri, &parts.headers);
        let named = self
            .directory
            .addressed_tenant(slug.as_deref(), host.as_deref())
            .await
            .map_err(refuse)?;
        let host = host.unwrap_or_else(|| "localhost".to_owned());
        let authorization = Authorization::parse(&parts.headers);
        let bearer = matches!(authorization, Authorization::Bearer(_));
        let source = SourceAddress::of(&parts.extensions).into();
        let accepted = authenticate(&self.directory, source, &named, &authorization).await?;
        let segments = path.segments();
        let found = routes::find(&parts.method, &segments[2..]);
        let (route, ids) = match found {
            Found::Nothing => return Err(Answer::unknown_route()),
            Found::OtherMethods => return Err(Answer::method_not_allowed()),
            Found::Public(_) | Found::Operation(..) if path.trailing_slash() => {
                return Err(Answer::unknown_route());
            }
            Found::Public(route) => {
                check_csrf(&parts.headers, bearer)?;
                let visit = Visit {
                    host,
                    tenant: accepted.map(|(_, tenant, _)| tenant),
                };
                let mut response = (route.operation)(&visit).render(version, format);
                response.extensions_mut().insert(RouteLabel(route.pattern));
                return Ok(response);
            }
            Found::Operation(route, ids) => (route, ids),
        };
        let Some((actor, tenant, group_administrator)) = accepted else {
            return Err(not_logged_in(&parts.headers));
        };
        check_csrf(&parts.headers, bearer)?;
        access::check(route.access, &actor, tenant.id, group_administrator)?;
        access::confirm(route.confirmation, &actor, bearer)?;
        let body = read_body(body, BodyLimits::default())
            .await
            .map_err(unread)?;
        // broken JSON reads as no parameters at all, as on the real server: what needs none goes on
        let body = ParsedBody::parse(&parts.method, &parts.headers, &body).parameters;
        let request = parts
            .extensions
            .get::<RequestId>()
            .map_or("", RequestId::as_str);
        let call = Call {
            context: self
                .directory
                .context(actor, tenant, request)
                .map_err(refuse)?,
            directory: self.directory,
            edit_limits: self.edit_limits,
            version,
            format,
            authorization,
            host,
            client: client(&parts.headers),
            ids,
            parameters: Parameters::merge(&[], body, query),
        };
        let mut response = match (route.operation)(&call).await? {
            Reply::Answer(answer) => answer.render(version, format),
            Reply::Streamed(response) => response,
        };
        response.extensions_mut().insert(RouteLabel(route.pattern));
        Ok(response)
    }
}

/// Who calls; none if nobody says so. Wrong credentials are refused wherever they are shown.
async fn authenticate(
    directory: &Directory,
    source: Source,
    named: &AddressedTenant,
    authorization: &Authorization,
) -> Result<Option<(Arc<provost_directory::Actor>, Arc<Tenant>, bool)>, Answer> {
    let credentials = match authorization {
        Authorization::None | Authorization::Unusable => return Ok(None),
        // the real server takes an empty part for no login
        Authorization::Basic { login, password }
            if login.is_empty() || password.expose().is_empty() =>
        {
            return Ok(None);
        }
        Authorization::Basic { login, password } => Credentials::Password {
            login,
            password: password.expose(),
        },
        Authorization::Bearer(token) => Credentials::Token(token.expose()),
    };
    let outcome = directory
        .authenticate(source, named.tenant.clone(), named.named, credentials)
        .await
        .map_err(refuse)?;
    match (outcome, credentials) {
        (
            Authentication::Accepted {
                actor,
                tenant,
                group_administrator,
            },
            _,
        ) => Ok(Some((actor, tenant, group_administrator))),
        (Authentication::Refused, Credentials::Token(_)) => Ok(None),
        (Authentication::Refused, Credentials::Password { .. }) => Err(Answer::unauthorised()),
        (Authentication::Throttled { retry_after }, _) => Err(Answer::throttled(retry_after)),
    }
}

/// Asks for the header that shows that no foreign web page sent the request; no page can send a bearer token.
fn check_csrf(headers: &HeaderMap, bearer: bool) -> Result<(), Answer> {
    let shown = headers
        .get("OCS-APIRequest")
        .is_some_and(|value| !value.is_empty());
    if bearer || shown {
        Ok(())
    } else {
        Err(Answer::csrf())
    }
}

/// What the client calls itself, as far as it is printable, cut short.
fn client(headers: &HeaderMap) -> String {
    const MAX_CHARACTERS: usize = 120;
    headers
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
        .chars()
        .take(MAX_CHARACTERS)
        .collect()
}

/// Browsers are sent to the server's front page, everybody else is told.
fn not_logged_in(headers: &HeaderMap) -> Answer {
    let browser = headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.starts_with("text/html"));
    if browser {
        Answer::see_other(HeaderValue::from_static("/"))
    } else {
        Answer::not_logged_in()
    }
}

fn unread(error: BodyReadError) -> Answer {
    tracing::debug!(%error, "a body was not read");
    match error {
        BodyReadError::TooLarge => Answer::failure(413, "The body is too large"),
        BodyReadError::TooSlow => Answer::failure(408, "The body took too long"),
        BodyReadError::Interrupted => Answer::bad_request(),
    }
}
