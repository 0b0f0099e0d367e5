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
