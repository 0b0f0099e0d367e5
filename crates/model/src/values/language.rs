//! A language of the user interface.

use super::text::text_value;
use crate::{Field, Rule, Violation};

/// The languages that a Nextcloud server ships, sorted. Source: the names of its translation files; `en` needs none.
const LANGUAGES: &[&str] = &[
    "af", "an", "ar", "ast", "az", "be", "bg", "bn_BD", "br", "bs", "ca", "cs", "cy_GB", "da",
    "de", "de_DE", "el", "en", "en_GB", "eo", "es", "es_419", "es_AR", "es_CL", "es_CO", "es_CR",
    "es_DO", "es_EC", "es_GT", "es_HN", "es_MX", "es_NI", "es_PA", "es_PE", "es_PR", "es_PY",
    "es_SV", "es_UY", "et_EE", "eu", "fa", "fi", "fo", "fr", "ga", "gd", "gl", "he", "hi_IN", "hr",
    "hsb", "hu", "hy", "ia", "id", "ig", "is", "it", "ja", "ka", "ka_GE", "kab", "km", "kn", "ko",
    "la", "lb", "lo", "lt_LT", "lv", "mk", "mn", "mr", "ms_MY", "my", "nb", "ne", "nl", "nn_NO",
    "oc", "pl", "ps", "pt_BR", "pt_PT", "ro", "ru", "sc", "si", "sk", "sl", "sq", "sr", "sr@latin",
    "su", "sv", "sw", "ta", "te", "tg", "th", "tk", "tr", "ug", "uk", "ur_PK", "uz", "vi", "zh_CN",
    "zh_HK", "zh_TW",
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
