//! A tenant's short name.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// A tenant's slug: 1 to 63 ASCII letters, digits and hyphens, kept as written and compared folded.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Slug(Box<str>);

text_value!(Slug);

impl Slug {
    /// The most characters of a slug.
    pub const MAX_CHARACTERS: usize = 63;

    /// Reads a slug.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], [`Rule::Characters`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        let rule = if text.is_empty() {
            Rule::Empty
        } else if !text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            Rule::Characters
        } else if text.len() > Self::MAX_CHARACTERS {
            Rule::TooLong {
                max: Self::MAX_CHARACTERS,
            }
        } else {
            return Ok(Self(text.into()));
        };
        Err(Violation::new(Field::Slug, rule))
    }

    /// The folded form that is compared.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_kept_as_written_and_compared_folded() {
        let slug = Slug::parse("Acme-2");
        assert_eq!(slug.as_ref().map(Slug::as_str), Ok("Acme-2"));
        assert_eq!(slug.map(|slug| slug.key()), Ok("acme-2".to_owned()));
    }

    #[test]
    fn other_characters_and_lengths_are_refused() {
        for text in ["", "a.b", "a_b", "ä", "a b", "a/b", &"a".repeat(64)] {
            assert!(Slug::parse(text).is_err(), "{text:?}");
        }
        assert!(Slug::parse(&"a".repeat(63)).is_ok());
    }
}
