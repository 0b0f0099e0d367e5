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

#[cfg(test)]
mod tests {
    use super::super::Param;
    use super::*;
    use proptest::prelude::*;

    const KIND: &str = "multipart/form-data; boundary=b";

    fn text(text: &str) -> Param {
        Param::Text(text.to_owned())
    }

    #[test]
    fn fields_are_read_and_files_are_not() {
        let body = b"preamble\r\n--b\r\nContent-Disposition: form-data; name=\"groupid\"\r\n\r\nGTmulti\r\n\
            --b  \r\ncontent-type: text/plain\r\ncontent-disposition: form-data; name=\"a[]\"\r\n\r\nx\r\ny\r\n\
            --b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f.bin\"\r\n\r\n\xff\r\n\
            --b\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--b--\r\nepilogue";
        let wanted = Map::from_iter([
            ("groupid", text("GTmulti")),
            ("a", Param::List(vec![text("x\r\ny")])),
            ("empty", text("")),
        ]);
        assert_eq!(parse(KIND, body), Ok(wanted));
    }

    #[test]
    fn a_quoted_boundary_is_undone() {
        let body = b"--a b\r\nContent-Disposition: form-data; name=k\r\n\r\nv\r\n--a b--";
        assert_eq!(
            parse("multipart/form-data; charset=utf-8; boundary=\"a b\"", body),
            Ok(Map::from_iter([("k", text("v"))]))
        );
    }

    #[test]
    fn no_fields_are_no_error() {
        assert_eq!(parse(KIND, b"--b--\r\n"), Ok(Map::new()));
    }

    #[test]
    fn broken_bodies_are_malformed() {
        for body in [
            b"".as_slice(),
            b"--c\r\n--c--",
            b"--b\r\nContent-Disposition: form-data; name=k\r\n\r\nv",
            b"--b\r\nContent-Disposition: form-data; name=k\r\n--b--",
            b"--b\r\nContent-Disposition: form-data; name=k\r\n\r\n\xff\r\n--b--",
        ] {
            assert_eq!(parse(KIND, body), Err(InputError::Malformed), "{body:?}");
        }
        assert_eq!(
            parse("multipart/form-data", b"--b--"),
            Err(InputError::Malformed)
        );
    }

    #[test]
    fn the_number_of_parts_is_bounded() {
        let parts = |count: usize| {
            let part = "--b\r\nContent-Disposition: form-data; name=k\r\n\r\nv\r\n";
            format!("{}--b--", part.repeat(count))
        };
        assert!(parse(KIND, parts(MAX_VARIABLES).as_bytes()).is_ok());
        assert_eq!(
            parse(KIND, parts(MAX_VARIABLES + 1).as_bytes()),
            Err(InputError::TooMany)
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(body in any::<Vec<u8>>()) {
            let _ = parse(KIND, &body);
        }

        #[test]
        fn any_lines_are_read_without_a_panic(lines in prop::collection::vec(
            prop_oneof![Just("--b"), Just("--b--"), Just(""), Just("Content-Disposition: form-data; name=k"), Just("x")], 0..12,
        )) {
            let _ = parse(KIND, lines.join("\r\n").as_bytes());
        }
    }
}
