//! Values on the wire.

use std::error::Error;

use tokio_postgres::types::{
    Format, FromSql, IsNull, ToSql, Type, private::BytesMut, to_sql_checked,
};

use crate::Value;

type Outcome<T> = Result<T, Box<dyn Error + Sync + Send>>;

/// Whether parameters may have this type: BIGINT, BYTEA, or what the server reads from text.
pub(super) fn is_parameter(kind: &Type) -> bool {
    [Type::INT8, Type::BYTEA].contains(kind) || is_text(kind)
}

/// Types whose text form may be given as it is, so that `CAST($1 AS JSON)` needs no second cast.
fn is_text(kind: &Type) -> bool {
    [Type::TEXT, Type::JSON, Type::TSQUERY, Type::TS_VECTOR].contains(kind)
}

/// Whether a parameter can be given for one of this type.
pub(super) fn fits(value: &Value<'_>, kind: &Type) -> bool {
    match value {
        Value::Null => is_parameter(kind),
        Value::Int(_) => *kind == Type::INT8,
        Value::Text(_) => is_text(kind),
        Value::Bytes(_) | Value::Id(_) => *kind == Type::BYTEA,
    }
}

impl ToSql for Value<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Outcome<IsNull> {
        match (self, kind) {
            (Self::Null, _) => Ok(IsNull::Yes),
            (Self::Int(int), &Type::INT8) => int.to_sql(kind, out),
            (Self::Text(text), kind) if is_text(kind) => text.to_sql(&Type::TEXT, out),
            (Self::Bytes(bytes), &Type::BYTEA) => bytes.to_sql(kind, out),
            (Self::Id(id), &Type::BYTEA) => id.as_bytes().as_slice().to_sql(kind, out),
            // not the value, which may be a secret
            _ => Err(format!("a value of another type was given for {kind}").into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        is_parameter(kind)
    }

    fn encode_format(&self, _: &Type) -> Format {
        match self {
            Self::Text(_) => Format::Text,
            Self::Null | Self::Int(_) | Self::Bytes(_) | Self::Id(_) => Format::Binary,
        }
    }

    to_sql_checked!();
}

/// An integer of any size, or a boolean, since expressions such as `EXISTS (…)` or `1` have these types.
pub(crate) struct Integer(pub(crate) i64);

impl<'a> FromSql<'a> for Integer {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Outcome<Self> {
        Ok(Self(match *kind {
            Type::BOOL => bool::from_sql(kind, raw)?.into(),
            Type::INT2 => i16::from_sql(kind, raw)?.into(),
            Type::INT4 => i32::from_sql(kind, raw)?.into(),
            _ => i64::from_sql(kind, raw)?,
        }))
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::INT2, Type::BOOL].contains(kind)
    }
}
