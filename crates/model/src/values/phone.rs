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

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, region: Option<&str>) -> Option<String> {
        Phone::parse(text, region)
            .ok()
            .map(|phone| phone.to_string())
    }

    #[test]
    fn recorded_answers_hold() {
        for (text, kept) in [
            ("+49 711 25 24 28 29", "+4971125242829"),
            ("+4971125242829", "+4971125242829"),
            ("+1 650 253 0000", "+16502530000"),
            ("+4930901820", "+4930901820"),
        ] {
            assert_eq!(read(text, None).as_deref(), Some(kept));
        }
        for text in [
            "",
            "0711 252 428-29",
            "not a phone",
            "12",
            "+491",
            "+999 123456",
        ] {
            assert_eq!(read(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_region_gives_numbers_as_dialled_there() {
        assert_eq!(
            read("030 901820", Some("DE")).as_deref(),
            Some("+4930901820")
        );
        assert_eq!(
            read("0711 252 428-29", Some("DE")).as_deref(),
            Some("+4971125242829")
        );
        assert_eq!(
            read("+1 650 253 0000", Some("DE")).as_deref(),
            Some("+16502530000")
        );
        assert_eq!(read("030 901820", Some("ZZ")), None);
    }

    #[test]
    fn regions_are_iso_codes_in_upper_case() {
        for (code, known) in [
            ("DE", true),
            ("US", true),
            ("ZZ", false),
            ("de", false),
            ("", false),
            ("001", false),
        ] {
            assert_eq!(is_region(code), known, "{code}");
        }
    }
}
