//! What clients ask before they log in: which server this is, and what it can do.

use crate::{
    flavour::{Habits, Product},
    gate::strangers_flavour,
    password_policy,
    wire::{Answer, Data, json_document},
};
use axum::{
    body::Body,
    http::{
        HeaderMap, HeaderValue, Response, StatusCode, Uri, header::ACCESS_CONTROL_ALLOW_ORIGIN,
    },
};
use provost_directory::Directory;
use provost_http::host_name;
use provost_model::{PasswordPolicy, Tenant};
use std::sync::Arc;

/// A call of an operation that needs no login.
pub(crate) struct Visit {
    /// The host that the request was sent to, without its port.
    pub(crate) host: String,
    /// The tenant, if the caller is logged in.
    pub(crate) tenant: Option<Arc<Tenant>>,
    /// What the server calls itself.
    pub(crate) product: &'static Product,
}

/// `/config`: the interface's own description.
pub(crate) fn config(visit: &Visit) -> Answer {
    Answer::ok(Data::map([
        ("version", Data::from("1.7")),
        ("website", Data::from(visit.product.name)),
        ("host", Data::from(visit.host.clone())),
        ("contact", Data::from("")),
        ("ssl", Data::from("false")),
    ]))
}

/// `/cloud/capabilities`: the version, and what is there of its features: those of a server that provisions, not of one that keeps files.
/// Strangers see less.
pub(crate) fn capabilities(visit: &Visit) -> Answer {
    let product = visit.product;
    let [major, minor, micro] = product.version;
    let version = Data::map([
        ("major", Data::Int(major)),
        ("minor", Data::Int(minor)),
        ("micro", Data::Int(micro)),
        ("string", Data::from(product.version_text)),
        ("edition", Data::from(product.edition)),
        ("extendedSupport", Data::from(false)),
    ]);
    let capabilities = match &visit.tenant {
        None => Data::map([("core", core())]),
        Some(tenant) => Data::map([
            ("core", core()),
            ("password_policy", policy(&password_policy::of(tenant))),
            ("provisioning_api", provisioning()),
        ]),
    };
    Answer::ok(Data::map([
        ("version", version),
        ("capabilities", capabilities),
    ]))
}

fn core() -> Data {
    // how often clients shall ask for news, in seconds
    Data::map([("pollinterval", 60)])
}

fn provisioning() -> Data {
    Data::map([
        ("version", Data::from(env!("CARGO_PKG_VERSION"))),
        ("AccountPropertyScopesVersion", Data::Int(2)),
        ("AccountPropertyScopesFederatedEnabled", Data::from(true)),
        ("AccountPropertyScopesPublishedEnabled", Data::from(true)),
    ])
}

fn policy(policy: &PasswordPolicy) -> Data {
    let minimum = i64::try_from(policy.min_length).unwrap_or(i64::MAX);
    Data::map([
        ("minLength", Data::Int(minimum)),
        ("enforceNonCommonPassword", Data::from(policy.forbid_common)),
        ("enforceNumericCharacters", Data::from(false)),
        ("enforceSpecialCharacters", Data::from(false)),
        ("enforceUpperLowerCase", Data::from(false)),
    ])
}

/// What stands beside the interface, without login and envelope: `/status.php` and `/ocs-provider/`, if the path is one of them. They
/// tell what strangers may know.
pub(crate) async fn document(
    directory: &Directory,
    segments: &[&str],
    uri: &Uri,
    headers: &HeaderMap,
) -> Option<Response<Body>> {
    match segments {
        ["status.php"] => {
            let host = host_name(uri, headers);
            let flavour = strangers_flavour(directory, host.as_deref()).await;
            Some(status(Habits::of(flavour).product))
        }
        ["ocs-provider"] => Some(services()),
        _ => None,
    }
}

/// Whether the server is up.
fn status(product: &'static Product) -> Response<Body> {
    let mut response = plain(&Data::map([
        ("installed", Data::from(true)),
        ("maintenance", Data::from(false)),
        ("needsDbUpgrade", Data::from(false)),
        ("version", Data::from(product.version_with_build)),
        ("versionstring", Data::from(product.version_text)),
        ("edition", Data::from(product.edition)),
        ("productname", Data::from(product.name)),
        ("extendedSupport", Data::from(false)),
    ]));
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

/// Where the interfaces are.
fn services() -> Response<Body> {
    let endpoints = Data::map([
        ("user", "/ocs/v2.php/cloud/users"),
        ("groups", "/ocs/v2.php/cloud/groups"),
        ("apps", "/ocs/v2.php/cloud/apps"),
    ]);
    let provisioning = Data::map([("version", Data::Int(1)), ("endpoints", endpoints)]);
    plain(&Data::map([
        ("version", Data::Int(2)),
        ("services", Data::map([("PROVISIONING", provisioning)])),
    ]))
}

fn plain(data: &Data) -> Response<Body> {
    json_document(StatusCode::OK, "application/json", data)
}
