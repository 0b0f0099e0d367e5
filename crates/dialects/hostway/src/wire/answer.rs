//! Answers.

use axum::{
    body::Body,
    http::{
        HeaderName, HeaderValue, Response, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::time::Duration;

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=UTF-8");
const CHALLENGE: HeaderValue =
    HeaderValue::from_static("Basic realm=\"Provost\", charset=\"UTF-8\"");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// An answer before it goes out.
pub(crate) struct Answer {
    status: StatusCode,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Body,
}

impl Answer {
    fn new(status: StatusCode) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Body::empty(),
        }
    }

    fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    fn json(status: StatusCode, document: &impl Serialize) -> Self {
        match serde_json::to_vec(document) {
            Ok(bytes) => Self::document(status, Body::from(bytes)),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self::internal_error()
            }
        }
    }

    fn document(status: StatusCode, body: Body) -> Self {
        Self {
            body,
            ..Self::new(status).with(CONTENT_TYPE, JSON)
        }
    }

    fn text(status: StatusCode, text: &'static str) -> Self {
        Self {
            body: Body::from(text),
            ..Self::new(status).with(CONTENT_TYPE, TEXT)
        }
    }

    /// What was asked for.
    pub(crate) fn ok(document: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, document)
    }

    /// What was asked for, as it is read.
    pub(crate) fn stream(body: Body) -> Self {
        Self::document(StatusCode::OK, body)
    }

    /// It was made.
    pub(crate) fn created() -> Self {
        Self::new(StatusCode::CREATED)
    }

    /// It is done.
    pub(crate) fn no_content() -> Self {
        Self::new(StatusCode::NO_CONTENT)
    }

    /// An answer with a secret in it, which nobody is to keep.
    pub(crate) fn no_store(self) -> Self {
        self.with(CACHE_CONTROL, NO_STORE)
    }

    /// One value that cannot be.
    pub(crate) fn bad(key: &str, text: impl Into<String>) -> Self {
        Self::json(StatusCode::BAD_REQUEST, &json!({ key: text.into() }))
    }

    /// Values that cannot be.
    pub(crate) fn all_bad(problems: &Map<String, Value>) -> Self {
        Self::json(StatusCode::BAD_REQUEST, problems)
    }

    /// Values in a list that cannot be.
    pub(crate) fn bad_list(details: &Map<String, Value>) -> Self {
        #[derive(Serialize)]
        struct Document<'a> {
            #[serde(rename = "badRequest")]
            bad_request: BadRequest<'a>,
        }
        #[derive(Serialize)]
        struct BadRequest<'a> {
            message: &'static str,
            code: u16,
            details: &'a Map<String, Value>,
        }
        let document = Document {
            bad_request: BadRequest {
                message: "POST data error",
                code: 400,
                details,
            },
        };
        Self::json(StatusCode::BAD_REQUEST, &document)
    }

    /// No or wrong credentials, or good ones without permission: which of them, is not told.
    pub(crate) fn unauthorized() -> Self {
        let text = "The credentials are not valid, or not for this operation.\n";
        Self::text(StatusCode::UNAUTHORIZED, text).with(WWW_AUTHENTICATE, CHALLENGE)
    }

    /// There is no such thing, named as the path does.
    pub(crate) fn unknown(key: &str) -> Self {
        let text = match key {
            "account" => "The account does not exist",
            "domain" => "The domain name does not exist",
            "webmail" => "The mailbox has no webmail account",
            "target" => "The forward does not exist",
            _ => "The mailbox does not exist",
        };
        Self::json(StatusCode::NOT_FOUND, &json!({ key: text }))
    }

    /// No operation under this path.
    pub(crate) fn unknown_path() -> Self {
        Self::text(StatusCode::NOT_FOUND, "There is no such resource.\n")
    }

    /// The path leads somewhere with other methods.
    pub(crate) fn method_not_allowed(methods: &[&str]) -> Self {
        let answer = Self::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "The resource has no such method.\n",
        );
        match HeaderValue::from_str(&methods.join(", ")) {
            Ok(methods) => answer.with(ALLOW, methods),
            Err(_) => answer,
        }
    }

    /// It is there already.
    pub(crate) fn conflict(key: &str, text: &str) -> Self {
        Self::json(StatusCode::CONFLICT, &json!({ key: text }))
    }

    /// The body has more bytes than are read.
    pub(crate) fn too_large() -> Self {
        let document = json!({ "body": "The body is too large" });
        Self::json(StatusCode::PAYLOAD_TOO_LARGE, &document)
    }

    /// Too many wrong passwords came from there.
    pub(crate) fn throttled(retry_after: Duration) -> Self {
        // rounded up, so that nobody comes a moment early
        let seconds = retry_after.as_secs() + u64::from(retry_after.subsec_nanos() > 0);
        Self::text(
            StatusCode::TOO_MANY_REQUESTS,
            "Too many wrong passwords. Try again later.\n",
        )
        .with(RETRY_AFTER, HeaderValue::from(seconds))
    }

    /// The directory cannot serve just now.
    pub(crate) fn unavailable() -> Self {
        Self::text(
            StatusCode::SERVICE_UNAVAILABLE,
            "The service is busy. Try again later.\n",
        )
        .with(RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// A fault of ours.
    pub(crate) fn internal_error() -> Self {
        Self::text(StatusCode::INTERNAL_SERVER_ERROR, "Internal error.\n")
    }

    /// The answer as it goes out.
    pub(crate) fn render(self) -> Response<Body> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        for (name, value) in self.headers {
            response.headers_mut().insert(name, value);
        }
        response
    }
}
