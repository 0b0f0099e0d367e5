//! Language and locale in one text: `en_US`.

use provost_model::{
    DefaultRegions, Field, Language, Locale, Patch, Rule, Timezone, User, Violation,
    split_language_and_locale,
};

/// The user's language and locale; empty if no language was chosen.
pub(crate) fn shown(user: &User) -> String {
    match (&user.language, &user.locale) {
        (Some(language), locale) => DefaultRegions::default().join(language, locale.as_ref()),
        (None, Some(locale)) => locale.as_str().to_owned(),
        (None, None) => String::new(),
    }
}

/// What a text changes of the user's language: nothing if the present one reads so; the empty text takes it away.
///
/// # Errors
/// [`Rule::Unknown`].
pub(crate) fn read(text: &str, user: &User) -> Result<Patch<(Language, Locale)>, Violation> {
    if text == shown(user) {
        return Ok(Patch::Keep);
    }
    if text.is_empty() {
        return Ok(Patch::Clear);
    }
    match split_language_and_locale(text) {
        Ok(pair) => Ok(Patch::Set(pair)),
        Err(_) => Err(Violation::new(Field::Language, Rule::Unknown)),
    }
}

/// What a text changes of the user's time zone.
///
/// # Errors
/// [`Rule::Unknown`].
pub(crate) fn read_timezone(text: &str) -> Result<Patch<Timezone>, Violation> {
    if text.is_empty() {
        return Ok(Patch::Clear);
    }
    Timezone::parse(text).map(Patch::Set)
}
