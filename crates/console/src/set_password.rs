//! `/set-password`.

use crate::{
    answer::{answer, refusal, refuse, unavailable},
    page::page,
};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, Response, StatusCode, header::ALLOW},
};
use provost_directory::Directory;
use provost_http::{
    Beginning, BodyLimits, BodyReadError, Handler, RawPath, TenantPath,
    middleware::{FailedRequest, Failure, RequestId, RouteLabel},
    read_body,
};
use serde_json::{Value, json};
use std::time::Duration;

/// What the page sends is small.
const LIMITS: BodyLimits = BodyLimits {
    bytes: 8 * 1024,
    time: Duration::from_secs(10),
};

/// Whether a path is the page's or below it: `/set-password`, also after `/t/{slug}`.
#[must_use]
pub fn serves(path: Beginning<'_>) -> bool {
    path.is(&["set-password"])
}

/// The page and what it posts to.
pub fn handler(directory: Directory) -> Handler {
    Handler::new(move |request| respond(directory.clone(), request))
}

/// The answer where the page could give none.
#[must_use]
pub fn failure(_failure: Failure, _request: &FailedRequest) -> Response<Body> {
    unavailable()
}

/// The slug that the page's path names, if it names one; none if it is not the page's path.
fn addressed(path: &str) -> Option<Option<String>> {
    let TenantPath { slug, rest } = TenantPath::split(RawPath::parse(path).ok()?);
    (rest.segments().as_slice() == ["set-password"] && !rest.trailing_slash()).then_some(slug)
}

async fn respond(directory: Directory, request: Request) -> Response<Body> {
    let mut response = match *request.method() {
        _ if addressed(request.uri().path()).is_none() => {
            refusal(StatusCode::NOT_FOUND, "path", "There is nothing here.")
        }
        // the same for every tenant, so that it tells nobody which there are
        Method::GET | Method::HEAD => page(),
        Method::POST => set(&directory, request).await,
        _ => {
            let mut response = refusal(
                StatusCode::METHOD_NOT_ALLOWED,
                "method",
                "Only GET and POST lead here.",
            );
            let allowed = HeaderValue::from_static("GET, HEAD, POST");
            response.headers_mut().insert(ALLOW, allowed);
            response
        }
    };
    response
        .extensions_mut()
        .insert(RouteLabel("/set-password"));
    response
}

async fn set(directory: &Directory, request: Request) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let slug = addressed(parts.uri.path()).flatten();
    let body = match read_body(body, LIMITS).await {
        Ok(body) => body,
        Err(error) => return unread(error),
    };
    let document: Value = serde_json::from_slice(&body).unwrap_or_default();
    let text = |name: &str| document.get(name).and_then(Value::as_str);
    let (Some(secret), Some(password)) = (text("secret"), text("password")) else {
        return malformed();
    };
    let redeemed = directory
        .redeem_password_link(
            slug.as_deref(),
            secret,
            password.to_owned(),
            RequestId::current(),
        )
        .await;
    match redeemed {
        Ok(login) => answer(StatusCode::OK, &json!({ "login": login })),
        Err(error) => refuse(error),
    }
}

fn malformed() -> Response<Body> {
    refusal(
        StatusCode::BAD_REQUEST,
        "request",
        "A JSON object with the texts `secret` and `password` is wanted.",
    )
}

fn unread(error: BodyReadError) -> Response<Body> {
    match error {
        BodyReadError::TooLarge => refusal(
            StatusCode::PAYLOAD_TOO_LARGE,
            "request",
            "That is too long.",
        ),
        BodyReadError::TooSlow => refusal(
            StatusCode::REQUEST_TIMEOUT,
            "request",
            "The request took too long.",
        ),
        BodyReadError::Interrupted => malformed(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_its_paths_and_no_others() {
        for path in ["/set-password", "/t/acme/set-password"] {
            assert!(
                serves(Beginning::of(path)) && addressed(path).is_some(),
                "{path}"
            );
        }
        for path in ["/", "/ocs/v1.php/set-password", "/t/set-password"] {
            assert!(!serves(Beginning::of(path)), "{path}");
        }
        for path in ["/set-password/x", "/set-password/", "/set-password/%ff"] {
            assert!(
                serves(Beginning::of(path)) && addressed(path).is_none(),
                "{path}"
            );
        }
    }
}
