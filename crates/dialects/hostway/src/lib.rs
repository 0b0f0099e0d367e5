//! Hostway mail: mailboxes and their webmail accounts.

use axum::{
    Router,
    body::Body,
    http::{Response, StatusCode},
    response::IntoResponse as _,
};
use provost_directory::Directory;
use provost_http::{
    begins_with,
    middleware::{FailedRequest, Failure},
};

/// Where the dialect is served.
const PREFIXES: [&[&str]; 3] = [&["accounts"], &["email"], &["sso"]];

/// Whether the dialect answers this path.
#[must_use]
pub fn serves(path: &str) -> bool {
    PREFIXES.iter().any(|prefix| begins_with(path, prefix))
}

/// The dialect's answers for all paths that it serves.
pub fn router(directory: Directory) -> Router {
    Router::new()
        .fallback(async || StatusCode::NOT_FOUND)
        .with_state(directory)
}

/// The dialect's answer to a request that no operation could answer.
#[must_use]
pub fn failure(failure: Failure, _request: &FailedRequest) -> Response<Body> {
    match failure {
        Failure::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
        Failure::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
    }
    .into_response()
}
