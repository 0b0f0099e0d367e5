//! Lists that are written piece by piece, so that one of any length takes bounded memory.

use axum::body::Body;
use axum::http::Response;

use super::answer::respond;
use super::data::Data;
use super::envelope::{self, Meta};
use super::format::Format;
use super::style::Style;
use super::{json, xml};

/// What the items of a framed list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// Values in order.
    List,
    /// Values under keys.
    Map,
}

/// A successful envelope whose data is one named list or map. Its pieces, one after the other, are the bytes that the same
/// answer has when it is rendered at once: `open`, then any number of `item`, then `close`.
#[derive(Debug)]
pub(crate) struct ListFrame {
    style: Style,
    name: &'static str,
    kind: ListKind,
    is_empty: bool,
}

impl ListFrame {
    /// A frame for the list `name`, an XML name, such as `users`.
    pub(crate) const fn new(style: Style, name: &'static str, kind: ListKind) -> Self {
        Self {
            style,
            name,
            kind,
            is_empty: true,
        }
    }

    /// Appends what precedes the first item. The list itself is not opened yet, because an empty one looks different.
    pub(crate) fn open(&self, out: &mut Vec<u8>) {
        envelope::open(self.style, &Meta::ok(self.style), out);
        match self.style.format {
            Format::Xml => xml::open("data", 1, out),
            Format::Json => {
                out.push(b'{');
                json::write_text(self.name, out);
                out.push(b':');
            }
        }
    }

    /// Appends an item of a list, or the entry `key` of a map; lists ignore the key.
    pub(crate) fn item(&mut self, key: &str, value: &Data, out: &mut Vec<u8>) {
        let is_first = std::mem::replace(&mut self.is_empty, false);
        match self.style.format {
            Format::Xml => {
                if is_first {
                    xml::open(self.name, 2, out);
                }
                let name = if self.kind == ListKind::Map {
                    key
                } else {
                    xml::ELEMENT
                };
                xml::write(name, value, 3, out);
            }
            Format::Json => {
                out.push(match (is_first, self.kind) {
                    (true, ListKind::List) => b'[',
                    (true, ListKind::Map) => b'{',
                    (false, _) => b',',
                });
                if self.kind == ListKind::Map {
                    json::write_text(key, out);
                    out.push(b':');
                }
                json::write(value, out);
            }
        }
    }

    /// Appends what follows the last item.
    pub(crate) fn close(self, out: &mut Vec<u8>) {
        match self.style.format {
            Format::Xml => {
                if self.is_empty {
                    xml::empty(self.name, 2, out);
                } else {
                    xml::close(self.name, 2, out);
                }
                xml::close("data", 1, out);
            }
            Format::Json => out.extend_from_slice(match (self.is_empty, self.kind) {
                (true, _) => b"[]}",
                (false, ListKind::List) => b"]}",
                (false, ListKind::Map) => b"}}",
            }),
        }
        envelope::close(self.style.format, out);
    }

    /// The HTTP answer around a body that yields the pieces of a frame of this style.
    pub(crate) fn response(style: Style, body: Body) -> Response<Body> {
        respond(axum::http::StatusCode::OK, style.content_type(true), body)
    }
}
