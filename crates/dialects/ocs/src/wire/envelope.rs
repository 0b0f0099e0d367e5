//! The envelope around every answer: `ocs` with `meta` and `data`.

use super::data::{Data, Entries};
use super::format::Format;
use super::style::Style;
use super::{json, xml};

/// The part of an envelope that says how it went.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meta<'a> {
    pub(super) succeeded: bool,
    pub(super) code: u16,
    /// Often empty. The recorded server writes an absent message as the empty string in both formats.
    pub(super) message: &'a str,
}

impl Meta<'_> {
    pub(super) const fn ok(style: Style) -> Self {
        Self {
            succeeded: true,
            code: style.version.success_code(),
            message: style.success_message(),
        }
    }

    /// The fields of `meta` in order.
    fn fields(&self, style: Style) -> Data {
        let mut fields = Entries::with_capacity(5);
        fields.push("status", if self.succeeded { "ok" } else { "failure" });
        fields.push("statuscode", i64::from(self.code));
        fields.push("message", style.message(self.message));
        if style.shows_totals() {
            fields.push("totalitems", "");
            fields.push("itemsperpage", "");
        }
        fields.into()
    }
}

/// Appends a whole envelope.
pub(super) fn write(style: Style, meta: &Meta<'_>, data: &Data, out: &mut Vec<u8>) {
    open(style, meta, out);
    match style.format {
        Format::Xml => xml::write("data", data, 1, out),
        Format::Json => json::write(data, out),
    }
    close(style.format, out);
}

/// Appends everything before the value of `data`; in XML the `data` element itself is still to be written.
pub(super) fn open(style: Style, meta: &Meta<'_>, out: &mut Vec<u8>) {
    let meta = meta.fields(style);
    match style.format {
        Format::Xml => {
            out.extend_from_slice(b"<?xml version=\"1.0\"?>\n<ocs>\n");
            xml::write("meta", &meta, 1, out);
        }
        Format::Json => {
            out.extend_from_slice(b"{\"ocs\":{\"meta\":");
            json::write(&meta, out);
            out.extend_from_slice(b",\"data\":");
        }
    }
}

/// Appends everything after the value of `data`.
pub(super) fn close(format: Format, out: &mut Vec<u8>) {
    out.extend_from_slice(match format {
        Format::Xml => b"</ocs>\n",
        Format::Json => b"}}",
    });
}
