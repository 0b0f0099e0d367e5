//! A tenant's short name.

use super::{fold, text::text_value};
use crate::{Field, Rule, Violation};
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

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

    /// A slug that people recognise a name by: its letters and digits, lower-cased and without marks, and hyphens for all else. A name
    /// without any gives `tenant`.
    #[must_use]
    pub fn suggested(name: &str) -> Self {
        // leaves room for a suffix
        const MAX_CHARACTERS: usize = 40;
        let mut slug = String::new();
        for character in fold(name).nfkd().filter(|c| !is_combining_mark(*c)) {
            if slug.len() == MAX_CHARACTERS {
                break;
            }
            if character.is_ascii_alphanumeric() {
                slug.push(character);
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(if slug.is_empty() { "tenant" } else { slug }.into())
    }

    /// The slug with more text behind a hyphen.
    ///
    /// # Errors
    /// As [`Slug::parse`].
    pub fn with_suffix(&self, suffix: &str) -> Result<Self, Violation> {
        Self::parse(&format!("{}-{suffix}", self.0))
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
    fn names_suggest_slugs() {
        for (name, slug) in [
            ("ABC Company", "abc-company"),
            ("  Müller & Söhne GmbH. ", "muller-sohne-gmbh"),
            ("名", "tenant"),
            ("", "tenant"),
            (
                &"ab ".repeat(40),
                "ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-ab-a",
            ),
        ] {
            let suggested = Slug::suggested(name);
            assert_eq!(suggested.as_str(), slug, "{name}");
            assert_eq!(Slug::parse(slug), Ok(suggested));
        }
        let longer = Slug::suggested("Acme").with_suffix("k7");
        assert_eq!(
            longer.map(|slug| slug.to_string()),
            Ok("acme-k7".to_owned())
        );
    }

    #[test]
    fn other_characters_and_lengths_are_refused() {
        for text in ["", "a.b", "a_b", "ä", "a b", "a/b", &"a".repeat(64)] {
            assert!(Slug::parse(text).is_err(), "{text:?}");
        }
        assert!(Slug::parse(&"a".repeat(63)).is_ok());
    }
}
