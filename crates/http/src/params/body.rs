//! A request's body, read as its content type says.

use super::{InputError, Map, form, header, json, multipart};
use axum::http::{HeaderMap, Method, header::CONTENT_TYPE};

/// The parameters of a body.
///
/// A body that cannot be read has no parameters, and the error stays beside them, because dialects differ: OCS reads a
/// PATCH with broken JSON as an empty one (recorded, 982), others refuse it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    /// The parameters, none if the body could not be read or is of a kind that holds none.
    pub parameters: Map,
    /// Why it could not be read.
    pub error: Option<InputError>,
}

impl Body {
    /// Reads a body.
    ///
    /// Read are `application/x-www-form-urlencoded` and `application/json`, with or without a charset, and
    /// `multipart/form-data` of a POST: PHP's habit, and the recorded server keeps to it (185 makes its group, while 827,
    /// a PUT, leaves the address as it was, as 831 shows). All else, such as `text/plain`, `application/vnd.api+json` or
    /// no content type, is nothing to read (recorded, 138, 826, 830), and an empty body is no error.
    #[must_use]
    pub fn parse(method: &Method, headers: &HeaderMap, body: &[u8]) -> Self {
        let content_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        if body.is_empty() {
            return Self::default();
        }
        let read = match header::kind(content_type).as_str() {
            "application/x-www-form-urlencoded" => form::parse_form(body),
            "application/json" => json::parse(body),
            "multipart/form-data" if method == Method::POST => multipart::parse(content_type, body),
            _ => Ok(Map::new()),
        };
        match read {
            Ok(parameters) => Self {
                parameters,
                error: None,
            },
            Err(error) => Self {
                parameters: Map::new(),
                error: Some(error),
            },
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::Param;
    use super::*;
    use axum::http::HeaderValue;

    const JSON: &[u8] = br#"{"key":"role"}"#;
    const MULTIPART: &[u8] =
        b"--b\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nrole\r\n--b--\r\n";

    fn parse(method: &Method, content_type: &str, body: &[u8]) -> Body {
        let value = HeaderValue::from_str(content_type).unwrap();
        Body::parse(method, &HeaderMap::from_iter([(CONTENT_TYPE, value)]), body)
    }

    fn role() -> Body {
        Body {
            parameters: Map::from_iter([("key", Param::Text("role".to_owned()))]),
            error: None,
        }
    }

    #[test]
    fn forms_and_json_are_read_with_and_without_a_charset() {
        for content_type in [
            "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=UTF-8",
        ] {
            assert_eq!(parse(&Method::PUT, content_type, b"key=role"), role());
        }
        for content_type in ["application/json", "application/json; charset=utf-8"] {
            assert_eq!(parse(&Method::DELETE, content_type, JSON), role());
        }
    }

    #[test]
    fn multipart_is_read_from_a_post_alone() {
        let content_type = "multipart/form-data; boundary=b";
        assert_eq!(parse(&Method::POST, content_type, MULTIPART), role());
        assert_eq!(
            parse(&Method::PUT, content_type, MULTIPART),
            Body::default()
        );
    }

    #[test]
    fn other_types_hold_no_parameters() {
        for content_type in [
            "text/plain",
            "application/vnd.api+json",
            "application/xml",
            "",
        ] {
            assert_eq!(
                parse(&Method::PUT, content_type, JSON),
                Body::default(),
                "{content_type}"
            );
        }
        assert_eq!(
            Body::parse(&Method::POST, &HeaderMap::new(), JSON),
            Body::default()
        );
    }

    #[test]
    fn an_empty_body_is_no_error() {
        assert_eq!(
            parse(&Method::POST, "application/json", b""),
            Body::default()
        );
    }

    #[test]
    fn an_error_is_kept_beside_no_parameters() {
        let body = parse(&Method::PATCH, "application/json", b"{");
        assert_eq!(body.error, Some(InputError::Malformed));
        assert!(body.parameters.is_empty());
    }
}
