//! The address that a request comes from, for whoever counts or logs it.

use crate::TrustedProxies;
use axum::{extract::Request, http::Extensions};
use std::{
    net::{IpAddr, Ipv4Addr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Where a request comes from: the peer, or whom a trusted proxy names. It is in the request's extensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceAddress(pub IpAddr);

impl SourceAddress {
    /// The address among a request's extensions; the unspecified one for a request that came through no socket.
    #[must_use]
    pub fn of(extensions: &Extensions) -> IpAddr {
        extensions
            .get()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Self(address)| *address)
    }
}

/// Which proxies are believed, and whether one was met that is not.
#[derive(Clone, Debug, Default)]
pub struct SourceSettings {
    proxies: Arc<TrustedProxies>,
    warned: Arc<AtomicBool>,
}

impl SourceSettings {
    /// Believes these proxies.
    #[must_use]
    pub fn new(proxies: TrustedProxies) -> Self {
        Self {
            proxies: Arc::new(proxies),
            warned: Arc::default(),
        }
    }

    /// Puts the client of a trusted proxy in the proxy's place. The server tells which peer a request came from, as its [`SourceAddress`].
    pub(super) fn look_through_proxies(&self, request: &mut Request) {
        if let Some(&SourceAddress(peer)) = request.extensions().get() {
            let source = self.proxies.source(peer, request.headers());
            warn_of_forgotten_proxy(self, peer, request);
            if source != peer {
                request.extensions_mut().insert(SourceAddress(source));
            }
        }
    }
}

/// Behind a proxy that is not trusted all clients have one address, and the first who guesses locks the others out: told once.
fn warn_of_forgotten_proxy(settings: &SourceSettings, peer: IpAddr, request: &Request) {
    if request.headers().contains_key("x-forwarded-for")
        && !settings.proxies.contains(peer)
        && !settings.warned.swap(true, Ordering::Relaxed)
    {
        tracing::warn!(
            %peer,
            "a request names another origin, but its sender is no trusted proxy: if it is a proxy of yours, set PROVOST_TRUSTED_PROXIES"
        );
    }
}
