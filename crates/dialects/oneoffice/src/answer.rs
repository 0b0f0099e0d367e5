//! Answers: bare JSON, never kept by anybody on the way.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde::Serialize;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    status: StatusCode,
    body: String,
}

impl Answer {
    /// What was asked for.
    pub(crate) fn ok(body: &impl Serialize) -> Self {
        match serde_json::to_string(body) {
            Ok(body) => Self {
                status: StatusCode::OK,
                body,
            },
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self::internal_error()
            }
        }
    }

    /// It is done.
    pub(crate) fn done() -> Self {
        Self::ok(&true)
    }

    /// The request makes no sense, or cannot be: a string says why.
    pub(crate) fn refused(why: impl AsRef<str>) -> Self {
        Self::told(StatusCode::BAD_REQUEST, why.as_ref())
    }

    /// No key, a wrong one, or one that may not do this.
    pub(crate) fn unauthorised(why: &str) -> Self {
        Self::told(StatusCode::UNAUTHORIZED, why)
    }

    /// There is nothing at this path.
    pub(crate) fn not_found() -> Self {
        Self::told(StatusCode::NOT_FOUND, "not found")
    }

    /// Only GET and POST are spoken.
    pub(crate) fn method_not_allowed() -> Self {
        Self::told(StatusCode::METHOD_NOT_ALLOWED, "use GET or POST")
    }

    /// The directory cannot serve just now.
    pub(crate) fn unavailable() -> Self {
        let why = "service unavailable, please try again later";
        Self::told(StatusCode::SERVICE_UNAVAILABLE, why)
    }

    /// A fault of ours.
    pub(crate) fn internal_error() -> Self {
        Self::told(StatusCode::INTERNAL_SERVER_ERROR, "internal error")
    }

    fn told(status: StatusCode, why: &str) -> Self {
        Self {
            status,
            body: serde_json::Value::from(why).to_string(),
        }
    }

    /// The answer as HTTP has it.
    pub(crate) fn render(self) -> Response<Body> {
        let mut response = json(Body::from(self.body));
        *response.status_mut() = self.status;
        let (name, value) = match self.status {
            StatusCode::UNAUTHORIZED => (header::WWW_AUTHENTICATE, "Bearer"),
            StatusCode::METHOD_NOT_ALLOWED => (header::ALLOW, "GET, POST"),
            _ => return response,
        };
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        response
    }
}

/// A good answer with this body.
pub(crate) fn json(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
