//! A locale.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// One CLDR locale id a line, sorted; see `data/README.md`.
const LOCALES: &str = include_str!("../../data/locales.txt");

/// A locale by its CLDR id with underscores, such as `de_AT` or `sr_Latn_RS`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Locale(Box<str>);

text_value!(Locale);

impl Locale {
    /// Reads a locale's id.
    ///
    /// # Errors
    /// [`Rule::Unknown`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.is_empty() || !LOCALES.lines().any(|known| known == text) {
            return Err(Violation::new(Field::Locale, Rule::Unknown));
        }
        Ok(Self(text.into()))
    }

    /// The language of the locale: its part before the first underscore.
    #[must_use]
    pub fn language(&self) -> &str {
        self.0.split('_').next().unwrap_or(&self.0)
    }

    /// The region of the locale, if it has one: two letters or three digits.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0
            .split('_')
            .skip(1)
            .find(|part| part.len() == 2 || part.len() == 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recorded_answers_hold() {
        for id in [
            "de_DE",
            "en",
            "de_AT",
            "fr_FR",
            "zh_CN",
            "sr_Latn_RS",
            "es_419",
        ] {
            assert!(Locale::parse(id).is_ok(), "{id}");
        }
        for id in ["", "xx_YY", "de-DE", "DE_de", "de_DE\nde", "und", "root"] {
            assert!(Locale::parse(id).is_err(), "{id}");
        }
    }

    #[test]
    fn ids_have_parts() {
        for (id, language, region) in [
            ("de", "de", None),
            ("de_AT", "de", Some("AT")),
            ("sr_Latn", "sr", None),
            ("sr_Latn_RS", "sr", Some("RS")),
            ("es_419", "es", Some("419")),
        ] {
            let locale = Locale::from_stored(id.to_owned());
            assert_eq!((locale.language(), locale.region()), (language, region));
        }
    }
}
