//! Language and locale in one text, as some dialects write them: `en_US`.

use super::{Language, Locale};
use crate::Violation;
use std::collections::BTreeMap;

/// Each language with the region that stands for it where nothing else tells. Source: CLDR's likely subtags.
const LIKELY_REGIONS: &[&str] = &[
    "af_ZA", "ar_EG", "ast_ES", "az_AZ", "be_BY", "bg_BG", "bn_BD", "br_FR", "bs_BA", "ca_ES",
    "cs_CZ", "cy_GB", "da_DK", "de_DE", "el_GR", "en_US", "eo_001", "es_ES", "et_EE", "eu_ES",
    "fa_IR", "fi_FI", "fo_FO", "fr_FR", "ga_IE", "gd_GB", "gl_ES", "he_IL", "hi_IN", "hr_HR",
    "hsb_DE", "hu_HU", "hy_AM", "ia_001", "id_ID", "is_IS", "it_IT", "ja_JP", "ka_GE", "kab_DZ",
    "km_KH", "kn_IN", "ko_KR", "la_VA", "lb_LU", "lo_LA", "lt_LT", "lv_LV", "mk_MK", "mn_MN",
    "mr_IN", "ms_MY", "my_MM", "nb_NO", "nl_NL", "nn_NO", "oc_FR", "pl_PL", "ps_AF", "pt_BR",
    "ro_RO", "ru_RU", "sc_IT", "si_LK", "sk_SK", "sl_SI", "sq_AL", "sr_RS", "su_ID", "sv_SE",
    "sw_TZ", "te_IN", "th_TH", "tr_TR", "ug_CN", "uk_UA", "ur_PK", "uz_UZ", "vi_VN", "zh_CN",
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
            let mut pairs = LIKELY_REGIONS
                .iter()
                .filter_map(|pair| pair.split_once('_'));
            pairs.find(|(code, _)| *code == language)
        };
        let preferred = self.0.get(language).map(String::as_str);
        preferred.or_else(|| likely().map(|(_, region)| region))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(language: &str, locale: Option<&str>) -> String {
        let locale = locale.map(|locale| Locale::from_stored(locale.to_owned()));
        let regions = DefaultRegions::default().prefer("fr", "CH");
        regions.join(&Language::from_stored(language.to_owned()), locale.as_ref())
    }

    #[test]
    fn the_locale_counts_if_its_language_agrees() {
        for (language, locale, expected) in [
            ("de", None, "de_DE"),
            ("en", None, "en_US"),
            ("de", Some("de_AT"), "de_AT"),
            ("de", Some("de"), "de_DE"),
            ("en", Some("de_AT"), "en_US"),
            ("en_GB", None, "en_GB"),
            ("en_GB", Some("en_IE"), "en_IE"),
            ("pt_PT", Some("de_DE"), "pt_PT"),
            ("sr@latin", Some("sr_Latn_ME"), "sr_ME"),
            ("fr", None, "fr_CH"),
        ] {
            assert_eq!(joined(language, locale), expected, "{language} {locale:?}");
        }
    }

    #[test]
    fn every_language_has_a_region_and_can_be_read_back() {
        for pair in LIKELY_REGIONS {
            assert!(pair.split_once('_').is_some(), "{pair}");
        }
        for (text, language) in [
            ("en_US", "en"),
            ("de_DE", "de"),
            ("pt_BR", "pt_BR"),
            ("zh_CN", "zh_CN"),
            ("de", "de"),
        ] {
            let read = split_language_and_locale(text).map(|(l, c)| (l.to_string(), c.to_string()));
            assert_eq!(read, Ok((language.to_owned(), text.to_owned())));
        }
    }

    #[test]
    fn unknown_languages_and_regions_are_refused() {
        for text in ["", "xx_US", "en_XX", "en-US", "_", "EN_us"] {
            assert!(split_language_and_locale(text).is_err(), "{text}");
        }
    }
}
