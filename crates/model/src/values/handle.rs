//! Names on social networks. Each function gives the form that is kept, or nothing if the text is no such name.

use super::address::is_dot_atom;
use super::{DomainName, HostName};

/// A name on X: 2 to 15 ASCII letters, digits and underscores; a leading `@` is dropped.
pub(super) fn twitter(text: &str) -> Option<String> {
    let name = text.strip_prefix('@').unwrap_or(text);
    let fits = (2..=15).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then(|| name.to_owned())
}

/// A name on Bluesky, which is a domain name, kept as written.
pub(super) fn bluesky(text: &str) -> Option<String> {
    DomainName::parse(text).is_ok().then(|| text.to_owned())
}

/// A name in the Fediverse, `name@host` with an optional port; a leading `@` is dropped.
pub(super) fn fediverse(text: &str) -> Option<String> {
    let name = text.strip_prefix('@').unwrap_or(text);
    let (local, server) = name.split_once('@')?;
    let host = match server.split_once(':') {
        Some((host, port)) => port.parse::<u16>().ok().map(|_| host)?,
        None => server,
    };
    let fits = is_dot_atom(local) && HostName::parse(host).is_ok();
    fits.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edges_of_each_form() {
        assert_eq!(twitter("a"), None);
        assert_eq!(twitter("@@ab"), None);
        assert_eq!(
            twitter("abcdefghijklmno").as_deref(),
            Some("abcdefghijklmno")
        );
        assert_eq!(twitter("abcdefghijklmnop"), None);
        assert_eq!(bluesky("Alice.Example").as_deref(), Some("Alice.Example"));
        assert_eq!(
            fediverse("a@localhost:3000").as_deref(),
            Some("a@localhost:3000")
        );
        for text in ["@", "a@", "@@b.c", "a@b@c", "a@b:x", "a b@c.d"] {
            assert_eq!(fediverse(text), None, "{text}");
        }
    }
}
