//! A name for each request, so that an answer, its log lines and a caller's own log can be matched.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue},
    response::Response,
};
use std::{
    fmt,
    hash::{BuildHasher as _, RandomState},
    sync::Arc,
};
use tokio::task_local;

task_local! {
    /// The id of the request that this task is answering.
    static CURRENT: RequestId;
}

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest incoming id, in bytes.
const LONGEST: usize = 64;

/// A request's id: 1 to 64 of `A-Za-z0-9._-`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestId(Arc<str>);

impl RequestId {
    /// The caller's own id where it is sane, else a fresh one.
    #[must_use]
    pub fn of(headers: &HeaderMap) -> Self {
        headers
            .get(X_REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(|id| is_sane(id))
            .map_or_else(Self::fresh, |id| Self(id.into()))
    }

    /// 16 hexadecimal digits. They need not be hard to guess, so the seed of the standard library's hasher, which is
    /// random and differs at each call, is enough and cannot fail.
    #[must_use]
    pub fn fresh() -> Self {
        let number = RandomState::new().hash_one(());
        let mut digits = [0; 16];
        for (place, digit) in digits.iter_mut().rev().enumerate() {
            *digit = b"0123456789abcdef"[(number >> (4 * place) & 0xf) as usize];
        }
        Self(String::from_utf8_lossy(&digits).into())
    }

    /// That of the request which is being answered here; an empty one where none is.
    #[must_use]
    pub fn current() -> Self {
        CURRENT.try_with(Clone::clone).unwrap_or_default()
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<RequestId> for Arc<str> {
    fn from(id: RequestId) -> Self {
        id.0
    }
}

/// Answers a request, whose id is meanwhile the current one and is then in the answer's header `X-Request-Id`.
pub(super) async fn known(id: RequestId, answering: impl Future<Output = Response>) -> Response {
    let header = HeaderValue::from_str(id.as_str()).ok();
    let mut response = CURRENT.scope(id, answering).await;
    if let Some(header) = header {
        response.headers_mut().insert(X_REQUEST_ID, header);
    }
    response
}

fn is_sane(id: &str) -> bool {
    (1..=LONGEST).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
