//! The name that people see.

use super::fold;
use super::text::{at_most, no_controls, text_value};
use crate::{Field, Violation};

/// The display name of a user, group or tenant: at most 255 characters without control characters; it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct DisplayName(Box<str>);

text_value!(DisplayName);

impl DisplayName {
    /// The most characters of a display name.
    pub const MAX_CHARACTERS: usize = 255;

    /// Reads a display name.
    ///
    /// # Errors
    /// [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        at_most(Field::DisplayName, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::DisplayName, text)?;
        Ok(Self(text.into()))
    }

    /// The folded form, for order and search.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_may_be_empty_or_hold_anything_visible() {
        for text in ["", "<b>&\"Ünï 群😀", &"D".repeat(255)] {
            assert_eq!(
                DisplayName::parse(text).map(|name| name.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn long_names_and_control_characters_are_refused() {
        for text in ["a\0", "a\u{7f}", &"D".repeat(256)] {
            assert!(DisplayName::parse(text).is_err(), "{text:?}");
        }
    }
}
