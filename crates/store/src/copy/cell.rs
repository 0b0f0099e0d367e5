//! Values on their way from one engine to another.

use super::tables::{Column, Kind};
use crate::{Row, Value};
use provost_model::Result;

/// A value of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// The value of a column, which is at this place of a row.
    pub(super) fn read(column: &Column, row: &Row<'_>, at: usize) -> Result<Self> {
        Ok(match column.kind {
            Kind::Int => row.opt_int(at)?.map(Self::Int),
            Kind::Text => row.opt_text(at)?.map(str::to_owned).map(Self::Text),
            Kind::Bytes => row.opt_bytes(at)?.map(<[u8]>::to_vec).map(Self::Bytes),
        }
        .unwrap_or(Self::Null))
    }

    /// The same as a parameter.
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(int) => Value::Int(*int),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }

    /// Its number; 0 for what is none.
    pub(super) const fn int(&self) -> i64 {
        match self {
            Self::Int(int) => *int,
            Self::Null | Self::Text(_) | Self::Bytes(_) => 0,
        }
    }

    /// Its text; the empty one for what is none.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Null | Self::Int(_) | Self::Bytes(_) => "",
        }
    }

    /// Appends its kind, its length where that varies, and itself, so that no two lists of values have the same bytes.
    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        let (kind, content): (u8, &[u8]) = match self {
            Self::Null => return out.push(0),
            Self::Int(int) => {
                out.push(1);
                return out.extend_from_slice(&int.to_be_bytes());
            }
            Self::Text(text) => (2, text.as_bytes()),
            Self::Bytes(bytes) => (3, bytes),
        };
        out.push(kind);
        out.extend_from_slice(&content.len().to_be_bytes());
        out.extend_from_slice(content);
    }
}
