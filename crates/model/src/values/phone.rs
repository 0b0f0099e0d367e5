//! A telephone number.

use super::text::text_value;
use crate::{Field, Rule, Violation};
use phonenumber::{Mode, country};

/// A user's telephone number in E.164 form (`+4971125242829`): a number that the numbering plan of its country allows.
///
/// The plans come from the `phonenumber` crate and take some 9 MB of memory, from the first number that is parsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone(Box<str>);

text_value!(Phone);

impl Phone {
    /// The most bytes of the text that a number is read from. Longer text is refused unread.
    const MAX_TEXT: usize = 128;

    /// Reads a number: an international one (`+49 711 …`), or, given a region (an ISO 3166 code such as `DE`), one as it is
    /// dialled there. An unknown region counts as none.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], and [`Rule::Malformed`] for what is no valid number.
    pub fn parse(text: &str, region: Option<&str>) -> Result<Self, Violation> {
        let refused = |rule| Violation::new(Field::Phone, rule);
        if text.is_empty() {
            return Err(refused(Rule::Empty));
        }
        if text.len() > Self::MAX_TEXT {
            return Err(refused(Rule::TooLong {
                max: Self::MAX_TEXT,
            }));
        }
        let number = phonenumber::parse(region.and_then(country), text)
            .map_err(|_| refused(Rule::Malformed))?;
        if !number.is_valid() {
            return Err(refused(Rule::Malformed));
        }
        Ok(Self(number.format().mode(Mode::E164).to_string().into()))
    }

    /// The digits alone: what is searched for.
    #[must_use]
    pub fn digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }
}

/// Whether the text is the ISO 3166 code of a region that has telephone numbers, in upper case.
#[must_use]
pub fn is_region(code: &str) -> bool {
    country(code).is_some()
}

fn country(code: &str) -> Option<country::Id> {
    code.parse().ok()
}
