//! The spellings of bytes in stored hashes.

use super::Unusable;
use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};

/// Base64 with padding or without, as the systems that hashes come from differ in.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of a text in base64; `.` may stand for `+`, as passlib and OpenLDAP write it.
pub(super) fn base64(text: &str) -> Result<Vec<u8>, Unusable> {
    LENIENT
        .decode(text.replace('.', "+"))
        .map_err(|_| Unusable::Unknown)
}

/// The bytes of a text in hexadecimal digits.
pub(super) fn hex(text: &str) -> Result<Vec<u8>, Unusable> {
    let digit = |byte: u8| {
        char::from(byte)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => Some(digit(*high)? << 4 | digit(*low)?),
            _ => None,
        })
        .collect::<Option<_>>()
        .ok_or(Unusable::Unknown)
}

/// A number as hashes have them: digits alone, without leading zeros.
pub(super) fn number(text: &str) -> Result<u32, Unusable> {
    let plain = !text.is_empty()
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|_| plain).ok_or(Unusable::Unknown)
}
