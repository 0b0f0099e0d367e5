//! What proxies tell of who asked them: `Forwarded` (RFC 7239) and `X-Forwarded-For`.
//!
//! Both are read from their end, where the proxy next to us writes; what stands before may be anybody's invention. So they are cut
//! at each comma, whatever quotes stand around: nodes hold none, and an unbalanced quote of a client's must not swallow what a proxy
//! added.

use axum::http::{HeaderMap, HeaderName, header};
use std::net::IpAddr;

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The nodes that `X-Forwarded-For` names, the last one first; nothing for one that is not an address.
pub(super) fn x_forwarded_for(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    members(headers, X_FORWARDED_FOR).map(|member| node(trimmed(member)))
}

/// The nodes that `Forwarded` names as `for`, the last one first; nothing for one that is not an address, or not told.
pub(super) fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    members(headers, header::FORWARDED).map(|member| {
        let mut nodes = member.split(|byte| *byte == b';').filter_map(|pair| {
            let at = pair.iter().position(|byte| *byte == b'=')?;
            let (name, value) = pair.split_at(at);
            trimmed(name)
                .eq_ignore_ascii_case(b"for")
                .then(|| &value[1..])
        });
        match (nodes.next(), nodes.next()) {
            (Some(value), None) => node(unquoted(trimmed(value))),
            // told not at all, or twice
            (_, _) => None,
        }
    })
}

/// The members of all lines of a list header, the last one first.
fn members(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &[u8]> {
    headers
        .get_all(name)
        .iter()
        .rev()
        .flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','))
}

fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

fn unquoted(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\"")
        .and_then(|text| text.strip_suffix(b"\""))
        .unwrap_or(text)
}

/// An address, with or without a port: `192.0.2.1`, `192.0.2.1:80`, `2001:db8::1`, `[2001:db8::1]`, `[2001:db8::1]:80`.
fn node(text: &[u8]) -> Option<IpAddr> {
    let text = std::str::from_utf8(text).ok()?;
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(address);
    }
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let port_is_good = port.is_empty() || port.strip_prefix(':').is_some_and(is_port);
        return port_is_good
            .then(|| address.parse().ok().map(IpAddr::V6))
            .flatten();
    }
    let (address, port) = text.rsplit_once(':')?;
    is_port(port)
        .then(|| address.parse().ok().map(IpAddr::V4))
        .flatten()
}

/// A port's number; RFC 7239 lets proxies make up a name too.
fn is_port(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(name: &HeaderName, lines: &[&str]) -> HeaderMap {
        lines
            .iter()
            .map(|line| (name.clone(), HeaderValue::from_str(line).unwrap()))
            .collect()
    }

    fn shown(nodes: impl Iterator<Item = Option<IpAddr>>) -> Vec<String> {
        nodes
            .map(|node| node.map_or_else(|| "-".to_owned(), |node| node.to_string()))
            .collect()
    }

    #[test]
    fn x_forwarded_for_is_read_from_its_end() {
        let read = |lines: &[&str]| shown(x_forwarded_for(&headers(&X_FORWARDED_FOR, lines)));
        assert!(read(&[]).is_empty());
        assert_eq!(
            read(&[
                "192.0.2.1, 198.51.100.7:8080",
                "[2001:db8::1]:443,2001:db8::2"
            ]),
            ["2001:db8::2", "2001:db8::1", "198.51.100.7", "192.0.2.1"]
        );
        assert_eq!(
            read(&["unknown, , 1.2.3, 1.2.3.4:, [::1]x, 1.2.3.4 5"]),
            ["-"; 6]
        );
    }

    #[test]
    fn forwarded_is_read_from_its_end() {
        let read = |lines: &[&str]| shown(forwarded(&headers(&header::FORWARDED, lines)));
        assert_eq!(
            read(&[
                "for=192.0.2.1;proto=https;by=203.0.113.43, For=\"[2001:db8::1]:4711\"",
                "proto=http; FOR = 198.51.100.7",
            ]),
            ["198.51.100.7", "2001:db8::1", "192.0.2.1"]
        );
        assert_eq!(
            read(&["for=unknown, for=_hidden, by=192.0.2.1, for=192.0.2.1;for=192.0.2.2, x"]),
            ["-"; 5]
        );
    }

    #[test]
    fn a_clients_quote_swallows_nothing() {
        let lines = ["for=\"192.0.2.66, for=198.51.100.7"];
        let read = shown(forwarded(&headers(&header::FORWARDED, &lines)));
        assert_eq!(read, ["198.51.100.7", "-"]);
    }
}
