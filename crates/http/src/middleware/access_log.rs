//! One line for each request.

use super::{RequestId, SourceAddress};
use axum::{extract::Request, middleware::Next, response::Response};
use std::time::Instant;

/// The name of the route that answered, such as `ocs users/{id}`. A handler puts it into the extensions of its
/// *response*, and it takes the place of the path in the access log: paths hold logins and addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RouteLabel(pub &'static str);

/// Logs the request at info, under the target `access`: method, route, status, microseconds until the answer's head,
/// source address, request id. Never headers, query strings or bodies.
pub async fn access_log(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let uri = request.uri().clone();
    let id = request.extensions().get::<RequestId>().cloned();
    let source = SourceAddress::of(request.extensions());
    let response = next.run(request).await;
    let label = response.extensions().get::<RouteLabel>();
    tracing::info!(
        target: "access",
        method = %method,
        route = label.map_or_else(|| uri.path(), |label| label.0),
        status = response.status().as_u16(),
        duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        source = %source,
        request_id = id.as_ref().map_or("", RequestId::as_str),
        "request answered"
    );
    response
}
