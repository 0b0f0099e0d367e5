//! The key of a setting or preference.

use super::text::{at_most, no_controls, not_empty, text_value};
use crate::{Field, Violation};

/// The key of an app's setting or a user's preference: 1 to 64 characters without control characters. Compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SettingKey(Box<str>);

text_value!(SettingKey);

impl SettingKey {
    /// The most characters of a key.
    pub const MAX_CHARACTERS: usize = 64;

    /// Reads a key.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::Key, text)?;
        at_most(Field::Key, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::Key, text)?;
        Ok(Self(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_1_to_64_characters() {
        for text in [
            "newUser.requireEmail",
            "shortcuts_disabled",
            "ключ",
            &"ü".repeat(64),
        ] {
            assert!(SettingKey::parse(text).is_ok(), "{text}");
        }
        for text in ["", "a\0", "a\n", &"k".repeat(65)] {
            assert!(SettingKey::parse(text).is_err(), "{text:?}");
        }
    }
}
