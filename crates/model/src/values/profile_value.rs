//! The value of a profile field.

use super::text::{at_most, text_value};
use super::{handle, website};
use crate::{Field, ProfileField, Rule, Violation};

/// The value of a profile field. The empty one means unset. Most fields are free text, tabs and line breaks included; web
/// site and handles have forms of their own and are kept in one notation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ProfileValue(Box<str>);

text_value!(ProfileValue);

impl ProfileValue {
    /// The most characters of any profile field (recorded: 2,048 pass, 2,049 do not).
    pub const MAX_CHARACTERS: usize = 2048;

    /// Reads the value of one field.
    ///
    /// # Errors
    /// [`Rule::TooLong`], [`Rule::Characters`] for NUL, [`Rule::Malformed`] where the field has a form.
    pub fn parse(field: ProfileField, text: &str) -> Result<Self, Violation> {
        let refused = Field::Profile(field);
        at_most(refused, text, Self::MAX_CHARACTERS)?;
        if text.contains('\0') {
            return Err(Violation::new(refused, Rule::Characters));
        }
        if text.is_empty() {
            return Ok(Self::default());
        }
        let kept = match field {
            ProfileField::Website => website::normalise(text),
            ProfileField::Twitter => handle::twitter(text),
            ProfileField::Bluesky => handle::bluesky(text),
            ProfileField::Fediverse => handle::fediverse(text),
            ProfileField::Address
            | ProfileField::Organisation
            | ProfileField::Role
            | ProfileField::Headline
            | ProfileField::Biography
            | ProfileField::Pronouns
            | ProfileField::Birthdate
            | ProfileField::ProfileEnabled
            | ProfileField::Title
            | ProfileField::Department
            | ProfileField::Location
            | ProfileField::Grade => Some(text.to_owned()),
        };
        let kept = kept.ok_or(Violation::new(refused, Rule::Malformed))?;
        at_most(refused, &kept, Self::MAX_CHARACTERS)?;
        Ok(Self(kept.into()))
    }

    /// Whether the field is unset.
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(field: ProfileField, text: &str) -> Option<String> {
        ProfileValue::parse(field, text)
            .ok()
            .map(|value| value.to_string())
    }

    #[test]
    fn recorded_answers_hold() {
        use ProfileField::{Bluesky, Fediverse, Twitter, Website};
        for (field, text, kept) in [
            (Website, "https://example.org", Some("https://example.org")),
            (Website, "example.org", Some("https://example.org")),
            (
                Website,
                "http://example.org/a?b=c",
                Some("http://example.org/a?b=c"),
            ),
            (Website, "javascript:alert(1)", None),
            (Website, "ftp://x.org", None),
            (Website, "nope", None),
            (Twitter, "@alice", Some("alice")),
            (Twitter, "alice", Some("alice")),
            (Twitter, "https://twitter.com/alice", None),
            (Twitter, "@alice@x", None),
            (Twitter, "way_too_long_for_a_twitter_name", None),
            (Bluesky, "alice.bsky.social", Some("alice.bsky.social")),
            (Bluesky, "@alice.bsky.social", None),
            (Bluesky, "nope", None),
            (Bluesky, "https://bsky.app/profile/alice.bsky.social", None),
            (
                Fediverse,
                "alice@mastodon.example",
                Some("alice@mastodon.example"),
            ),
            (
                Fediverse,
                "@alice@mastodon.example",
                Some("alice@mastodon.example"),
            ),
            (Fediverse, "nope", None),
            (Fediverse, "https://mastodon.example/@alice", None),
        ] {
            assert_eq!(read(field, text).as_deref(), kept, "{text}");
        }
    }

    #[test]
    fn empty_means_unset_everywhere() {
        for field in ProfileField::ALL {
            assert!(
                ProfileValue::parse(field, "").is_ok_and(|value| value.is_unset()),
                "{field:?}"
            );
        }
    }

    #[test]
    fn free_text_has_at_most_2048_characters_without_nul() {
        for field in [
            ProfileField::Biography,
            ProfileField::Role,
            ProfileField::Address,
        ] {
            assert!(read(field, "Line1\nLine2\tTab <more>").is_some());
            assert!(read(field, &"ü".repeat(2048)).is_some());
            assert_eq!(read(field, &"b".repeat(2049)), None);
            assert_eq!(read(field, "a\0b"), None);
        }
    }

    #[test]
    fn the_refused_field_is_named() {
        let violation = ProfileValue::parse(ProfileField::Website, "nope");
        let expected = Violation::new(Field::Profile(ProfileField::Website), Rule::Malformed);
        assert_eq!(violation, Err(expected));
    }
}
