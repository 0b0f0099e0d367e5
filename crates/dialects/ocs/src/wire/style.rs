//! How an answer is written: the version, the format, and the server whose habits it has.

use super::data::Data;
use super::format::{Format, Version};
use axum::http::{HeaderValue, StatusCode};
use provost_model::Flavour;

const TEXT_XML: HeaderValue = HeaderValue::from_static("text/xml; charset=UTF-8");

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// The version of the interface.
    pub(crate) version: Version,
    /// The format of the answer.
    pub(crate) format: Format,
    /// The server whose habits the answer has.
    pub(crate) flavour: Flavour,
}

impl Style {
    /// Nextcloud's style.
    pub(crate) const fn new(version: Version, format: Format) -> Self {
        Self {
            version,
            format,
            flavour: Flavour::Nextcloud,
        }
    }

    /// The HTTP status of a failure, and the code that its envelope shows.
    pub(super) fn failure(self, code: u16) -> (StatusCode, u16) {
        match (self.flavour, self.version) {
            (Flavour::Nextcloud, version) => (version.http_status(code), code),
            (Flavour::Owncloud, Version::V1) => (Version::V1.http_status(code), code),
            (Flavour::Owncloud, Version::V2) => {
                let status = match code {
                    104 => StatusCode::FORBIDDEN,
                    code => Version::V2.http_status(code),
                };
                // ownCloud shows the HTTP status in the envelope too, but for the one code that version 1 maps as well
                let shown = if code == 997 { code } else { status.as_u16() };
                (status, shown)
            }
        }
    }

    /// The message of a success.
    pub(super) const fn success_message(self) -> &'static str {
        match self.flavour {
            Flavour::Nextcloud => "OK",
            Flavour::Owncloud => "",
        }
    }

    /// A message as the envelope shows it: ownCloud has none where Nextcloud has an empty one.
    pub(super) fn message(self, message: &str) -> Data {
        match self.flavour {
            Flavour::Owncloud if message.is_empty() => Data::Null,
            Flavour::Owncloud | Flavour::Nextcloud => Data::from(message.to_owned()),
        }
    }

    /// Whether the envelope has the two fields that are always empty.
    pub(super) fn shows_totals(self) -> bool {
        self.flavour == Flavour::Owncloud || self.version == Version::V1
    }

    /// The content type of an answer, made by an operation or not.
    pub(super) const fn content_type(self, from_operation: bool) -> HeaderValue {
        match (self.flavour, self.format) {
            (Flavour::Owncloud, Format::Xml) => TEXT_XML,
            (Flavour::Owncloud | Flavour::Nextcloud, format) if from_operation => {
                format.content_type()
            }
            (Flavour::Owncloud | Flavour::Nextcloud, format) => {
                format.content_type_outside_operations()
            }
        }
    }
}
