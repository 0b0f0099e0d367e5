//! The theme of a webmail account.

use super::text::{at_most, no_controls, not_empty, text_value};
use crate::{Field, Violation};

/// The identifier of a webmail front end's theme, such as `test_theme`: 1 to 64 characters without control characters. Which themes there
/// are, the front end knows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Theme(Box<str>);

text_value!(Theme);

impl Theme {
    /// The most characters of a theme's identifier.
    pub const MAX_CHARACTERS: usize = 64;

    /// Reads a theme's identifier.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::Theme, text)?;
        at_most(Field::Theme, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::Theme, text)?;
        Ok(Self(text.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;

    #[test]
    fn identifiers_pass_and_others_do_not() {
        for text in ["test_theme", "a", "Größe 2", &"x".repeat(64)] {
            assert!(Theme::parse(text).is_ok(), "{text}");
        }
        for text in ["", "a\nb", "a\0", &"x".repeat(65)] {
            assert!(Theme::parse(text).is_err(), "{text:?}");
        }
    }
}
