//! The address of a web site.

use super::{DomainName, HostName};

/// The form in which a web address is kept, or nothing if the text is none. Without a scheme `https://` is put before it,
/// and then its host needs a dot, so that a plain word is no web site.
pub(super) fn normalise(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return None;
    }
    let scheme_end = text.find("://");
    let rest = match scheme_end.map(|end| (&text[..end], &text[end + 3..])) {
        Some((scheme, rest)) => {
            let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            web.then_some(rest)?
        }
        None => text,
    };
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = without_port(authority)?;
    if scheme_end.is_some() {
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
