//! The host that a request was sent to.

use axum::http::{HeaderMap, Uri, header};

/// The longest host name, in bytes (RFC 1035).
const LONGEST_NAME: usize = 253;

/// The host without its port, lower-cased, without a final dot; an IPv6 address keeps its brackets.
///
/// An authority in the request's target (HTTP/2, or HTTP/1.1 through a proxy) goes before the `Host` header, as RFC 9112
/// section 3.2.2 wants. `None` without a host, with two, or with something that is no host name.
#[must_use]
pub fn host_name(uri: &Uri, headers: &HeaderMap) -> Option<String> {
    if let Some(authority) = uri.authority() {
        return bare(authority.as_str().rsplit('@').next()?);
    }
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next()?;
    if hosts.next().is_some() {
        return None;
    }
    bare(host.to_str().ok()?)
}

fn bare(host: &str) -> Option<String> {
    let host = host.trim();
    let (name, port) = match host.find(']') {
        Some(end) if host.starts_with('[') => host.split_at(end + 1),
        _ => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    if !is_port(port) {
        return None;
    }
    let name = name.strip_suffix('.').unwrap_or(name);
    let address = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let allowed = address.map_or_else(
        || name.bytes().all(is_name_byte),
        |address| {
            address
                .bytes()
                .all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte))
        },
    );
    let length_fits = (1..=LONGEST_NAME).contains(&name.len());
    (allowed && length_fits).then(|| name.to_ascii_lowercase())
}

fn is_port(text: &str) -> bool {
    text.is_empty()
        || text
            .strip_prefix(':')
            .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Underscores are no part of host names, but test networks use them.
const fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    fn from_header(host: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]);
        host_name(&Uri::from_static("/users"), &headers)
    }

    #[test]
    fn the_name_goes_without_port_and_case() {
        assert_eq!(
            from_header("Cloud.Example.ORG:8443").as_deref(),
            Some("cloud.example.org")
        );
        assert_eq!(
            from_header("cloud.example.org.").as_deref(),
            Some("cloud.example.org")
        );
        assert_eq!(from_header("127.0.0.1:8080").as_deref(), Some("127.0.0.1"));
        assert_eq!(from_header("[::1]:8080").as_deref(), Some("[::1]"));
    }

    #[test]
    fn what_is_no_host_name_is_none() {
        let too_long = "a".repeat(254);
        for host in [
            "",
            ":80",
            "a b",
            "a/b",
            "a:b",
            "[::1",
            "[::1]x",
            "user@host",
            too_long.as_str(),
        ] {
            assert_eq!(from_header(host), None, "{host}");
        }
    }

    #[test]
    fn two_headers_are_none() {
        let mut headers = HeaderMap::new();
        headers.append(header::HOST, HeaderValue::from_static("a.example"));
        headers.append(header::HOST, HeaderValue::from_static("b.example"));
        assert_eq!(host_name(&Uri::from_static("/"), &headers), None);
    }

    #[test]
    fn the_targets_authority_goes_first() {
        let headers = HeaderMap::from_iter([(header::HOST, HeaderValue::from_static("b.example"))]);
        let uri = Uri::from_static("http://A.example:80/users");
        assert_eq!(host_name(&uri, &headers).as_deref(), Some("a.example"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(host in any::<String>()) {
            let _ = bare(&host);
        }
    }
}
