//! Language and locale in one text, as some dialects write them: `en_US`.

use super::{Language, Locale};
use crate::Violation;
use std::collections::BTreeMap;

/// The region that stands for a language where nothing else tells. Source: CLDR's likely subtags.
const LIKELY_REGIONS: &[(&str, &str)] = &[
    ("af", "ZA"),
    ("an", "ES"),
    ("ar", "EG"),
    ("ast", "ES"),
    ("az", "AZ"),
    ("be", "BY"),
    ("bg", "BG"),
    ("bn", "BD"),
    ("br", "FR"),
    ("bs", "BA"),
    ("ca", "ES"),
    ("cs", "CZ"),
    ("cy", "GB"),
    ("da", "DK"),
    ("de", "DE"),
    ("el", "GR"),
    ("en", "US"),
    ("eo", "001"),
    ("es", "ES"),
    ("et", "EE"),
    ("eu", "ES"),
    ("fa", "IR"),
    ("fi", "FI"),
    ("fo", "FO"),
    ("fr", "FR"),
    ("ga", "IE"),
    ("gd", "GB"),
    ("gl", "ES"),
    ("he", "IL"),
    ("hi", "IN"),
    ("hr", "HR"),
    ("hsb", "DE"),
    ("hu", "HU"),
    ("hy", "AM"),
    ("ia", "001"),
    ("id", "ID"),
    ("ig", "NG"),
    ("is", "IS"),
    ("it", "IT"),
    ("ja", "JP"),
    ("ka", "GE"),
    ("kab", "DZ"),
    ("km", "KH"),
    ("kn", "IN"),
    ("ko", "KR"),
    ("la", "VA"),
    ("lb", "LU"),
    ("lo", "LA"),
    ("lt", "LT"),
    ("lv", "LV"),
    ("mk", "MK"),
    ("mn", "MN"),
    ("mr", "IN"),
    ("ms", "MY"),
    ("my", "MM"),
    ("nb", "NO"),
    ("ne", "NP"),
    ("nl", "NL"),
    ("nn", "NO"),
    ("oc", "FR"),
    ("pl", "PL"),
    ("ps", "AF"),
    ("pt", "BR"),
    ("ro", "RO"),
    ("ru", "RU"),
    ("sc", "IT"),
    ("si", "LK"),
    ("sk", "SK"),
    ("sl", "SI"),
    ("sq", "AL"),
    ("sr", "RS"),
    ("su", "ID"),
    ("sv", "SE"),
    ("sw", "TZ"),
    ("ta", "IN"),
    ("te", "IN"),
    ("tg", "TJ"),
    ("th", "TH"),
    ("tk", "TM"),
    ("tr", "TR"),
    ("ug", "CN"),
    ("uk", "UA"),
    ("ur", "PK"),
    ("uz", "UZ"),
    ("vi", "VN"),
    ("zh", "CN"),
];

/// The regions that a deployment prefers for its languages, before the likely ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefaultRegions(BTreeMap<String, String>);

impl DefaultRegions {
    /// Prefers `region` for `language` (its two letters).
    #[must_use]
    pub fn prefer(mut self, language: &str, region: &str) -> Self {
        self.0.insert(language.to_owned(), region.to_owned());
        self
    }

    fn of(&self, language: &str) -> Option<&str> {
        let likely = || {
            let place = LIKELY_REGIONS.binary_search_by_key(&language, |(code, _)| code);
            Some(LIKELY_REGIONS.get(place.ok()?)?.1)
        };
        self.0.get(language).map(String::as_str).or_else(likely)
    }

    /// Language and locale as one text: the language's two letters with the region of the locale if that is of the same
    /// language and has one, else with the language's own region, else with the default one.
    #[must_use]
    pub fn join(&self, language: &Language, locale: Option<&Locale>) -> String {
        let letters = language.two_letters();
        let region = locale
            .filter(|locale| locale.language() == letters)
            .and_then(Locale::region)
            .or_else(|| language.region())
            .or_else(|| self.of(letters));
        match region {
            Some(region) => format!("{letters}_{region}"),
            None => letters.to_owned(),
        }
    }
}

/// Reads a text such as `en_US`: the language is its two letters, or the whole where the language is known with its region
/// alone (`pt_BR`); the locale is the whole.
///
/// # Errors
/// [`Rule::Unknown`](crate::Rule::Unknown), of the language or the locale.
pub fn split_language_and_locale(text: &str) -> Result<(Language, Locale), Violation> {
    let letters = text.split('_').next().unwrap_or(text);
    let language = Language::parse(letters).or_else(|_| Language::parse(text))?;
    Ok((language, Locale::parse(text)?))
}
