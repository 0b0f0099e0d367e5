//! The address of a web site.

use super::{DomainName, HostName};

/// The form in which a web address is kept, or nothing if the text is none. Without a scheme `https://` is put before it,
/// and then its host needs a dot, so that a plain word is no web site.
pub(super) fn normalise(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let scheme = text
        .split_once("://")
        .filter(|(scheme, _)| !scheme.contains(['/', '?', '#']));
    let rest = match scheme {
        Some((scheme, rest)) => {
            let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            web.then_some(rest)?
        }
        None => text,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = without_port(authority)?;
    if scheme.is_some() {
        HostName::parse(host).ok()?;
        Some(text.to_owned())
    } else {
        DomainName::parse(host).ok()?;
        Some(format!("https://{text}"))
    }
}

/// The host of an authority without user information, its port cut off if it is one.
fn without_port(authority: &str) -> Option<&str> {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => port.parse::<u16>().ok().map(|_| host),
        _ => Some(authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_ports_and_paths_pass() {
        for (text, kept) in [
            (
                "HTTPS://Example.org:8443/a#b",
                "HTTPS://Example.org:8443/a#b",
            ),
            ("http://localhost", "http://localhost"),
            ("http://[::1]:80/", "http://[::1]:80/"),
            ("http://[::1]", "http://[::1]"),
            ("example.org:8080/a://b", "https://example.org:8080/a://b"),
            (
                "example.org/?to=http://x",
                "https://example.org/?to=http://x",
            ),
        ] {
            assert_eq!(normalise(text).as_deref(), Some(kept), "{text}");
        }
    }

    #[test]
    fn other_schemes_users_and_blanks_are_refused() {
        for text in [
            "data:text/html,x.y",
            "mailto:a@b.org",
            "//example.org",
            "http://",
            "https:///a",
            "http://user@example.org",
            "http://a b.org",
            "http://a.org/\n",
            "http://a.org:99999",
            "localhost",
            "javascript://example.org/%0aalert(1)",
        ] {
            assert_eq!(normalise(text), None, "{text}");
        }
    }
}
