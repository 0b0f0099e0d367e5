//! Ids that others gave.

use super::{
    fold::fold,
    text::{at_most, no_controls, text_value},
};
use crate::{Field, Rule, Violation};

/// An id by which somebody else knows a user, kept as written: 1 to 255 characters, not all blank, without control characters.
/// Compared by its [`key`](ExternalId::key).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ExternalId(Box<str>);

text_value!(ExternalId);

impl ExternalId {
    /// The most characters of an id.
    pub const MAX_CHARACTERS: usize = 255;

    /// Reads an id.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], [`Rule::Characters`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        free_text(Field::ExternalId, text, Self::MAX_CHARACTERS).map(Self)
    }

    /// The folded form: what is compared and searched for.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

/// Text of one line that says something.
pub(super) fn free_text(field: Field, text: &str, max: usize) -> Result<Box<str>, Violation> {
    if text.trim().is_empty() {
        return Err(Violation::new(field, Rule::Empty));
    }
    at_most(field, text, max)?;
    no_controls(field, text)?;
    Ok(text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kept_as_written_and_compared_folded() {
        let id = ExternalId::parse(" Kd-Nr Ä7 ");
        assert_eq!(id.as_ref().map(ExternalId::as_str), Ok(" Kd-Nr Ä7 "));
        assert_eq!(id.map(|id| id.key()), Ok(" kd-nr ä7 ".to_owned()));
    }

    #[test]
    fn what_says_nothing_or_does_not_fit_is_refused() {
        let rule = |text: &str| ExternalId::parse(text).map_err(|violation| violation.rule);
        for blank in ["", " ", "\u{a0}\u{2003}", "\t"] {
            assert_eq!(rule(blank), Err(Rule::Empty), "{blank:?}");
        }
        assert_eq!(rule("a\0b"), Err(Rule::Characters));
        assert_eq!(rule(&"ä".repeat(256)), Err(Rule::TooLong { max: 255 }));
        assert!(rule(&"ä".repeat(255)).is_ok());
    }
}
