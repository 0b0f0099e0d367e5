//! The way of a request to its operation.

use crate::{
    access::{self, Asking},
    answer::Answer,
    body::Given,
    call::{Call, Outcome, Reply},
    refusal::refuse,
    routes::{self, Found, Named, Route},
    settings::Settings,
};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, Response, request::Parts},
};
use provost_directory::{Directory, Precedence, queries::AddressedTenant};
use provost_http::{
    Authorization, Beginning, BodyLimits, Handler, Map, Param, RawPath, TenantPath, host_name,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel, SourceAddress},
    params::parse_form,
    read_body,
};
use provost_model::{ContextId, Tenant, fold};
use std::sync::Arc;

/// Where the dialect is served.
const PREFIXES: [&[&str]; 3] = [
    &["oxaas", "v1"],
    &["services", "oxaas", "v1"],
    &["api", "oxaas", "v1"],
];

/// Whether the dialect answers this path.
#[must_use]
pub fn serves(path: Beginning<'_>) -> bool {
    PREFIXES.iter().any(|prefix| path.is(prefix))
}

/// The dialect's answers for all paths that it serves.
pub fn handler(directory: Directory, settings: Settings) -> Handler {
    let settings = Arc::new(settings);
    Handler::new(move |request| answer(directory.clone(), Arc::clone(&settings), request))
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

async fn answer(directory: Directory, settings: Arc<Settings>, request: Request) -> Response<Body> {
    let found = match Addressed::read(&request) {
        Ok(addressed) => addressed,
        Err(answer) => return answer.render(),
    };
    let label = RouteLabel(found.route.label);
    let mut response = match found.pass(directory, settings, request).await {
        Ok(Reply::Answer(answer)) | Err(answer) => answer.render(),
        Ok(Reply::Streamed(response)) => response,
    };
    response.extensions_mut().insert(label);
    response
}

/// What a request's target says.
struct Addressed {
    /// The slug of the tenant that stands before the dialect's own path.
    slug: Option<String>,
    route: &'static Route,
    ids: Vec<String>,
    query: Map,
}

impl Addressed {
    fn read(request: &Request) -> Outcome<Self> {
        let nothing = || Answer::not_found("No such resource");
        let uri = request.uri();
        let path = RawPath::parse(uri.path()).map_err(|_| nothing())?;
        let TenantPath { slug, rest } = TenantPath::split(path);
        let segments = rest.segments();
        let after = PREFIXES
            .iter()
            .find_map(|prefix| segments.strip_prefix(*prefix))
            .ok_or_else(nothing)?;
        let (route, ids) = match routes::find(request.method(), after) {
            Found::Operation(route, ids) => (route, ids),
            Found::OtherMethods(allow) => return Err(Answer::method_not_allowed(allow)),
            Found::Nothing => return Err(nothing()),
        };
        let query = parse_form(uri.query().unwrap_or_default().as_bytes())
            .map_err(|_| Answer::bad_request("The query cannot be read"))?;
        Ok(Self {
            slug,
            route,
            ids,
            query,
        })
    }

    async fn pass(
        mut self,
        directory: Directory,
        settings: Arc<Settings>,
        request: Request,
    ) -> Outcome {
        let (parts, body) = request.into_parts();
        let (asked, context) = self.tenant(&directory, &parts).await?;
        let admitted = access::admit(
            &directory,
            &settings,
            Asking {
                authorization: &Authorization::parse(&parts.headers),
                source: SourceAddress::of(&parts.extensions).into(),
                kind: self.route.kind,
                asked,
                precedence: match self.route.named {
                    Named::ById | Named::ByIdOrName => Precedence::Tenant,
                    Named::InQuery | Named::Nowhere => Precedence::Deployment,
                },
            },
        )
        .await?;
        let tenant = match (admitted.tenant, context) {
            (Some(tenant), _) => tenant,
            (None, Some(context)) if context.is_empty() => {
                let missing = "The parameter contextId or contextName is missing";
                return Err(Answer::bad_request(missing));
            }
            (None, Some(context)) => return Err(Answer::no_context(&context)),
            // what concerns no context is told of in the default one
            (None, None) => directory
                .tenant_by_slug(Tenant::DEFAULT)
                .await
                .map_err(refuse)?
                .map(Arc::new)
                .ok_or_else(Answer::internal_error)?,
        };
        let given = if matches!(parts.method, Method::PUT | Method::POST) {
            let body = read_body(body, BodyLimits::default()).await;
            Given::parse(&body.map_err(|error| Answer::bad_request(&error.to_string()))?)
        } else {
            Given::nothing()
        };
        let call = Call {
            context: directory
                .context(admitted.actor, tenant, RequestId::current())
                .map_err(refuse)?,
            directory,
            settings,
            ids: self.ids,
            query: self.query,
            given,
        };
        (self.route.operation)(&call).await
    }

    /// The tenant that is asked for, whether it is named, and the context's name as it was given where one is wanted.
    async fn tenant(
        &mut self,
        directory: &Directory,
        parts: &Parts,
    ) -> Outcome<(AddressedTenant, Option<String>)> {
        let context = match self.route.named {
            Named::ById | Named::ByIdOrName => Some(self.ids.remove(0)),
            Named::InQuery => Some(String::new()),
            Named::Nowhere => None,
        };
        let found = match (self.route.named, &context) {
            (Named::ById, Some(id)) => by_id(directory, id).await?,
            (Named::ByIdOrName, Some(name)) => match by_id(directory, name).await? {
                Some(tenant) => Some(tenant),
                None => directory.tenant_by_slug(name).await.map_err(refuse)?,
            },
            (Named::InQuery, _) => return self.tenant_in_query(directory).await,
            (Named::ById | Named::ByIdOrName | Named::Nowhere, _) => {
                let host = host_name(&parts.uri, &parts.headers);
                let addressed = directory
                    .addressed_tenant(self.slug.as_deref(), host.as_deref())
                    .await
                    .map_err(refuse)?;
                return Ok((addressed, None));
            }
        };
        Ok((self.within_the_path(found), context))
    }

    /// The context that the query names by id, by name, or by both.
    async fn tenant_in_query(
        &self,
        directory: &Directory,
    ) -> Outcome<(AddressedTenant, Option<String>)> {
        let text = |key| match self.query.get(key) {
            Some(Param::Text(text)) => Some(text.as_str()),
            Some(_) | None => None,
        };
        let (id, name) = (text("contextId"), text("contextName"));
        let mut found = match id {
            Some(id) => by_id(directory, id).await?,
            None => None,
        };
        if let Some(name) = name {
            let by_name = directory.tenant_by_slug(name).await.map_err(refuse)?;
            found = match id {
                Some(_) => by_name.filter(|named| found.is_some_and(|found| found.id == named.id)),
                None => by_name,
            };
        }
        let context = id.or(name).unwrap_or_default().to_owned();
        Ok((self.within_the_path(found), Some(context)))
    }

    /// A path that names a tenant before the dialect's own path has no context but that one.
    fn within_the_path(&self, tenant: Option<Tenant>) -> AddressedTenant {
        let within = |tenant: &Tenant| {
            self.slug
                .as_ref()
                .is_none_or(|slug| fold(slug) == tenant.slug.key())
        };
        AddressedTenant::new(tenant.filter(within).map(Arc::new), true)
    }
}

async fn by_id(directory: &Directory, id: &str) -> Outcome<Option<Tenant>> {
    match ContextId::parse(id) {
        Ok(id) => directory.tenant_by_context(id).await.map_err(refuse),
        Err(_) => Ok(None),
    }
}
