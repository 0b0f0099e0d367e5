//! A group's id as clients write it.

use super::fold;
use super::text::{at_most, no_controls, not_empty, text_value};
use crate::{Field, Violation};

/// A group's id: 1 to 255 characters without control characters. Compared exactly; blank ends belong to it, because the
/// recorded server keeps ` GTtrim ` as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GroupId(Box<str>);

text_value!(GroupId);

impl GroupId {
    /// The most characters of a group's id.
    pub const MAX_CHARACTERS: usize = 255;

    /// Reads a group's id.
    ///
    /// # Errors
    /// [`Rule::Empty`](crate::Rule::Empty), [`Rule::TooLong`](crate::Rule::TooLong), [`Rule::Characters`](crate::Rule::Characters).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::GroupId, text)?;
        at_most(Field::GroupId, text, Self::MAX_CHARACTERS)?;
        no_controls(Field::GroupId, text)?;
        Ok(Self(text.into()))
    }

    /// The folded form, for searching. Two groups may share it.
    #[must_use]
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_ends_and_case_are_kept() {
        for text in [" GTtrim ", "GTstaff", "0", "a/b", "a+b%", &"ü".repeat(255)] {
            let id = GroupId::parse(text).map(|id| id.to_string());
            assert_eq!(id, Ok(text.to_owned()));
        }
    }

    #[test]
    fn empty_long_and_control_characters_are_refused() {
        for text in ["", "a\0", "a\nb", &"x".repeat(256)] {
            assert!(GroupId::parse(text).is_err(), "{text:?}");
        }
    }
}
