//! Answers: JSON, and errors as `{"error": text}`.

use axum::{
    body::Body,
    http::{
        HeaderValue, Response, StatusCode,
        header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE},
    },
};
use serde::Serialize;
use std::time::Duration;

/// An answer that is at hand.
#[derive(Debug)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Vec<u8>,
    /// Methods that a path has instead.
    allow: Option<String>,
    retry_after: Option<Duration>,
}

impl Answer {
    const fn new(status: StatusCode, body: Vec<u8>) -> Self {
        Self {
            status,
            body,
            allow: None,
            retry_after: None,
        }
    }

    /// 200 with this content.
    pub(crate) fn ok(content: &impl Serialize) -> Self {
        match serde_json::to_vec(content) {
            Ok(body) => Self::new(StatusCode::OK, body),
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                Self::internal_error()
            }
        }
    }

    /// A status without content.
    pub(crate) const fn empty(status: StatusCode) -> Self {
        Self::new(status, Vec::new())
    }

    /// An error with its text.
    pub(crate) fn error(status: StatusCode, text: &str) -> Self {
        let body = serde_json::json!({ "error": text });
        Self::new(status, body.to_string().into_bytes())
    }

    /// 400.
    pub(crate) fn bad_request(text: &str) -> Self {
        Self::error(StatusCode::BAD_REQUEST, text)
    }

    /// 401, in words that clients look for.
    pub(crate) fn unauthorised() -> Self {
        Self::error(StatusCode::UNAUTHORIZED, "Authentication failed")
    }

    /// 404.
    pub(crate) fn not_found(text: &str) -> Self {
        Self::error(StatusCode::NOT_FOUND, text)
    }

    /// 404 for a context, as it was named.
    pub(crate) fn no_context(named: &str) -> Self {
        Self::not_found(&format!("The context {named} does not exist!"))
    }

    /// 405.
    pub(crate) fn method_not_allowed(allow: String) -> Self {
        Self {
            allow: Some(allow),
            ..Self::error(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed")
        }
    }

    /// 429: too many wrong passwords.
    pub(crate) fn throttled(retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::error(
                StatusCode::TOO_MANY_REQUESTS,
                "Too many failed attempts to authenticate",
            )
        }
    }

    /// 500, which tells nothing.
    pub(crate) fn internal_error() -> Self {
        Self::error(StatusCode::INTERNAL_SERVER_ERROR, "Internal error")
    }

    /// 503: the same request may succeed later.
    pub(crate) fn unavailable() -> Self {
        Self::error(StatusCode::SERVICE_UNAVAILABLE, "Try again later")
    }

    /// The answer on the wire.
    pub(crate) fn render(self) -> Response<Body> {
        let has_content = !self.body.is_empty();
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if has_content {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(
                WWW_AUTHENTICATE,
                HeaderValue::from_static("Basic realm=\"oxaas\", charset=\"UTF-8\""),
            );
        }
        if let Some(Ok(allow)) = self.allow.map(|allow| HeaderValue::from_str(&allow)) {
            headers.insert(ALLOW, allow);
        }
        if let Some(after) = self.retry_after {
            // whole seconds, and not one too few
            let seconds = after.as_secs() + u64::from(after.subsec_nanos() > 0);
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(answer: Answer, name: &str) -> Option<String> {
        let response = answer.render();
        let value = response.headers().get(name)?.to_str().ok()?;
        Some(value.to_owned())
    }

    #[test]
    fn statuses_have_the_headers_that_belong_to_them() {
        let throttled = || Answer::throttled(Duration::from_millis(1500));
        assert_eq!(throttled().render().status(), 429);
        assert_eq!(header(throttled(), "Retry-After").as_deref(), Some("2"));
        let soon = Answer::throttled(Duration::ZERO);
        assert_eq!(header(soon, "Retry-After").as_deref(), Some("1"));
        let challenge = header(Answer::unauthorised(), "WWW-Authenticate");
        assert!(challenge.is_some_and(|challenge| challenge.starts_with("Basic ")));
        assert_eq!(header(Answer::not_found("x"), "WWW-Authenticate"), None);
        let empty = Answer::empty(StatusCode::NO_CONTENT);
        assert_eq!(header(empty, "Content-Type"), None);
    }
}
