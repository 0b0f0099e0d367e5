//! The id of an app.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// An app's id: 1 to 64 of `a-z`, `0-9`, `_` and `-`. Compared exactly.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AppId(Box<str>);

text_value!(AppId);

impl AppId {
    /// The most characters of an app's id.
    pub const MAX_CHARACTERS: usize = 64;

    /// Reads an app's id.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::Characters`], [`Rule::TooLong`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let allowed = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-');
        let rule = if text.is_empty() {
            Rule::Empty
        } else if !text.bytes().all(allowed) {
            Rule::Characters
        } else if text.len() > Self::MAX_CHARACTERS {
            Rule::TooLong {
                max: Self::MAX_CHARACTERS,
            }
        } else {
            return Ok(Self(text.into()));
        };
        Err(Violation::new(Field::App, rule))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words() {
        for text in ["files", "user_ldap", "a-1", &"a".repeat(64)] {
            assert!(AppId::parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "Bad..Id",
            "Files",
            "a.b",
            "../a",
            "a b",
            &"a".repeat(65),
        ] {
            assert!(AppId::parse(text).is_err(), "{text}");
        }
    }
}
