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
        /// The part before the first colon. May be empty.
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

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
    use proptest::prelude::*;

    fn parse(value: &[u8]) -> Authorization {
        let value = HeaderValue::from_bytes(value).unwrap();
        Authorization::parse(&HeaderMap::from_iter([(header::AUTHORIZATION, value)]))
    }

    fn assert_basic(value: &str, login: &str, password: &str) {
        let read = match parse(value.as_bytes()) {
            Authorization::Basic { login, password } => Some((login, password.expose().to_owned())),
            _ => None,
        };
        assert_eq!(
            read,
            Some((login.to_owned(), password.to_owned())),
            "{value}"
        );
    }

    #[test]
    fn no_header_is_none() {
        assert!(matches!(
            Authorization::parse(&HeaderMap::new()),
            Authorization::None
        ));
    }

    #[test]
    fn scheme_names_ignore_case() {
        assert_basic("basic YWRtaW46YWRtaW4tcHctWHk3", "admin", "admin-pw-Xy7");
        assert_basic("BASIC   YWRtaW46YWRtaW4tcHctWHk3 ", "admin", "admin-pw-Xy7");
        assert!(matches!(
            parse(b"bEARER abc"),
            Authorization::Bearer(token) if token.expose() == "abc"
        ));
    }

    #[test]
    fn the_first_colon_parts_login_and_password() {
        assert_basic("Basic YTpiOmM=", "a", "b:c");
        assert_basic("Basic YTpiOmM", "a", "b:c");
        assert_basic("Basic Og==", "", "");
    }

    #[test]
    fn what_is_not_utf8_is_latin1() {
        let value = format!("Basic {}", STANDARD.encode(b"J\xfcrgen:p\xe4ss"));
        assert_basic(&value, "Jürgen", "päss");
    }

    #[test]
    fn broken_headers_are_unusable() {
        for value in [
            "Basic %%%",
            "Basic YWRtaW4=",
            "Basic",
            "Bearer",
            "Bearer  ",
            "Foo bar",
            "",
        ] {
            assert!(
                matches!(parse(value.as_bytes()), Authorization::Unusable),
                "{value}"
            );
        }
        assert!(matches!(parse(b"Bearer \xff"), Authorization::Unusable));
    }

    #[test]
    fn two_headers_are_unusable() {
        let mut headers = HeaderMap::new();
        headers.append(
            header::AUTHORIZATION,
            HeaderValue::from_static("Basic Og=="),
        );
        headers.append(
            header::AUTHORIZATION,
            HeaderValue::from_static("Basic Og=="),
        );
        assert!(matches!(
            Authorization::parse(&headers),
            Authorization::Unusable
        ));
    }

    #[test]
    fn secrets_do_not_print_themselves() {
        let basic = format!("{:?}", parse(b"Basic YTpiOmM="));
        assert!(!basic.contains("b:c"), "{basic}");
        let bearer = format!("{:?}", parse(b"Bearer tok-1"));
        assert!(!bearer.contains("tok-1"), "{bearer}");
    }

    proptest! {
        #[test]
        fn basic_headers_round_trip(login in "[^:]*", password in any::<String>(), padded in any::<bool>()) {
            let plain = format!("{login}:{password}");
            let encoded = if padded { STANDARD.encode(&plain) } else { STANDARD_NO_PAD.encode(&plain) };
            assert_basic(&format!("Basic {encoded}"), &login, &password);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in any::<Vec<u8>>()) {
            if let Ok(value) = HeaderValue::from_bytes(&[b"Basic ".as_slice(), &bytes].concat()) {
                let _ = Authorization::parse(&HeaderMap::from_iter([(header::AUTHORIZATION, value)]));
            }
        }
    }
}
