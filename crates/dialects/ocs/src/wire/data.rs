//! The value tree of an answer.

use std::borrow::Cow;

/// The key of a map: a literal of ours, or a name such as a user's id.
pub(crate) type Key = Cow<'static, str>;

/// A value of an answer's `data`, free of the format it will be written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Data {
    /// No value: `null`, or an element without content.
    Null,
    /// `true` or `false`; in XML `1` or the empty string.
    Bool(bool),
    /// A number without quotes in JSON.
    Int(i64),
    /// A string.
    Text(Cow<'static, str>),
    /// Values in order.
    List(Vec<Self>),
    /// Named values in order. An empty one looks like an empty list, as PHP knows only one kind of array.
    Map(Vec<(Key, Self)>),
}

impl Data {
    /// The empty list or map.
    pub(crate) const EMPTY: Self = Self::List(Vec::new());

    /// A list of everything `items` yields.
    pub(crate) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// A map of the given pairs, in their order.
    pub(crate) fn map<K: Into<Key>, T: Into<Self>>(
        pairs: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        Self::Map(
            pairs
                .into_iter()
                .map(|(key, value)| (key.into(), value.into()))
                .collect(),
        )
    }

    /// An id as PHP returns it from the keys of an array: decimal integers in their shortest form that fit 64 bits
    /// (`12345`, `-5`) have become numbers, all else (`007`, `+1`, `-0`) stays text. `/users` shows ids this way.
    pub(crate) fn php_key(id: &str) -> Self {
        match id.parse::<i64>() {
            Ok(number) if is_shortest(id) => Self::Int(number),
            _ => Self::Text(id.to_owned().into()),
        }
    }
}

/// Whether a string that parses as an integer is the one PHP would print for it.
fn is_shortest(integer: &str) -> bool {
    match integer.strip_prefix('-').unwrap_or(integer).as_bytes() {
        [b'0'] => integer == "0",
        [b'1'..=b'9', ..] => true,
        _ => false,
    }
}

/// A map under construction, for answers whose fields depend on who asks.
#[derive(Debug, Default)]
pub(crate) struct Entries(Vec<(Key, Data)>);

impl Entries {
    /// An empty map with room for `fields` entries.
    pub(crate) fn with_capacity(fields: usize) -> Self {
        Self(Vec::with_capacity(fields))
    }

    /// Adds an entry at the end. Keys are not compared: the caller gives each but once.
    pub(crate) fn push(&mut self, key: impl Into<Key>, value: impl Into<Data>) {
        self.0.push((key.into(), value.into()));
    }
}

impl From<Entries> for Data {
    fn from(entries: Entries) -> Self {
        Self::Map(entries.0)
    }
}

impl From<bool> for Data {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Data {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<&'static str> for Data {
    fn from(value: &'static str) -> Self {
        Self::Text(Cow::Borrowed(value))
    }
}

impl From<String> for Data {
    fn from(value: String) -> Self {
        Self::Text(Cow::Owned(value))
    }
}

impl From<Cow<'static, str>> for Data {
    fn from(value: Cow<'static, str>) -> Self {
        Self::Text(value)
    }
}

impl<T: Into<Self>> From<Option<T>> for Data {
    /// An absent value is null.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Data {
    fn from(items: Vec<T>) -> Self {
        Self::list(items)
    }
}
