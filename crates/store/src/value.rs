//! Parameters of statements.

use provost_model::{EntryId, GroupNumber, TenantId, Timestamp, TokenId, UserId, UserNumber};
use uuid::Uuid;

/// A parameter of a statement. Columns are BIGINT, TEXT or BYTEA, nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// NULL.
    Null,
    /// A BIGINT; a boolean is 0 or 1.
    Int(i64),
    /// A TEXT.
    Text(&'a str),
    /// A BYTEA.
    Bytes(&'a [u8]),
    /// A BYTEA of 16 bytes.
    Id(Uuid),
}

/// A parameter that is kept for later.
#[derive(Debug)]
pub(crate) enum Kept {
    Null,
    Int(i64),
    Text(Box<str>),
    Bytes(Box<[u8]>),
    Id(Uuid),
}

impl From<Value<'_>> for Kept {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(int) => Self::Int(int),
            Value::Text(text) => Self::Text(text.into()),
            Value::Bytes(bytes) => Self::Bytes(bytes.into()),
            Value::Id(id) => Self::Id(id),
        }
    }
}

impl Kept {
    pub(crate) const fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(int) => Value::Int(*int),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
            Self::Id(id) => Value::Id(*id),
        }
    }
}

impl From<i64> for Value<'_> {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(value: &'a String) -> Self {
        Self::Text(value)
    }
}

impl<'a> From<&'a [u8]> for Value<'a> {
    fn from(value: &'a [u8]) -> Self {
        Self::Bytes(value)
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Value<'a> {
    fn from(value: &'a [u8; N]) -> Self {
        Self::Bytes(value)
    }
}

impl From<Uuid> for Value<'_> {
    fn from(value: Uuid) -> Self {
        Self::Id(value)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// The model's ids and numbers are parameters as they are.
macro_rules! from_wrapped {
    ($($wrapped:ty),+) => {
        $(impl From<$wrapped> for Value<'_> {
            fn from(value: $wrapped) -> Self {
                value.0.into()
            }
        })+
    };
}
from_wrapped!(
    TenantId,
    UserNumber,
    GroupNumber,
    Timestamp,
    UserId,
    TokenId,
    EntryId
);
