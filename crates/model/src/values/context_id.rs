//! A tenant's integer id.

use crate::{Field, Rule, Violation};
use std::fmt;

/// A tenant's context id, the integer that Open-Xchange calls it by: 1 or more, unique in the deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContextId(i64);

impl ContextId {
    /// The context id of the tenant `default`.
    pub const FIRST: Self = Self(1);

    /// Takes a positive number.
    ///
    /// # Errors
    /// [`Rule::OutOfRange`].
    pub const fn new(number: i64) -> Result<Self, Violation> {
        if number < 1 {
            return Err(Violation::new(Field::ContextId, Rule::OutOfRange));
        }
        Ok(Self(number))
    }

    /// Reads decimal digits.
    ///
    /// # Errors
    /// [`Rule::Malformed`] if there is anything but digits, [`Rule::OutOfRange`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.is_empty() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Violation::new(Field::ContextId, Rule::Malformed));
        }
        text.parse()
            .map_err(|_| Violation::new(Field::ContextId, Rule::OutOfRange))
            .and_then(Self::new)
    }

    /// The id as read back from the store, where only parsed values go. Nothing is checked.
    #[must_use]
    pub const fn from_stored(number: i64) -> Self {
        Self(number)
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for ContextId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positive_numbers_alone_pass() {
        for (text, expected) in [
            ("1", Ok(1)),
            ("9223372036854775807", Ok(i64::MAX)),
            ("0", Err(Rule::OutOfRange)),
            ("9223372036854775808", Err(Rule::OutOfRange)),
            ("-1", Err(Rule::Malformed)),
            ("+1", Err(Rule::Malformed)),
            ("", Err(Rule::Malformed)),
            ("1x", Err(Rule::Malformed)),
        ] {
            let read = ContextId::parse(text)
                .map(ContextId::get)
                .map_err(|violation| violation.rule);
            assert_eq!(read, expected, "{text}");
        }
    }
}
