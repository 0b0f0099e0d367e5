//! The way of a request to its method.

use crate::{
    answer::Answer,
    call::{Call, Reply},
    envelope::Envelope,
    key,
    methods::{self, Method},
    params::{Params, shortened},
    refusal::refuse,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method as HttpMethod, Response, Uri, header},
};
use provost_directory::Directory;
use provost_http::{
    Beginning, BodyLimits, Handler, RawPath, TenantPath, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
    read_body,
};
use provost_model::{Slug, Tenant};
use serde_json::Value;
use std::sync::Arc;

/// The dialect's path.
const PATH: [&str; 1] = ["oneoffice"];

/// What the dialect has to be told.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The URL under which clients reach the server, without a slash at its end; without one the host of the request is taken for it.
    pub public_url: Option<String>,
}

#[derive(Clone)]
struct Gate {
    directory: Directory,
    settings: Arc<Settings>,
}

/// Whether the dialect answers this path.
#[must_use]
pub fn serves(path: Beginning<'_>) -> bool {
    path.is(&PATH)
}

/// The dialect's answers for all paths that it serves.
pub fn handler(directory: Directory, settings: Settings) -> Handler {
    let gate = Gate {
        directory,
        settings: Arc::new(settings),
    };
    Handler::new(move |request| answer(gate.clone(), request))
}

/// The dialect's answer to a request that no method could answer.
#[must_use]
pub fn failure(failure: Failure, _request: &FailedRequest) -> Response<Body> {
    match failure {
        Failure::Panicked => Answer::internal_error(),
        Failure::TimedOut => Answer::unavailable(),
    }
    .render()
}

async fn answer(gate: Gate, request: Request) -> Response<Body> {
    let mut label = RouteLabel("/oneoffice");
    let mut response = match gate.pass(request, &mut label).await {
        Ok(Reply::Answer(answer)) | Err(answer) => answer.render(),
        Ok(Reply::Streamed(response)) => response,
    };
    response.extensions_mut().insert(label);
    response
}

impl Gate {
    async fn pass(self, request: Request, label: &mut RouteLabel) -> Result<Reply, Answer> {
        let (parts, body) = request.into_parts();
        let path = RawPath::parse(parts.uri.path()).map_err(|_| Answer::not_found())?;
        let TenantPath { slug, rest } = TenantPath::split(path);
        if rest.segments() != PATH {
            return Err(Answer::not_found());
        }
        if !matches!(parts.method, HttpMethod::GET | HttpMethod::POST) {
            return Err(Answer::method_not_allowed());
        }
        let host = host_name(&parts.uri, &parts.headers);
        let addressed = self
            .directory
            .addressed_tenant(slug.as_deref(), host.as_deref())
            .await
            .map_err(refuse)?;
        let source = SourceAddress::of(&parts.extensions).into();
        let (actor, tenant) =
            key::authenticate(&self.directory, source, addressed, &parts.headers).await?;
        let body = read_body(body, BodyLimits::default())
            .await
            .map_err(|error| Answer::refused(error.to_string()))?;
        let Envelope { method, params } = Envelope::read(&body)?;
        let Some(method) = Method::find(&method) else {
            let name = shortened(&method);
            return Err(Answer::refused(format!("method {name} is not known")));
        };
        *label = RouteLabel(method.label);
        check_instance(&params, &tenant)?;
        if !actor.scope.includes(method.scope) {
            return Err(methods::scope_is_too_small());
        }
        let call = Call {
            context: self
                .directory
                .context(actor, tenant, RequestId::current())
                .map_err(refuse)?,
            directory: self.directory,
            params: Arc::new(params),
            base_url: base_url(&self.settings, &parts.uri, &parts.headers),
        };
        (method.run)(&call).await
    }
}

/// Refuses an instance that is not the key's; whether there is such a one is not asked.
fn check_instance(params: &Params, tenant: &Tenant) -> Result<(), Answer> {
    if matches!(params.value("instance"), None | Some(Value::Null)) {
        return Ok(());
    }
    let instance = params.id("instance")?;
    match Slug::parse(&instance) {
        Ok(slug) if slug.key() == tenant.slug.key() => Ok(()),
        _ => Err(Answer::unauthorised("the API key is not for this instance")),
    }
}

/// The URL of this server as its clients know it.
fn base_url(settings: &Settings, uri: &Uri, headers: &HeaderMap) -> String {
    if let Some(url) = &settings.public_url {
        return url.clone();
    }
    let host = match uri.authority() {
        Some(authority) => authority.as_str(),
        None => headers
            .get(header::HOST)
            .and_then(|host| host.to_str().ok())
            .unwrap_or("localhost"),
    };
    format!("http://{host}")
}
