//! The way of a request to its operation.

use crate::{
    access,
    call::{Call, Reply},
    edit_limits::EditLimits,
    flavour::Habits,
    refusal::refuse,
    resources::{
        device_wipe,
        discovery::{self, Visit},
    },
    routes::{self, Found},
    wire::{Answer, Format, Style, Version},
};
use axum::{
    body::Body,
    extract::Request,
    http::{
        HeaderMap, HeaderValue, Method, Response, Uri,
        header::{ACCEPT, USER_AGENT},
        request::Parts,
    },
};
use provost_directory::{
    Authentication, Credentials, Directory, Source, WelcomeMailer, queries::AddressedTenant,
};
use provost_http::{
    Authorization, Body as ParsedBody, BodyLimits, BodyReadError, Handler, Map, Param, Parameters,
    RawPath, TenantPath, accepts_json, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
    params::parse_form,
    read_body,
};
use provost_model::{Error, Flavour, Result, Tenant};
use std::sync::Arc;

/// The dialect's answers for all paths; it comes where no other dialect answers. `mailer` sends welcome mails; none if no mail server is
/// set up.
pub fn handler(directory: Directory, mailer: Option<Arc<dyn WelcomeMailer>>) -> Handler {
    let dialect = Dialect {
        directory,
        mailer,
        edit_limits: Arc::default(),
    };
    Handler::new(move |request| answer(dialect.clone(), request))
}

/// The answer in the dialect's envelope to a request of its own that no operation could answer; nothing for requests of others.
#[must_use]
pub fn failure(failure: Failure, request: &FailedRequest) -> Option<Response<Body>> {
    let target = TenantPath::split(RawPath::parse(request.uri.path()).ok()?);
    let version = Version::of(&target.rest.segments());
    let addressed = Addressed::read(target, version, &request.uri, &request.headers()).ok()?;
    let answer = match failure {
        Failure::Panicked => Answer::internal_error(),
        Failure::TimedOut => refuse(Error::Unavailable("a request took too long")),
    };
    Some(answer.render(addressed.style(Flavour::default())))
}

/// What requests share.
#[derive(Clone)]
struct Dialect {
    directory: Directory,
    mailer: Option<Arc<dyn WelcomeMailer>>,
    edit_limits: Arc<EditLimits>,
}

async fn answer(dialect: Dialect, request: Request) -> Response<Body> {
    let (uri, headers) = (request.uri(), request.headers());
    let outside = |answer: Answer| answer.render(Style::new(Version::V2, Format::Xml));
    let Ok(path) = RawPath::parse(uri.path()) else {
        return outside(Answer::bad_request());
    };
    let target = TenantPath::split(path);
    let segments = target.rest.segments();
    if let Some(document) = discovery::document(&dialect.directory, &segments, uri, headers).await {
        return labelled(document, Some(RouteLabel("/status.php, /ocs-provider")));
    }
    if let Some(question) = device_wipe::question(&segments) {
        let slug = target.slug.as_deref();
        // on the heap, so that all others do not carry it
        let telling = Box::pin(device_wipe::answer(
            &dialect.directory,
            slug,
            question,
            request,
        ));
        let told = telling.await;
        return labelled(told, Some(RouteLabel("/core/wipe")));
    }
    let version = Version::of(&segments);
    let addressed = match Addressed::read(target, version, uri, headers) {
        Ok(addressed) => addressed,
        Err(answer) => return outside(answer),
    };
    let (parts, body) = request.into_parts();
    let gate = Gate { dialect, addressed };
    let admitted = match gate.admit(&parts).await {
        Ok(admitted) => admitted,
        Err(answer) => {
            let label = gate.label(&parts.method);
            let style = if answer.is_unavailable() {
                // who could not be asked for the credentials would be asked in vain, and as long, for the flavour
                gate.addressed.style(Flavour::default())
            } else {
                gate.strangers_style().await
            };
            return labelled(answer.render(style), label);
        }
    };
    let style = match &admitted.accepted {
        Some((_, tenant, _)) => gate
            .addressed
            .style(tenant.settings.flavour.unwrap_or_default()),
        None => gate.strangers_style().await,
    };
    let mut label = None;
    let passed = gate.pass(style, parts, body, admitted, &mut label).await;
    let response = passed.unwrap_or_else(|answer| answer.render(style));
    labelled(response, label)
}

/// An answer with the name of its route. Refusals have it too: paths hold logins, and who counts requests wants to know what was refused.
fn labelled(mut response: Response<Body>, label: Option<RouteLabel>) -> Response<Body> {
    if let Some(label) = label {
        response.extensions_mut().insert(label);
    }
    response
}

/// What a request's target says.
struct Addressed {
    /// The slug of the tenant that the path names.
    slug: Option<String>,
    /// The host that was asked.
    host: Option<String>,
    /// The path after that.
    path: RawPath,
    version: Version,
    /// Whether the `Accept` header asks for JSON.
    accepts_json: bool,
    query: Map,
}

