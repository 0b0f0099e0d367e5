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
