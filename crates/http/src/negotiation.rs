//! Which format a client would like.

use axum::http::{HeaderMap, header};

/// Whether the `Accept` header asks for JSON rather than XML.
///
/// The simplest rule that fits the recorded OCS answers (69 to 80): the list is cut at its commas, each member is
/// trimmed and lower-cased, and the first that *is* `application/json` or `application/xml` decides. So a member with
/// parameters (`application/json;q=0.9`), `*/*`, `text/xml` and `application/vnd.api+json` decide nothing, and where
/// nothing decides it is XML.
#[must_use]
pub fn accepts_json(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .find_map(|member| match member.trim() {
            media if media.eq_ignore_ascii_case("application/json") => Some(true),
            media if media.eq_ignore_ascii_case("application/xml") => Some(false),
            _ => None,
        })
        .unwrap_or(false)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn json(accept: &str) -> bool {
        accepts_json(&HeaderMap::from_iter([(
            header::ACCEPT,
            accept.parse().unwrap(),
        )]))
    }

    #[test]
    fn a_bare_media_type_in_the_list_gives_json() {
        assert!(json("application/json"));
        assert!(json("text/plain, application/json"));
        assert!(json("application/json, text/plain, */*"));
        assert!(json("APPLICATION/JSON"));
    }

    #[test]
    fn anything_else_gives_xml() {
        assert!(!accepts_json(&HeaderMap::new()));
        for accept in [
            "application/xml",
            "text/xml",
            "*/*",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/json;q=0.9",
            "application/yaml",
            "application/vnd.api+json",
            "application/xml, application/json",
        ] {
            assert!(!json(accept), "{accept}");
        }
    }
}
