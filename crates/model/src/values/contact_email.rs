//! The e-mail that a user is written to.

use super::fold;
use super::text::{at_most, no_controls, not_empty, text_value};
use crate::{Field, Violation};

/// The contact e-mail: free text of 1 to 255 characters without control characters, because some dialects take any text at
/// creation. Where a dialect wants a real one it asks [`is_email`](super::is_email) first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ContactEmail(Box<str>);

text_value!(ContactEmail);

impl ContactEmail {
    /// The most characters of a contact e-mail.
    pub const MAX_CHARACTERS: usize = 255;

    /// Reads a contact e-mail. Blank ends are the caller's to cut.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::Email, text)?;
        at_most(Field::Email, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::Email, text)?;
        Ok(Self(text.into()))
    }

    /// The folded form that is compared.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_passes_because_creation_does_not_check() {
        for text in ["not-an-email", "Full@Example.ORG", "üser@example.org"] {
            assert_eq!(
                ContactEmail::parse(text).map(|email| email.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn empty_long_and_control_characters_are_refused() {
        for text in ["", "a@b\r\nBcc: c@d", &"x".repeat(256)] {
            assert!(ContactEmail::parse(text).is_err(), "{text:?}");
        }
    }
}
