//! The day a user's week begins with.

use crate::{Field, Rule, Violation};

/// The first day of a user's week: 0 (Sunday) to 6 (Saturday). A user without one has that of the locale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FirstDayOfWeek(i8);

impl FirstDayOfWeek {
    /// Takes a day.
    ///
    /// # Errors
    /// [`Rule::OutOfRange`] outside 0 to 6.
    pub const fn new(day: i64) -> Result<Self, Violation> {
        if day < 0 || day > 6 {
            return Err(Violation::new(Field::FirstDayOfWeek, Rule::OutOfRange));
        }
        Ok(Self(day as i8))
    }

    /// Reads a day's number.
    ///
    /// # Errors
    /// [`Rule::Malformed`] if it is no integer, [`Rule::OutOfRange`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        text.parse()
            .map_err(|_| Violation::new(Field::FirstDayOfWeek, Rule::Malformed))
            .and_then(Self::new)
    }

    /// The day as read back from the store, where only parsed values go. Nothing is checked.
    #[must_use]
    pub const fn from_stored(day: i8) -> Self {
        Self(day)
    }

    /// The day's number.
    #[must_use]
    pub const fn get(self) -> i8 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_0_to_6() {
        for (text, expected) in [
            ("0", Ok(0)),
            ("6", Ok(6)),
            ("7", Err(Rule::OutOfRange)),
            ("-1", Err(Rule::OutOfRange)),
            ("-2", Err(Rule::OutOfRange)),
            ("abc", Err(Rule::Malformed)),
            ("", Err(Rule::Malformed)),
        ] {
            let read = FirstDayOfWeek::parse(text)
                .map(FirstDayOfWeek::get)
                .map_err(|violation| violation.rule);
            assert_eq!(read, expected, "{text}");
        }
    }
}
