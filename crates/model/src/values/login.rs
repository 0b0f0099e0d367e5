//! The name that a user logs in with.

use super::fold;
use super::text::{at_most, no_controls, not_empty, text_value};
use crate::{Field, Rule, Violation};

/// A user's login: 1 to 255 characters without control characters, blank ends, or dots alone. Kept as written, unique in
/// the tenant by its [`key`](Login::key). Dialects may be narrower.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(Box<str>);

text_value!(Login);

impl Login {
    /// The most characters of a login.
    pub const MAX_CHARACTERS: usize = 255;

    /// Reads a login.
    ///
    /// # Errors
    /// [`Rule::Empty`] (also for blanks alone), [`Rule::TooLong`], [`Rule::Characters`], [`Rule::BlankEnds`], [`Rule::DotsOnly`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::Login, text.trim())?;
        at_most(Field::Login, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::Login, text)?;
        if text.trim() != text {
            return Err(Violation::new(Field::Login, Rule::BlankEnds));
        }
        if text.chars().all(|c| c == '.') {
            return Err(Violation::new(Field::Login, Rule::DotsOnly));
        }
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

    fn rule(text: &str) -> Option<Rule> {
        Login::parse(text).err().map(|violation| violation.rule)
    }

    #[test]
    fn ordinary_and_odd_names_pass() {
        let longest = "a".repeat(Login::MAX_CHARACTERS);
        for text in [
            "alice", "gt space", "gt'q", "12345", "a.b", ".a", "müller", "a@b", "名", &longest,
        ] {
            assert_eq!(rule(text), None, "{text}");
        }
    }

    #[test]
    fn each_rule_is_told() {
        let too_long = "ä".repeat(Login::MAX_CHARACTERS + 1);
        for (text, expected) in [
            ("", Rule::Empty),
            ("   ", Rule::Empty),
            (" gtlead", Rule::BlankEnds),
            ("gttrail ", Rule::BlankEnds),
            ("nbsp\u{a0}", Rule::BlankEnds),
            (".", Rule::DotsOnly),
            ("..", Rule::DotsOnly),
            ("gt\tx", Rule::Characters),
            ("a\0b", Rule::Characters),
            (&too_long, Rule::TooLong { max: 255 }),
        ] {
            assert_eq!(rule(text), Some(expected), "{text:?}");
        }
    }

    #[test]
    fn it_is_kept_as_written_and_compared_folded() {
        let login = Login::from_stored("Jürgen".to_owned());
        assert_eq!(login.to_string(), "Jürgen");
        assert_eq!(login.key(), "jürgen");
    }
}
