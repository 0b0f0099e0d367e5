//! What one dialect alone knows of a user.

use crate::{Field, Rule, Violation};
use serde_json::{Map, Value};

/// The dialects that keep values of their own with users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// OneOffice Marketplace.
    OneOffice,
}

impl Dialect {
    /// The dialect in the store and in the audit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::OneOffice => "oneoffice",
        }
    }
}

/// JSON values of a user, by name, that only one dialect shows and takes. Writes through other dialects leave them alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DialectValues(Map<String, Value>);

impl DialectValues {
    /// The most bytes of all names and values of a user together, as they are stored.
    pub const MAX_BYTES: usize = 64 * 1024;
    /// How deep lists and objects may lie in each other, so that what was stored is also read again.
    pub const MAX_DEPTH: usize = 32;

    /// A value, if it is set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All names with their values, in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Sets values, or unsets those that are none.
    ///
    /// # Errors
    /// [`Rule::TooLong`] if they are too many bytes then, [`Rule::Malformed`] for what lies too deep.
    pub fn apply(&mut self, changes: &[(String, Option<Value>)]) -> Result<(), Violation> {
        for (name, value) in changes {
            match value {
                Some(value) if is_deeper(value, Self::MAX_DEPTH) => {
                    return Err(Violation::new(Field::Value, Rule::Malformed));
                }
                Some(value) => {
                    self.0.insert(name.clone(), value.clone());
                }
                None => {
                    self.0.remove(name);
                }
            }
        }
        if self
            .stored()
            .is_some_and(|text| text.len() > Self::MAX_BYTES)
        {
            let max = Self::MAX_BYTES;
            return Err(Violation::new(Field::Value, Rule::TooLong { max }));
        }
        Ok(())
    }

    /// The text that the store keeps; none if nothing is set.
    #[must_use]
    pub fn stored(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| serde_json::json!(self.0).to_string())
    }

    /// The values of a stored text.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(serde_json::from_str(text).unwrap_or_default())
    }
}

/// Whether lists and objects lie deeper in each other than this.
fn is_deeper(value: &Value, depth: usize) -> bool {
    match (value, depth.checked_sub(1)) {
        (Value::Array(_) | Value::Object(_), None) => true,
        (Value::Array(items), Some(rest)) => items.iter().any(|item| is_deeper(item, rest)),
        (Value::Object(map), Some(rest)) => map.values().any(|item| is_deeper(item, rest)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn set(name: &str, value: Value) -> (String, Option<Value>) {
        (name.to_owned(), Some(value))
    }

    #[test]
    fn values_survive_the_store() {
        let mut values = DialectValues::default();
        assert_eq!(values.stored(), None);
        let changes = [set("apps", json!([1, 2])), set("gone", json!("\0ü"))];
        assert_eq!(values.apply(&changes), Ok(()));
        let stored = values.stored().unwrap_or_default();
        assert!(!stored.contains('\0'));
        assert_eq!(DialectValues::from_stored(&stored), values);
        assert_eq!(values.apply(&[("gone".to_owned(), None)]), Ok(()));
        assert_eq!(
            values.iter().collect::<Vec<_>>(),
            [("apps", &json!([1, 2]))]
        );
    }

    #[test]
    fn they_are_bounded_together() {
        let mut values = DialectValues::default();
        let half = || json!("x".repeat(DialectValues::MAX_BYTES / 2));
        assert_eq!(values.apply(&[set("a", half())]), Ok(()));
        let max = DialectValues::MAX_BYTES;
        let refused = Violation::new(Field::Value, Rule::TooLong { max });
        assert_eq!(values.apply(&[set("b", half())]), Err(refused));
    }

    #[test]
    fn what_lies_too_deep_is_refused() {
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
        let mut values = DialectValues::default();
        let deepest = nested(DialectValues::MAX_DEPTH);
        assert_eq!(values.apply(&[set("a", deepest)]), Ok(()));
        let stored = values.stored().unwrap_or_default();
        assert_eq!(DialectValues::from_stored(&stored), values);
        let refused = Violation::new(Field::Value, Rule::Malformed);
        let deeper = nested(DialectValues::MAX_DEPTH + 1);
        assert_eq!(values.apply(&[set("a", deeper)]), Err(refused));
    }
}
