//! Reading lines.

mod csv;
mod fields;
mod group;
mod json_lines;
mod record;
mod strict;
mod tenant;
mod user;

pub(crate) use group::GroupRecord;
pub(crate) use record::{Record, Said};
pub(crate) use tenant::TenantRecord;

use crate::Format;
use serde_json::{Map, Value};

/// The longest line, or row, in bytes.
pub(crate) const LONGEST: usize = 1024 * 1024;

/// A line, cut off and read as far as its notation goes: its number, and its keys or what is wrong with it.
pub(crate) type Line = (u64, Result<Map<String, Value>, String>);

/// Cuts what arrives into lines.
pub(crate) enum Lines {
    Json(json_lines::JsonLines),
    Csv(Box<csv::Rows>),
}

impl Lines {
    pub(crate) fn new(format: Format) -> Self {
        match format {
            Format::JsonLines => Self::Json(json_lines::JsonLines::default()),
            Format::Csv => Self::Csv(Box::default()),
        }
    }

    /// Takes what arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Json(lines) => lines.push(bytes),
            Self::Csv(rows) => rows.push(bytes),
        }
    }

    /// The next line that arrived whole; with `all` arrived, also one that nothing ends.
    pub(crate) fn next(&mut self, all: bool) -> Option<Line> {
        match self {
            Self::Json(lines) => lines.next(all),
            Self::Csv(rows) => rows.next(all),
        }
    }
}

#[cfg(test)]
mod tests;
