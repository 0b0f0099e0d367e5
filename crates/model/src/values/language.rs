//! A language of the user interface.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// The languages that a Nextcloud server ships, sorted. Source: the names of the translation files of its
/// core; `en` needs none.
const LANGUAGES: &[&str] = &[
    "af", "ar", "ast", "az", "be", "bg", "bn_BD", "br", "bs", "ca", "cs", "cy_GB", "da", "de",
    "de_DE", "el", "en", "en_GB", "eo", "es", "es_419", "es_AR", "es_CL", "es_CO", "es_CR",
    "es_DO", "es_EC", "es_GT", "es_HN", "es_MX", "es_NI", "es_PA", "es_PE", "es_PR", "es_PY",
    "es_SV", "es_UY", "et_EE", "eu", "fa", "fi", "fo", "fr", "ga", "gd", "gl", "he", "hi_IN", "hr",
    "hsb", "hu", "hy", "ia", "id", "is", "it", "ja", "ka", "ka_GE", "kab", "km", "kn", "ko", "la",
    "lb", "lo", "lt_LT", "lv", "mk", "mn", "mr", "ms_MY", "my", "nb", "nl", "nn_NO", "oc", "pl",
    "ps", "pt_BR", "pt_PT", "ro", "ru", "sc", "si", "sk", "sl", "sq", "sr", "sr@latin", "su", "sv",
    "sw", "te", "th", "tr", "ug", "uk", "ur_PK", "uz", "vi", "zh_CN", "zh_HK", "zh_TW",
];

/// A language of the user interface, as a Nextcloud server names it: `de`, or `pt_BR` where the region matters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(Box<str>);

text_value!(Language);

impl Language {
    /// Reads a language's code.
    ///
    /// # Errors
    /// [`Rule::Unknown`].
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if LANGUAGES.binary_search(&text).is_err() {
            return Err(Violation::new(Field::Language, Rule::Unknown));
        }
        Ok(Self(text.into()))
    }

    /// The ISO 639 part: two letters, or three where the language has no two (`ast`, `hsb`, `kab`).
    #[must_use]
    pub fn two_letters(&self) -> &str {
        self.0.split(['_', '@']).next().unwrap_or(&self.0)
    }

    /// The region, where the code names one: two letters or three digits.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.0.split_once('_').map(|(_, region)| region)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_the_search() {
        assert!(LANGUAGES.is_sorted());
    }

    #[test]
    fn recorded_answers_hold() {
        for code in ["en", "de", "de_DE", "en_GB", "pt_BR", "nb", "fr"] {
            assert!(Language::parse(code).is_ok(), "{code}");
        }
        for code in ["", "xx", "DE", "de-DE"] {
            assert!(Language::parse(code).is_err(), "{code}");
        }
    }

    #[test]
    fn codes_have_parts() {
        for (code, letters, region) in [
            ("de", "de", None),
            ("pt_BR", "pt", Some("BR")),
            ("es_419", "es", Some("419")),
            ("sr@latin", "sr", None),
            ("hsb", "hsb", None),
        ] {
            let language = Language::from_stored(code.to_owned());
            assert_eq!(
                (language.two_letters(), language.region()),
                (letters, region)
            );
        }
    }
}
