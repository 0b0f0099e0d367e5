//! `/core/wipe/check` and `/core/wipe/success`, with and without `/index.php` in front: what a device asks whose app password opens
//! nothing any more. Neither needs a login: the app password itself is shown.

use crate::wire::{Data, empty_page, json_document};
use axum::{
    body::Body,
    extract::Request,
    http::{Method, Response, StatusCode},
};
use provost_directory::Directory;
use provost_http::{
    Body as ParsedBody, BodyLimits, Parameters, host_name, middleware::RequestId,
    params::parse_form, read_body,
};
use provost_model::Result;

/// What a device asks.
#[derive(Clone, Copy)]
pub(crate) enum Question {
    /// Whether it is to clear itself.
    Check,
    /// It has cleared itself.
    Success,
}

/// What a device asks by this path, if it is one of a device.
pub(crate) fn question(segments: &[&str]) -> Option<Question> {
    match segments {
        ["core", "wipe", "check"] | ["index.php", "core", "wipe", "check"] => Some(Question::Check),
        ["core", "wipe", "success"] | ["index.php", "core", "wipe", "success"] => {
            Some(Question::Success)
        }
        _ => None,
    }
}

/// The answer to a device. `slug` is that of the tenant that the path names.
pub(crate) async fn answer(
    directory: &Directory,
    slug: Option<&str>,
    question: Question,
    request: Request,
) -> Response<Body> {
    if request.method() != Method::POST {
        return empty_page(StatusCode::METHOD_NOT_ALLOWED);
    }
    let told = told(directory, slug, question, request).await;
    told.unwrap_or_else(|error| {
        tracing::error!(%error, "a device was not told whether to clear itself");
        empty_page(StatusCode::SERVICE_UNAVAILABLE)
    })
}

async fn told(
    directory: &Directory,
    slug: Option<&str>,
    question: Question,
    request: Request,
) -> Result<Response<Body>> {
    let (parts, body) = request.into_parts();
    let host = host_name(&parts.uri, &parts.headers);
    let named = directory.addressed_tenant(slug, host.as_deref()).await?;
    let query = parse_form(parts.uri.query().unwrap_or_default().as_bytes());
    let body = read_body(body, BodyLimits::default()).await;
    let (Ok(query), Ok(body)) = (query, body) else {
        return Ok(empty_page(StatusCode::BAD_REQUEST));
    };
    let body = ParsedBody::parse(&parts.method, &parts.headers, &body).parameters;
    let parameters = Parameters::merge(&[], body, query);
    let Ok(token) = parameters.required_text("token") else {
        return Ok(empty_page(StatusCode::BAD_REQUEST));
    };
    let (tenant, by_request) = (named.tenant.as_deref(), named.named);
    let (known, data) = match question {
        Question::Check => (
            directory.is_to_be_wiped(tenant, by_request, token).await?,
            Data::map([("wipe", true)]),
        ),
        Question::Success => (
            directory
                .finish_wipe(tenant, by_request, token, RequestId::current())
                .await?,
            Data::EMPTY,
        ),
    };
    let (status, data) = if known {
        (StatusCode::OK, data)
    } else {
        (StatusCode::NOT_FOUND, Data::EMPTY)
    };
    Ok(json_document(
        status,
        "application/json; charset=utf-8",
        &data,
    ))
}
