//! Links from one resource to another.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

/// What stays as it is in a segment of a path: letters, digits, and what RFC 3986 lets stand there.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// How links are made.
#[derive(Clone, Debug)]
pub(crate) struct Links {
    /// The URL in front of all paths, without a slash at its end.
    pub(crate) base: String,
    /// Whether links have a `location` beside their `href`.
    pub(crate) location: bool,
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Link {
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    rel: &'static str,
}

impl Links {
    /// The link to the resource with this path, as its own.
    pub(crate) fn to(&self, segments: &[&str]) -> Link {
        let mut href = self.base.clone();
        for segment in segments {
            href.push('/');
            href.extend(utf8_percent_encode(segment, ESCAPED));
        }
        href.push('/');
        Link {
            location: self.location.then(|| href.clone()),
            href,
            rel: "self",
        }
    }
}

impl Link {
    /// The same, to something that is related.
    pub(crate) fn related(self) -> Self {
        Self {
            rel: "related",
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(location: bool, segments: &[&str]) -> String {
        let links = Links {
            base: "https://api.example".to_owned(),
            location,
        };
        serde_json::to_string(&links.to(segments)).unwrap_or_default()
    }

    #[test]
    fn a_link_is_the_base_the_path_and_a_slash() {
        assert_eq!(
            written(false, &["email", "test.com", "usernames", "a#b/c+d"]),
            r#"{"href":"https://api.example/email/test.com/usernames/a%23b%2Fc+d/","rel":"self"}"#
        );
        assert_eq!(
            written(true, &["a"]),
            r#"{"href":"https://api.example/a/","location":"https://api.example/a/","rel":"self"}"#
        );
    }
}
