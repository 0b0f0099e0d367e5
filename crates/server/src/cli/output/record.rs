//! Named values in an order: a row of a table and a JSON object alike.

use super::cell;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Named values in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record(Vec<(&'static str, Value)>);

impl Record {
    /// A record without fields.
    pub(crate) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a field.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// The fields' names.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// The fields' values as text for people.
    pub(super) fn cells(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(|(_, value)| cell::text(value))
    }
}

impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
