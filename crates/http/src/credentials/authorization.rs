//! The `Authorization` header (RFC 9110 section 11, RFC 7617, RFC 6750).

use super::Secret;
use axum::http::{HeaderMap, header};
use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Clients leave the padding out, or leave stray bits in the last character.
const LENIENT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What a request's `Authorization` header holds.
#[derive(Clone, Debug)]
pub enum Authorization {
    /// There is no such header.
    None,
    /// HTTP Basic.
    Basic {
        /// The part before the first colon, perhaps with a suffix that [`super::LoginName`] reads. May be empty.
        login: String,
        /// The part after the first colon. May be empty.
        password: Secret,
    },
    /// A bearer token, never empty.
    Bearer(Secret),
    /// An unknown scheme, a broken header, or more than one of them.
    Unusable,
}

impl Authorization {
    /// Reads the header. Scheme names ignore case.
    #[must_use]
    pub fn parse(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(header::AUTHORIZATION).iter();
        let Some(value) = values.next() else {
            return Self::None;
        };
        // Two headers could be read differently here and in a proxy before us.
        if values.next().is_some() {
            return Self::Unusable;
        }
        let value = value.as_bytes().trim_ascii();
        let scheme_ends = value
            .iter()
            .position(|byte| *byte == b' ')
            .unwrap_or(value.len());
        let (scheme, rest) = value.split_at(scheme_ends);
        let rest = rest.trim_ascii();
        if scheme.eq_ignore_ascii_case(b"basic") {
            basic(rest)
        } else if scheme.eq_ignore_ascii_case(b"bearer") {
            bearer(rest)
        } else {
            Self::Unusable
        }
    }
}

fn basic(encoded: &[u8]) -> Authorization {
    let Ok(decoded) = LENIENT_BASE64.decode(encoded) else {
        return Authorization::Unusable;
    };
    let text = utf8_or_latin1(decoded);
    match text.split_once(':') {
        Some((login, password)) => Authorization::Basic {
            login: login.to_owned(),
            password: Secret::new(password.to_owned()),
        },
        None => Authorization::Unusable,
    }
}

fn bearer(token: &[u8]) -> Authorization {
    match std::str::from_utf8(token) {
        Ok(token) if !token.is_empty() => Authorization::Bearer(Secret::new(token.to_owned())),
        _ => Authorization::Unusable,
    }
}

/// Old clients send Latin-1, in which every byte is the character of the same number.
fn utf8_or_latin1(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes)
        .unwrap_or_else(|error| error.into_bytes().into_iter().map(char::from).collect())
}
