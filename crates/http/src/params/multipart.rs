//! `multipart/form-data` (RFC 7578): the text fields, with files left out.

use super::bounds::MAX_VARIABLES;
use super::{InputError, Map, header, notation};

/// Reads the fields of a body with this content type.
pub(super) fn parse(content_type: &str, body: &[u8]) -> Result<Map, InputError> {
    let boundary = header::parameter(content_type, "boundary")
        .filter(|boundary| (1..=70).contains(&boundary.len()))
        .ok_or(InputError::Malformed)?;
    let first = format!("--{boundary}");
    let delimiter = format!("\r\n--{boundary}");
    let mut rest = match body.strip_prefix(first.as_bytes()) {
        Some(rest) => rest,
        None => {
            cut(body, delimiter.as_bytes())
                .ok_or(InputError::Malformed)?
                .1
        }
    };
    let mut map = Map::new();
    for _ in 0..=MAX_VARIABLES {
        if rest.starts_with(b"--") {
            return Ok(notation::with_lists(map));
        }
        let (_, part) = cut(rest, b"\r\n").ok_or(InputError::Malformed)?;
        let (part, after) = cut(part, delimiter.as_bytes()).ok_or(InputError::Malformed)?;
        if let Some((name, value)) = field(part)? {
            notation::assign(&mut map, &name, value)?;
        }
        rest = after;
    }
    Err(InputError::TooMany)
}

/// The name and text of a part; `None` for a file or a part without a name.
fn field(part: &[u8]) -> Result<Option<(String, String)>, InputError> {
    let (headers, value) = cut(part, b"\r\n\r\n").ok_or(InputError::Malformed)?;
    let headers = std::str::from_utf8(headers).map_err(|_| InputError::Malformed)?;
    let Some(disposition) = headers.split("\r\n").find_map(disposition) else {
        return Ok(None);
    };
    let name = header::parameter(disposition, "name").filter(|name| !name.is_empty());
    match name {
        Some(name) if header::parameter(disposition, "filename").is_none() => {
            let value = std::str::from_utf8(value).map_err(|_| InputError::Malformed)?;
            Ok(Some((name, value.to_owned())))
        }
        _ => Ok(None),
    }
}

fn disposition(line: &str) -> Option<&str> {
    let (name, value) = line.split_once(':')?;
    name.trim()
        .eq_ignore_ascii_case("content-disposition")
        .then_some(value)
}

/// What stands before and after the first `separator`.
fn cut<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes
        .windows(separator.len())
        .position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}
