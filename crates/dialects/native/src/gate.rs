//! The way of a request to its operation.

use crate::{
    import,
    problem::Problem,
    refusal::refuse,
    routes::{IMPORT, PREFIX},
};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, Response, request::Parts},
};
use provost_directory::{Actor, Authentication, Credentials, Directory};
use provost_http::{
    Authorization, Beginning, Handler, RawPath, TenantPath, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
};
use provost_model::{Tenant, TokenScope};
use std::sync::Arc;

/// Whether the API answers this path.
#[must_use]
pub fn serves(path: Beginning<'_>) -> bool {
    path.is(&PREFIX)
}

/// The API's answers for all paths that it serves.
pub fn handler(directory: Directory) -> Handler {
    Handler::new(move |request| answer(directory.clone(), request))
}

/// The API's answer to a request that no operation could answer.
#[must_use]
pub fn failure(failure: Failure, _request: &FailedRequest) -> Response<Body> {
    match failure {
        Failure::Panicked => Problem::internal(),
        Failure::TimedOut => Problem::unavailable(),
    }
    .render()
}

async fn answer(directory: Directory, request: Request) -> Response<Body> {
    let mut label = RouteLabel("/api/v1");
    let mut response = match pass(&directory, request, &mut label).await {
        Ok(response) => response,
        Err(problem) => problem.render(),
    };
    response.extensions_mut().insert(label);
    response
}

async fn pass(
    directory: &Directory,
    request: Request,
    label: &mut RouteLabel,
) -> Result<Response<Body>, Problem> {
    let (parts, body) = request.into_parts();
    let path = RawPath::parse(parts.uri.path()).map_err(|_| Problem::not_found())?;
    let TenantPath { slug, rest } = TenantPath::split(path);
    if rest.segments().strip_prefix(&PREFIX) != Some(&["import"]) {
        return Err(Problem::not_found());
    }
    *label = RouteLabel(IMPORT.pattern);
    if parts.method != Method::POST {
        return Err(Problem::method_not_allowed(IMPORT.method));
    }
    let (actor, tenant) = authenticate(directory, slug.as_deref(), &parts).await?;
    may_import(&actor, &tenant)?;
    let settings = import::settings(&parts, actor, tenant, RequestId::current())?;
    Ok(import::begin(directory.clone(), settings, body))
}

/// Who asks, and for which tenant. Whether the tenant is not there or the credentials are not good for it is not told.
async fn authenticate(
    directory: &Directory,
    slug: Option<&str>,
    parts: &Parts,
) -> Result<(Arc<Actor>, Arc<Tenant>), Problem> {
    let host = host_name(&parts.uri, &parts.headers);
    let addressed = directory
        .addressed_tenant(slug, host.as_deref())
        .await
        .map_err(|error| refuse(&error))?;
    let authorization = Authorization::parse(&parts.headers);
    let credentials = match &authorization {
        Authorization::Basic { login, password } => Credentials::Password {
            login,
            password: password.expose(),
        },
        Authorization::Bearer(token) => Credentials::Token(token.expose()),
        Authorization::None | Authorization::Unusable => return Err(Problem::unauthorised()),
    };
    let outcome = directory
        .authenticate(
            SourceAddress::of(&parts.extensions).into(),
            &addressed,
            credentials,
        )
        .await
        .map_err(|error| refuse(&error))?;
    match outcome {
        Authentication::Accepted { actor, tenant, .. } => Ok((actor, tenant)),
        Authentication::Refused => Err(Problem::unauthorised()),
        Authentication::Throttled { retry_after } => Err(Problem::too_many_guesses(retry_after)),
    }
}

/// Refuses before the body is read what the command would refuse with its first batch.
fn may_import(actor: &Actor, tenant: &Tenant) -> Result<(), Problem> {
    use provost_model::{Denial, Error};
    let denial = if !actor.scope.includes(TokenScope::Admin) {
        Denial::Scope
    } else if !actor.is_administrator(tenant.id) {
        Denial::NotAdministrator
    } else {
        return Ok(());
    };
    Err(refuse(&Error::Forbidden(denial)))
}
