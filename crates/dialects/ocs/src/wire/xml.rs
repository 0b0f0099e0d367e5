//! XML as PHP's `XMLWriter` writes it with indentation: one space a level, each element on its own line.

use super::data::Data;
use super::json::write_int;

/// The name of list items, and of map entries whose key cannot be a name.
pub(super) const ELEMENT: &str = "element";

/// Appends the element `name` at the given depth with its line feed. `true` is `1`; `false` is the empty string; null and
/// empty arrays are elements without an end tag.
///
/// A key that is no XML name is written as `<element>`. The recorded server does so for numeric keys, but breaks off with
/// an empty body for others (`gt space` in the list of users with details). A client that walks the children meets
/// the name it already knows from numeric ids, nothing is left out, and no invented escape of the key has to be undone:
/// the objects in such maps carry their id as a field.
pub(super) fn write(name: &str, data: &Data, depth: usize, out: &mut Vec<u8>) {
    let name = element_name(name);
    match data {
        Data::Null => empty(name, depth, out),
        Data::Bool(value) => leaf(name, depth, out, |out| {
            out.extend_from_slice(if *value { b"1" } else { b"" })
        }),
        Data::Int(number) => leaf(name, depth, out, |out| write_int(*number, out)),
        Data::Text(text) => leaf(name, depth, out, |out| write_text(text, out)),
        Data::List(items) if items.is_empty() => empty(name, depth, out),
        Data::Map(entries) if entries.is_empty() => empty(name, depth, out),
        Data::List(items) => {
            open(name, depth, out);
            for item in items {
                write(ELEMENT, item, depth + 1, out);
            }
            close(name, depth, out);
        }
        Data::Map(entries) => {
            open(name, depth, out);
            for (key, value) in entries {
                write(key, value, depth + 1, out);
            }
            close(name, depth, out);
        }
    }
}

/// Appends `<name>` with its line feed.
pub(super) fn open(name: &str, depth: usize, out: &mut Vec<u8>) {
    indent(depth, out);
    tag(b"<", name, b">\n", out);
}

/// Appends `</name>` with its line feed.
pub(super) fn close(name: &str, depth: usize, out: &mut Vec<u8>) {
    indent(depth, out);
    tag(b"</", name, b">\n", out);
}

/// Appends `<name/>` with its line feed.
pub(super) fn empty(name: &str, depth: usize, out: &mut Vec<u8>) {
    indent(depth, out);
    tag(b"<", name, b"/>\n", out);
}

fn leaf(name: &str, depth: usize, out: &mut Vec<u8>, content: impl FnOnce(&mut Vec<u8>)) {
    indent(depth, out);
    tag(b"<", name, b">", out);
    content(out);
    tag(b"</", name, b">\n", out);
}

fn indent(depth: usize, out: &mut Vec<u8>) {
    out.resize(out.len() + depth, b' ');
}

fn tag(before: &[u8], name: &str, after: &[u8], out: &mut Vec<u8>) {
    out.extend_from_slice(before);
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(after);
}

/// The key itself if every parser takes it as a name, else `element`. Non-ASCII letters count as no name, since the
/// editions of XML 1.0 differ in them; the colon neither, since it would be an undeclared namespace prefix.
fn element_name(key: &str) -> &str {
    let is_name = match key.as_bytes() {
        [b'A'..=b'Z' | b'a'..=b'z' | b'_', rest @ ..] => rest
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')),
        _ => false,
    };
    if is_name { key } else { ELEMENT }
}

/// Appends text with its special characters escaped. Characters that XML 1.0 forbids become U+FFFD.
fn write_text(text: &str, out: &mut Vec<u8>) {
    let bytes = text.as_bytes();
    let mut plain_from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let (length, replacement): (usize, &str) = match byte {
            b'<' => (1, "&lt;"),
            b'>' => (1, "&gt;"),
            b'&' => (1, "&amp;"),
            b'"' => (1, "&quot;"),
            b'\r' => (1, "&#13;"),
            b'\t' | b'\n' => continue,
            0..0x20 => (1, "\u{fffd}"),
            0xef if matches!(bytes[at..], [_, 0xbf, 0xbe | 0xbf, ..]) => (3, "\u{fffd}"),
            _ => continue,
        };
        out.extend_from_slice(&bytes[plain_from..at]);
        out.extend_from_slice(replacement.as_bytes());
        plain_from = at + length;
    }
    out.extend_from_slice(&bytes[plain_from..]);
}