impl Addressed {
    fn read(
        target: TenantPath,
        version: Option<Version>,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<Self, Answer> {
        let TenantPath { slug, rest } = target;
        let version = version.ok_or_else(Answer::not_found)?;
        let query = parse_form(uri.query().unwrap_or_default().as_bytes())
            .map_err(|_| Answer::bad_request())?;
        Ok(Self {
            slug,
            host: host_name(uri, headers),
            path: rest,
            version,
            accepts_json: accepts_json(headers),
            query,
        })
    }

    /// How the answer is written. `format` goes before `Accept`; it is compared exactly, and an unknown one means XML.
    fn style(&self, flavour: Flavour) -> Style {
        let json = match self.query.get("format") {
            Some(Param::Text(format)) if !format.is_empty() => format == "json",
            Some(_) | None => self.accepts_json && Habits::of(flavour).reads_accept,
        };
        Style {
            version: self.version,
            format: if json { Format::Json } else { Format::Xml },
            flavour,
        }
    }
}

/// The flavour for those who did not log in: that of the tenant whose host they asked, which is public, else that of the default tenant,
/// whatever the path names, so that no answer tells whether there is another.
pub(crate) async fn strangers_flavour(directory: &Directory, host: Option<&str>) -> Flavour {
    let addressed = directory.addressed_tenant(None, host).await;
    let tenant = addressed.ok().and_then(|addressed| addressed.tenant);
    tenant
        .and_then(|tenant| tenant.settings.flavour)
        .unwrap_or_default()
}

struct Gate {
    dialect: Dialect,
    addressed: Addressed,
}

/// Who was let in: the actor, the tenant that is asked for, and whether the actor administers any group.
type Accepted = (Arc<provost_directory::Actor>, Arc<Tenant>, bool);

/// What is known of a request whose credentials were looked at.
struct Admitted {
    host: String,
    authorization: Authorization,
    /// None if nobody said who it is.
    accepted: Option<Accepted>,
}

impl Gate {
    /// How those are answered who did not log in.
    async fn strangers_style(&self) -> Style {
        let host = self.addressed.host.as_deref();
        let flavour = strangers_flavour(&self.dialect.directory, host).await;
        self.addressed.style(flavour)
    }

    async fn admit(&self, parts: &Parts) -> Result<Admitted, Answer> {
        let directory = &self.dialect.directory;
        let Addressed { slug, host, .. } = &self.addressed;
        let named = directory
            .addressed_tenant(slug.as_deref(), host.as_deref())
            .await
            .map_err(refuse)?;
        let authorization = Authorization::parse(&parts.headers);
        let source = SourceAddress::of(&parts.extensions).into();
        let accepted = authenticate(directory, source, &named, &authorization).await?;
        Ok(Admitted {
            host: host.clone().unwrap_or_else(|| "localhost".to_owned()),
            authorization,
            accepted,
        })
    }

    /// The name of the route that a request is for, if there is one.
    fn label(&self, method: &Method) -> Option<RouteLabel> {
        match routes::find(method, &self.addressed.path.segments()[2..]) {
            Found::Operation(route, _) => Some(RouteLabel(route.pattern)),
            Found::Public(route) => Some(RouteLabel(route.pattern)),
            Found::Nothing | Found::OtherMethods => None,
        }
    }

    /// Answers who was let in, and tells the name of the route as soon as it is known.
    async fn pass(
        self,
        style: Style,
        parts: Parts,
        body: Body,
        admitted: Admitted,
        label: &mut Option<RouteLabel>,
    ) -> Result<Response<Body>, Answer> {
        let Addressed { path, query, .. } = self.addressed;
        let Admitted {
            host,
            authorization,
            accepted,
        } = admitted;
        let habits = Habits::of(style.flavour);
        let bearer = matches!(authorization, Authorization::Bearer(_));
        let segments = path.segments();
        let found = routes::find(&parts.method, &segments[2..]);
        let (route, ids) = match found {
            Found::Nothing => return Err(Answer::unknown_route()),
            Found::OtherMethods => return Err(Answer::method_not_allowed()),
            Found::Public(_) | Found::Operation(..) if path.trailing_slash() => {
                return Err(Answer::unknown_route());
            }
            Found::Public(route) => {
                *label = Some(RouteLabel(route.pattern));
                check_csrf(habits, &parts.headers, bearer)?;
                let visit = Visit {
                    host,
                    tenant: accepted.map(|(_, tenant, _)| tenant),
                    product: habits.product,
                };
                return Ok((route.operation)(&visit).render(style));
            }
            Found::Operation(route, ids) => (route, ids),
        };
        *label = Some(RouteLabel(route.pattern));
        let Some((actor, tenant, group_administrator)) = accepted else {
            return Err(not_logged_in(&parts.headers));
        };
        check_csrf(habits, &parts.headers, bearer)?;
        let said = |answer| (habits.said)(route.method, route.pattern, answer);
        access::check(route.access, &actor, tenant.id, group_administrator).map_err(said)?;
        access::confirm(route.confirmation, &actor, bearer)?;
        let body = read_body(body, BodyLimits::default())
            .await
            .map_err(unread)?;
        // broken JSON reads as no parameters at all, as on the real server: what needs none goes on
        let body = ParsedBody::parse(&parts.method, &parts.headers, &body).parameters;
        let Dialect {
            directory,
            mailer,
            edit_limits,
        } = self.dialect;
        let call = Call {
            context: directory
                .context(actor, tenant, RequestId::current())
                .map_err(refuse)?,
            directory,
            mailer,
            edit_limits,
            style,
            authorization,
            host,
            client: client(&parts.headers),
            ids,
            parameters: Parameters::merge(&[], body, query),
        };
        Ok(match (route.operation)(&call).await.map_err(said)? {
            Reply::Answer(answer) => said(answer).render(style),
            Reply::Streamed(response) => response,
        })
    }
}

/// Who calls; none if nobody says so. Wrong credentials are refused wherever they are shown.
async fn authenticate(
    directory: &Directory,
    source: Source,
    named: &AddressedTenant,
    authorization: &Authorization,
) -> Result<Option<Accepted>, Answer> {
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
        .authenticate(source, named, credentials)
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
fn check_csrf(habits: &Habits, headers: &HeaderMap, bearer: bool) -> Result<(), Answer> {
    let shown = headers
        .get("OCS-APIRequest")
        .is_some_and(|value| !value.is_empty());
    if bearer || shown || !habits.asks_for_header {
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
