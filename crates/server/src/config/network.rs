//! Where and how the server listens, beside its one address.

use super::{key::Key, settings::host_and_port, source::Sources};
use crate::failure::{Failure, Result};
use std::path::PathBuf;

/// The files of a certificate of the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TlsFiles {
    /// The certificate and those between it and its root, in PEM.
    pub(crate) certificate: PathBuf,
    /// Its private key, in PEM.
    pub(crate) key: PathBuf,
}

/// The files of the certificate, if the server encrypts by itself.
///
/// # Errors
/// One file without the other.
pub(super) fn tls(sources: &Sources<'_>) -> Result<Option<TlsFiles>> {
    let path = |key| {
        let text = sources.text(key).filter(|text| !text.is_empty());
        text.map(PathBuf::from)
    };
    let wanted = |it: Key, too: Key| {
        Failure::refused(format_args!(
            "{} is set, so {} must be too",
            it.variable(),
            too.variable()
        ))
    };
    match (path(Key::TlsCertificate), path(Key::TlsKeyFile)) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
        (Some(_), None) => Err(wanted(Key::TlsCertificate, Key::TlsKeyFile)),
        (None, Some(_)) => Err(wanted(Key::TlsKeyFile, Key::TlsCertificate)),
        (None, None) => Ok(None),
    }
}

/// Where metrics are told, if they are.
///
/// # Errors
/// What is no host with a port.
pub(super) fn metrics_listen(sources: &Sources<'_>) -> Result<Option<String>> {
    sources
        .parsed(Key::MetricsListen, |text| {
            let some = Some(text).filter(|text| !text.is_empty());
            some.map(host_and_port).transpose()
        })
        .map(Option::flatten)
}

/// A collector of traces: a URL without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Collector(pub(crate) String);

/// Where traces are sent, if they are.
///
/// # Errors
/// What is no URL that can be spoken to.
pub(super) fn otlp_endpoint(sources: &Sources<'_>) -> Result<Option<Collector>> {
    sources
        .parsed(Key::OtlpEndpoint, |url| match url.split_once("://") {
            None if url.is_empty() => Ok(None),
            Some(("http", host)) if !host.is_empty() && !host.starts_with('/') => {
                Ok(Some(Collector(url.trim_end_matches('/').to_owned())))
            }
            _ => Err(format!(
                "{url:?} is not http://HOST:PORT, a collector nearby that is spoken to in clear"
            )),
        })
        .map(Option::flatten)
}
