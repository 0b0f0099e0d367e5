//! How the Open-Xchange dialect is served.

use super::{key::Key, settings::switch, source::Sources};
use crate::failure::{Failure, Result};
use provost_http::Secret;
use provost_model::Slug;
use provost_open_xchange::{Credential, Settings, TenantCredential};
use std::fs;

/// The dialect's settings.
///
/// # Errors
/// A setting that makes no sense, with its place, but never with a secret.
pub(super) fn open_xchange(sources: &Sources<'_>) -> Result<Settings> {
    let usual = Settings::default();
    let on = |key, usual| -> Result<bool> { Ok(sources.parsed(key, switch)?.unwrap_or(usual)) };
    let tenants = secret(
        sources,
        Key::OpenXchangeTenantCredentials,
        Key::OpenXchangeTenantCredentialsFile,
    )?;
    let monitoring = secret(
        sources,
        Key::OpenXchangeMonitoring,
        Key::OpenXchangeMonitoringFile,
    )?;
    let wrong = |key: Key, what| Failure::refused(format_args!("{}: {what}", key.variable()));
    Ok(Settings {
        master_override: on(Key::MasterOverride, usual.master_override)?,
        classes_always_array: on(Key::OpenXchangeClassesArray, usual.classes_always_array)?,
        search_always_array: on(Key::OpenXchangeSearchArray, usual.search_always_array)?,
        tenant_credentials: tenants
            .split_whitespace()
            .map(|item| of_tenant(item).ok_or("each credential has to be SLUG:NAME:SECRET"))
            .collect::<Result<_, _>>()
            .map_err(|what| wrong(Key::OpenXchangeTenantCredentials, what))?,
        monitoring: match monitoring.trim() {
            "" => None,
            item => {
                let credential = credential(item)
                    .ok_or_else(|| wrong(Key::OpenXchangeMonitoring, "it has to be NAME:SECRET"));
                Some(credential?)
            }
        },
    })
}

/// What a setting holds, else the file that another names; empty if neither is there.
fn secret(sources: &Sources<'_>, key: Key, file: Key) -> Result<String> {
    let text = |key| sources.text(key).filter(|text| !text.is_empty());
    match (text(key), text(file)) {
        (Some(secret), _) => Ok(secret),
        (None, Some(path)) => fs::read_to_string(&path).map_err(|error| {
            Failure::refused(format_args!("{}: {path}: {error}", file.variable()))
        }),
        (None, None) => Ok(String::new()),
    }
}

fn of_tenant(item: &str) -> Option<TenantCredential> {
    let (slug, rest) = item.split_once(':')?;
    Some(TenantCredential {
        tenant: Slug::parse(slug).ok()?,
        credential: credential(rest)?,
    })
}

/// A name without a colon, which HTTP Basic could not send, and a secret.
fn credential(item: &str) -> Option<Credential> {
    let (name, secret) = item.split_once(':')?;
    (!name.is_empty() && !secret.is_empty())
        .then(|| Credential::new(name.to_owned(), &Secret::new(secret.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::{credential, of_tenant};

    #[test]
    fn credentials_have_a_name_and_a_secret() {
        assert!(credential("watch:a:b").is_some_and(|it| it.name() == "watch"));
        for text in ["", "watch", "watch:", ":secret"] {
            assert!(credential(text).is_none(), "{text:?}");
        }
        assert!(of_tenant("acme:mail:s3cret").is_some_and(|it| it.tenant.as_str() == "acme"));
        for text in ["acme:mail", "a b:mail:s", ":mail:s"] {
            assert!(of_tenant(text).is_none(), "{text:?}");
        }
    }
}
