//! The dialects, one line each, and the layers around all of them.

use crate::config::Settings;
use axum::{
    Router,
    http::{StatusCode, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use provost_directory::Directory;
use provost_http::middleware::{
    Failure, FailureAnswer, TimeLimit, access_log, catch_panic, request_id, time_limit,
};
use std::{sync::Arc, time::Duration};

/// How long a handler may take until its answer begins.
const PATIENCE: Duration = Duration::from_secs(60);

/// Everything that speaks a dialect.
pub(super) fn router(directory: &Directory, _settings: &Settings) -> Router {
    let answer: FailureAnswer = Arc::new(|failure, request| {
        provost_ocs::failure(failure, request).unwrap_or_else(|| plain(failure))
    });
    let limit = TimeLimit {
        after: PATIENCE,
        answer: Arc::clone(&answer),
    };
    Router::new()
        .fallback_service(provost_ocs::router(directory.clone()))
        .layer(from_fn_with_state(limit, time_limit))
        .layer(from_fn_with_state(answer, catch_panic))
        .layer(from_fn(access_log))
        .layer(from_fn(request_id))
}

/// What is answered outside of all dialects when no handler could.
fn plain(failure: Failure) -> Response {
    let (status, text) = match failure {
        Failure::Panicked => (StatusCode::INTERNAL_SERVER_ERROR, "internal error\n"),
        Failure::TimedOut => (
            StatusCode::SERVICE_UNAVAILABLE,
            "the request took too long\n",
        ),
    };
    (
        status,
        [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
        text,
    )
        .into_response()
}
