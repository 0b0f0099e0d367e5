//! The proxies that are believed.

use super::forwarded::{forwarded, x_forwarded_for};
use axum::http::HeaderMap;
use ipnet::IpNet;
use std::net::IpAddr;

/// The networks of the proxies before this server. What requests from elsewhere say of where they come from is not believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// A text that is no list of networks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an address or a network, such as 10.0.0.0/8")]
pub struct UnreadableNetwork(String);

impl TrustedProxies {
    /// Reads addresses and networks with commas between them; empty means none.
    ///
    /// # Errors
    /// One that is neither.
    pub fn parse(text: &str) -> Result<Self, UnreadableNetwork> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                let address = part.parse::<IpAddr>().map(IpNet::from);
                address
                    .or_else(|_| part.parse())
                    .map_err(|_| UnreadableNetwork(part.to_owned()))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this address is one of a trusted proxy.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The address that a request comes from: the peer's, unless the peer is a trusted proxy. Then it is the last address in
    /// `X-Forwarded-For` or `Forwarded` that is not a trusted proxy's too; if what a proxy tells cannot be read, that proxy's own.
    ///
    /// A proxy that writes one of these headers may pass the other on as a client sent it. So where both are there and differ,
    /// neither is believed, and the peer's address counts.
    #[must_use]
    pub fn source(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let peer = peer.to_canonical();
        if !self.contains(peer) {
            return peer;
        }
        let mut told = [
            self.walk(peer, x_forwarded_for(headers)),
            self.walk(peer, forwarded(headers)),
        ]
        .into_iter()
        .flatten();
        match (told.next(), told.next()) {
            (Some(one), None) => one,
            (Some(one), Some(other)) if one == other => one,
            (_, _) => peer,
        }
    }

    /// Follows the nodes from the nearest on as long as they are trusted; nothing if none is named at all.
    fn walk(&self, peer: IpAddr, nodes: impl Iterator<Item = Option<IpAddr>>) -> Option<IpAddr> {
        let mut source = None;
        for node in nodes {
            let Some(node) = node.map(|node| node.to_canonical()) else {
                return source.or(Some(peer));
            };
            source = Some(node);
            if !self.contains(node) {
                break;
            }
        }
        source
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue, header};
    use proptest::prelude::*;

    const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

    fn trusted() -> TrustedProxies {
        TrustedProxies::parse("127.0.0.1, 10.0.0.0/8,2001:db8:ffff::/48").unwrap()
    }

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn source(peer: &str, lines: &[(&HeaderName, &str)]) -> String {
        let headers = lines
            .iter()
            .map(|(name, line)| ((*name).clone(), HeaderValue::from_str(line).unwrap()))
            .collect();
        trusted().source(address(peer), &headers).to_string()
    }

    #[test]
    fn networks_are_read() {
        assert!(TrustedProxies::parse("").unwrap().is_empty());
        assert!(!trusted().is_empty());
        for inside in [
            "127.0.0.1",
            "::ffff:127.0.0.1",
            "10.255.0.1",
            "2001:db8:ffff::7",
        ] {
            assert!(trusted().contains(address(inside)), "{inside}");
        }
        for outside in ["127.0.0.2", "11.0.0.1", "2001:db8:fffe::7", "::"] {
            assert!(!trusted().contains(address(outside)), "{outside}");
        }
        let error = TrustedProxies::parse("10.0.0.0/8,10.0.0.0/33").unwrap_err();
        assert_eq!(
            error.to_string(),
            "\"10.0.0.0/33\" is not an address or a network, such as 10.0.0.0/8"
        );
    }

    #[test]
    fn a_stranger_is_not_believed() {
        let lines = [
            (&X_FORWARDED_FOR, "192.0.2.1"),
            (&header::FORWARDED, "for=192.0.2.1"),
        ];
        assert_eq!(source("198.51.100.7", &lines), "198.51.100.7");
        assert_eq!(source("::ffff:198.51.100.7", &[]), "198.51.100.7");
    }

