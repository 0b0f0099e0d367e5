//! The answers in JSON: `{"login": …}` or `{"error": …, "message": …}`.

use crate::page::keep_private;
use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE},
};
use provost_model::{Error, Field};
use serde_json::{Value, json};

/// An answer in JSON.
pub(crate) fn answer(status: StatusCode, document: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    keep_private(headers);
    response
}

/// A refusal: a word for programs, a sentence for people.
pub(crate) fn refusal(status: StatusCode, error: &str, message: &str) -> Response<Body> {
    answer(status, &json!({ "error": error, "message": message }))
}

/// The answer to an error of the directory. What is wrong with a link is never told: all of them look the same.
pub(crate) fn refuse(error: Error) -> Response<Body> {
    match error {
        Error::Invalid(violation) if violation.field == Field::Password => refusal(
            StatusCode::UNPROCESSABLE_ENTITY,
            "password",
            &format!("The {violation}."),
        ),
        Error::About { error, .. } => refuse(*error),
        Error::Invalid(_)
        | Error::Unknown(_)
        | Error::OutOfReach(_)
        | Error::Taken(_)
        | Error::Forbidden(_)
        | Error::Protected(_) => refusal(
            StatusCode::NOT_FOUND,
            "link",
            "This link is not valid, or not any more: it was used, replaced by a newer one, or is too old. \
             Please ask your administrator for another one.",
        ),
        Error::Unavailable(reason) => {
            tracing::warn!(reason, "the directory is unavailable");
            unavailable()
        }
        Error::Serialization => {
            tracing::error!("a transaction was not repeated");
            unavailable()
        }
        Error::Internal(fault) => {
            tracing::error!(fault, "internal fault");
            unavailable()
        }
    }
}

/// The answer where nothing could be done.
pub(crate) fn unavailable() -> Response<Body> {
    refusal(
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "The server is busy. Please try again in a moment.",
    )
}
