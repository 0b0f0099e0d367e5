//! The name of a host that leads to a tenant.

use super::domain_name::parse_labels;
use super::text::text_value;
use crate::{Field, Violation};
use std::net::{IpAddr, Ipv6Addr};

/// A host as it stands in a `Host` header, without its port: a domain name, a single label, an IPv4 address, or an IPv6
/// address in brackets. In lower case, IPv6 in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HostName(Box<str>);

text_value!(HostName);

impl HostName {
    /// Reads a host without port. An IPv6 address may come with or without brackets.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong) and otherwise
    /// [`Rule::Malformed`](crate::Rule::Malformed).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if let Some(address) = ipv6(text) {
            return Ok(Self(format!("[{address}]").into()));
        }
        let labels = parse_labels(Field::Host, text)?;
        Ok(Self(labels.into()))
    }

    /// Whether it is an address rather than a name.
    #[must_use]
    pub fn is_address(&self) -> bool {
        ipv6(&self.0).is_some() || self.0.parse::<IpAddr>().is_ok()
    }
}

fn ipv6(text: &str) -> Option<Ipv6Addr> {
    let inner = match text.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?,
        None => text,
    };
    inner.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_labels_and_addresses_pass() {
        for (text, kept) in [
            ("Cloud.Example.org", "cloud.example.org"),
            ("localhost", "localhost"),
            ("127.0.0.1", "127.0.0.1"),
            ("[::1]", "[::1]"),
            ("2001:DB8:0:0::1", "[2001:db8::1]"),
        ] {
            assert_eq!(
                HostName::parse(text).map(|host| host.to_string()),
                Ok(kept.to_owned())
            );
        }
    }

    #[test]
    fn ports_paths_and_half_brackets_are_refused() {
        for text in [
            "", "a:80", "[::1]:80", "[::1", "::1]", "a/b", "a_b", "http://a",
        ] {
            assert!(HostName::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn addresses_are_told_from_names() {
        for (text, expected) in [("127.0.0.1", true), ("[::1]", true), ("a.b", false)] {
            assert_eq!(
                HostName::parse(text).map(|host| host.is_address()),
                Ok(expected)
            );
        }
    }
}