    #[test]
    fn a_trusted_proxy_tells_who_asked_it() {
        let of = |line| source("127.0.0.1", &[(&X_FORWARDED_FOR, line)]);
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
        assert_eq!(of("203.0.113.9, 192.0.2.1"), "192.0.2.1");
        assert_eq!(of("203.0.113.9, 192.0.2.1, 10.1.2.3"), "192.0.2.1");
        assert_eq!(of("10.0.0.9, 10.1.2.3"), "10.0.0.9", "an inner client");
        assert_eq!(of("192.0.2.1, unknown, 10.1.2.3"), "10.1.2.3");
        assert_eq!(of("192.0.2.1, unknown"), "127.0.0.1");
        assert_eq!(of(""), "127.0.0.1");
        assert_eq!(source("127.0.0.1", &[]), "127.0.0.1");
        let forwarded = [(
            &header::FORWARDED,
            "for=203.0.113.9, for=\"[2001:db8::1]:80\"",
        )];
        assert_eq!(source("127.0.0.1", &forwarded), "2001:db8::1");
    }

    #[test]
    fn two_headers_that_differ_are_not_believed() {
        let both = |one, other| {
            source(
                "127.0.0.1",
                &[(&X_FORWARDED_FOR, one), (&header::FORWARDED, other)],
            )
        };
        assert_eq!(both("192.0.2.1", "for=192.0.2.1"), "192.0.2.1");
        assert_eq!(both("192.0.2.1", "for=203.0.113.9"), "127.0.0.1");
        assert_eq!(both("192.0.2.1", "for=unknown"), "127.0.0.1");
    }

    fn any_line() -> impl Strategy<Value = HeaderValue> {
        let near = "(for=|For=|\"|\\[|\\]|,|;|=|:| |10\\.0\\.0\\.1|192\\.0\\.2\\.1|2001:db8::1|unknown){0,12}";
        prop_oneof![
            near.prop_map(|text| HeaderValue::from_str(&text).unwrap()),
            any::<Vec<u8>>().prop_map(|bytes| {
                HeaderValue::from_bytes(&bytes).unwrap_or(HeaderValue::from_static(""))
            }),
        ]
    }

    proptest! {
        #[test]
        fn whatever_a_client_sends_the_proxys_word_counts(
            sent in any_line(), client in any::<IpAddr>(), own_line in any::<bool>(), standard in any::<bool>(),
        ) {
            let client = client.to_canonical();
            prop_assume!(!trusted().contains(client));
            let told = match (standard, client) {
                (false, client) => client.to_string(),
                (true, IpAddr::V4(client)) => format!("for={client}"),
                (true, IpAddr::V6(client)) => format!("for=\"[{client}]\""),
            };
            let name = if standard { header::FORWARDED } else { X_FORWARDED_FOR };
            let mut headers = HeaderMap::new();
            if own_line {
                headers.append(&name, sent);
                headers.append(&name, HeaderValue::from_str(&told).unwrap());
            } else {
                let line = [sent.as_bytes(), b", ", told.as_bytes()].concat();
                headers.append(&name, HeaderValue::from_bytes(&line).unwrap());
            }
            prop_assert_eq!(trusted().source(address("10.0.0.1"), &headers), client);
        }

        #[test]
        fn a_client_cannot_choose_its_address_by_the_header_that_the_proxy_leaves_alone(
            sent in any_line(), client in any::<IpAddr>(), standard in any::<bool>(),
        ) {
            let client = client.to_canonical();
            prop_assume!(!trusted().contains(client));
            let (name, other) = if standard {
                (header::FORWARDED, X_FORWARDED_FOR)
            } else {
                (X_FORWARDED_FOR, header::FORWARDED)
            };
            let told = match client {
                client if !standard => client.to_string(),
                IpAddr::V4(client) => format!("for={client}"),
                IpAddr::V6(client) => format!("for=\"[{client}]\""),
            };
            let mut headers = HeaderMap::new();
            headers.append(name, HeaderValue::from_str(&told).unwrap());
            headers.append(other, sent);
            let source = trusted().source(address("10.0.0.1"), &headers);
            prop_assert!(source == client || source == address("10.0.0.1"));
        }
    }
}
