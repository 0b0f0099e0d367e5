//! `application/x-www-form-urlencoded`, in queries and bodies.

use super::bounds::MAX_VARIABLES;
use super::{InputError, Map, notation};
use percent_encoding::percent_decode;
use std::borrow::Cow;

/// Reads a query (without its question mark) or a form body.
///
/// `+` is a space, a broken escape stays as it is, a field without `=` is empty, one without a name is dropped, and the
/// last of several texts of one name wins.
///
/// # Errors
/// [`InputError`]; text that is not UTF-8 is malformed.
pub fn parse_form(form: &[u8]) -> Result<Map, InputError> {
    let mut map = Map::new();
    let fields = form
        .split(|byte| *byte == b'&')
        .filter(|field| !field.is_empty());
    for (count, field) in fields.enumerate() {
        if count >= MAX_VARIABLES {
            return Err(InputError::TooMany);
        }
        let name_ends = field.iter().position(|byte| *byte == b'=');
        let (name, value) = match name_ends {
            Some(at) => (&field[..at], &field[at + 1..]),
            None => (field, &field[..0]),
        };
        let (name, value) = (decode(name)?, decode(value)?);
        if !name.is_empty() {
            notation::assign(&mut map, &name, value)?;
        }
    }
    Ok(notation::with_lists(map))
}

fn decode(text: &[u8]) -> Result<String, InputError> {
    let spaced: Cow<'_, [u8]> = if text.contains(&b'+') {
        text.iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect::<Vec<u8>>()
            .into()
    } else {
        text.into()
    };
    percent_decode(&spaced)
        .decode_utf8()
        .map(Cow::into_owned)
        .map_err(|_| InputError::Malformed)
}
