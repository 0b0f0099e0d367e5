//! The page, and the headers that keep others out of it.

use axum::{
    body::Body,
    http::{
        HeaderValue, Response,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderMap, REFERRER_POLICY,
            X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
        },
    },
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const SCRIPT: &str = include_str!("page/set_password.js");
const STYLE: &str = include_str!("page/set_password.css");

static PAGE: LazyLock<String> = LazyLock::new(|| {
    include_str!("page/set_password.html")
        .replace("/* style */", STYLE)
        .replace("/* script */", SCRIPT)
});

/// Nothing but our own script and style runs, and they speak to nobody but this server. The icon is empty and in the page: a browser
/// would ask for one otherwise.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; script-src '{}'; style-src '{}'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        source(SCRIPT),
        source(STYLE)
    )
});

/// What a policy calls this text.
fn source(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// The page.
pub(crate) fn page() -> Response<Body> {
    let mut response = Response::new(Body::from(PAGE.as_str()));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    if let Ok(policy) = HeaderValue::from_str(&POLICY) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    keep_private(headers);
    response
}

/// The headers of everything here: kept by no cache, shown in no frame, and what it is in no browser's opinion but ours.
pub(crate) fn keep_private(headers: &mut HeaderMap) {
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_and_runs_nothing_but_its_own_script() {
        assert!(PAGE.contains(SCRIPT) && PAGE.contains(STYLE));
        assert_eq!(PAGE.matches("<script").count(), 1);
        for inline in [
            " onclick",
            " onsubmit",
            " onload",
            " style=",
            "javascript:",
            "http://",
            "https://",
        ] {
            assert!(!PAGE.contains(inline), "{inline}");
        }
    }
}
