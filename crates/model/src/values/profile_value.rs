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
            | ProfileField::ProfileEnabled => Some(text.to_owned()),
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
