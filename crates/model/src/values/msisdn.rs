//! A phone login alias.

use super::text::{not_empty, text_value};
use crate::{Field, Rule, Violation};

/// A phone login alias as written: an optional `+`, then at least three digits, dots, blanks, hyphens or parentheses, 64
/// characters at most. Compared by its [`digits`](Msisdn::digits).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Msisdn(Box<str>);

text_value!(Msisdn);

impl Msisdn {
    /// The most characters of an msisdn.
    pub const MAX_CHARACTERS: usize = 64;

    /// Reads an msisdn.
    ///
    /// # Errors
    /// [`Rule::Empty`], [`Rule::TooLong`], [`Rule::Malformed`] (also without a digit, because there would be nothing to compare).
    pub fn parse(text: &str) -> Result<Self, Violation> {
        not_empty(Field::Msisdn, text)?;
        if text.len() > Self::MAX_CHARACTERS {
            return Err(Violation::new(
                Field::Msisdn,
                Rule::TooLong {
                    max: Self::MAX_CHARACTERS,
                },
            ));
        }
        let rest = text.strip_prefix('+').unwrap_or(text);
        let allowed = |b: u8| b.is_ascii_digit() || b". ()-".contains(&b);
        let has_digit = rest.bytes().any(|b| b.is_ascii_digit());
        if rest.len() < 3 || !rest.bytes().all(allowed) || !has_digit {
            return Err(Violation::new(Field::Msisdn, Rule::Malformed));
        }
        Ok(Self(text.into()))
    }

    /// The digits alone: what is compared and searched for.
    #[must_use]
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_kept_as_written_and_compared_by_digits() {
        for (text, digits) in [
            ("+49 (711) 25-24.28", "49711252428"),
            ("123", "123"),
            ("00491", "00491"),
        ] {
            assert_eq!(
                Msisdn::parse(text).map(|number| number.digits()),
                Ok(digits.to_owned())
            );
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in [
            "",
            "12",
            "+12",
            "abc",
            "1+23",
            "...",
            "12\t3",
            &"1".repeat(65),
        ] {
            assert!(Msisdn::parse(text).is_err(), "{text:?}");
        }
    }
}
