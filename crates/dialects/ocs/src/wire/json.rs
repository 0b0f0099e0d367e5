//! JSON as PHP's `json_encode` writes it with `JSON_HEX_TAG`: no blanks, pure ASCII, slashes escaped.

use super::data::{Data, Key};

const HEX: &[u8; 16] = b"0123456789abcdef";

/// Appends a value.
pub(super) fn write(data: &Data, out: &mut Vec<u8>) {
    match data {
        Data::Null => out.extend_from_slice(b"null"),
        Data::Bool(true) => out.extend_from_slice(b"true"),
        Data::Bool(false) => out.extend_from_slice(b"false"),
        Data::Int(number) => write_int(*number, out),
        Data::Text(text) => write_text(text, out),
        Data::List(items) => write_list(items, out),
        Data::Map(entries) if entries.is_empty() => out.extend_from_slice(b"[]"),
        Data::Map(entries) => {
            for (position, (key, value)) in entries.iter().enumerate() {
                out.push(if position == 0 { b'{' } else { b',' });
                write_key(key, out);
                out.push(b':');
                write(value, out);
            }
            out.push(b'}');
        }
    }
}

/// Appends the key of a map. Those that are ours need no look at their characters.
fn write_key(key: &Key, out: &mut Vec<u8>) {
    match key {
        Key::Borrowed(literal) => {
            debug_assert!(!literal.bytes().any(is_special), "{literal}");
            out.push(b'"');
            out.extend_from_slice(literal.as_bytes());
            out.push(b'"');
        }
        Key::Owned(name) => write_text(name, out),
    }
}

fn write_list(items: &[Data], out: &mut Vec<u8>) {
    out.push(b'[');
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

/// Appends an integer in decimal digits; XML uses it too.
pub(super) fn write_int(number: i64, out: &mut Vec<u8>) {
    let mut digits = [0; 19];
    let mut start = digits.len();
    let mut rest = number.unsigned_abs();
    loop {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if number < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[start..]);
}

/// Appends a string with its quotes.
pub(super) fn write_text(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text;
    while let Some(special) = rest.bytes().position(is_special) {
        let (plain, tail) = rest.split_at(special);
        out.extend_from_slice(plain.as_bytes());
        let mut characters = tail.chars();
        if let Some(character) = characters.next() {
            write_special(character, out);
        }
        rest = characters.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// Whether a character beginning with this byte is not written as itself.
const fn is_special(byte: u8) -> bool {
    SPECIAL[byte as usize]
}

static SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = matches!(
            byte as u8,
            0..0x20 | b'"' | b'\\' | b'/' | b'<' | b'>' | 0x80..
        );
        byte += 1;
    }
    special
};

fn write_special(character: char, out: &mut Vec<u8>) {
    let short: &[u8] = match character {
        '"' => b"\\\"",
        '\\' => b"\\\\",
        '/' => b"\\/",
        '\u{8}' => b"\\b",
        '\u{c}' => b"\\f",
        '\n' => b"\\n",
        '\r' => b"\\r",
        '\t' => b"\\t",
        // these two alone have capital digits: JSON_HEX_TAG is a table of its own in PHP
        '<' => b"\\u003C",
        '>' => b"\\u003E",
        _ => {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let digit = |shift: u16| HEX[usize::from(*unit >> shift & 0xf)];
                out.extend_from_slice(&[b'\\', b'u', digit(12), digit(8), digit(4), digit(0)]);
            }
            return;
        }
    };
    out.extend_from_slice(short);
}
