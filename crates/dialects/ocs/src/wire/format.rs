//! The two versions of the interface and the two formats of an answer.

use axum::http::{HeaderValue, StatusCode};

/// The version of the interface, from the path: `ocs/v1.php` or `ocs/v2.php`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Version {
    /// Tells of errors in the envelope alone.
    V1,
    /// Tells of errors in the HTTP status too.
    V2,
}

impl Version {
    /// That of a path, if it is one of the interface's.
    pub(crate) fn of(segments: &[&str]) -> Option<Self> {
        match segments {
            ["ocs", "v1.php", ..] => Some(Self::V1),
            ["ocs", "v2.php", ..] => Some(Self::V2),
            _ => None,
        }
    }

    /// The status code of an envelope that reports success.
    pub(crate) const fn success_code(self) -> u16 {
        match self {
            Self::V1 => 100,
            Self::V2 => 200,
        }
    }

    /// The HTTP status of an envelope that reports the failure `code`.
    pub(crate) fn http_status(self, code: u16) -> StatusCode {
        match (self, code) {
            (_, 997) => StatusCode::UNAUTHORIZED,
            (Self::V1, _) => StatusCode::OK,
            (Self::V2, 998) => StatusCode::NOT_FOUND,
            (Self::V2, 996 | 999) => StatusCode::INTERNAL_SERVER_ERROR,
            (Self::V2, 200..=600) => StatusCode::from_u16(code).unwrap_or(StatusCode::BAD_REQUEST),
            (Self::V2, _) => StatusCode::BAD_REQUEST,
        }
    }
}

/// The format of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    /// The one given when none or an unknown one is asked for.
    Xml,
    /// Asked for with `format=json` or an `Accept` header.
    Json,
}

impl Format {
    /// The content type of answers made by an operation.
    pub(crate) const fn content_type(self) -> HeaderValue {
        match self {
            Self::Xml => HeaderValue::from_static("application/xml; charset=utf-8"),
            Self::Json => HeaderValue::from_static("application/json; charset=utf-8"),
        }
    }

    /// The content type of answers made before or instead of an operation: XML is `text/xml` there.
    pub(crate) const fn content_type_outside_operations(self) -> HeaderValue {
        match self {
            Self::Xml => HeaderValue::from_static("text/xml; charset=UTF-8"),
            Self::Json => self.content_type(),
        }
    }
}
