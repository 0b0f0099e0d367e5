//! What this dialect alone knows of a user: names of the kept values, and how they are read.

use crate::{answer::Answer, call::Outcome, params::Params};
use provost_directory::commands::dialect_values::ValueChange;
use provost_model::{DialectValues, Field, Phone, Rule, Slug, Tenant, User, Violation};
use serde_json::{Value, json};

/// The avatar, a text.
pub(crate) const AVATAR: &str = "avatar";
/// The apps, a list of numbers.
pub(crate) const APPS: &str = "apps";
/// The settings, a list of numbers.
pub(crate) const SETTINGS: &str = "settings";
/// The instance as its name was written when the user was made, if that is not how the tenant writes it.
const INSTANCE: &str = "instance";
/// The telephone numbers beside the directory's.
const PHONES: &str = "phones";
/// What stands before the names of further `values`.
const VALUES: &str = "values.";
/// The settings of a new user.
const NEW_SETTINGS: [i64; 4] = [84, 213, 10, 92];
/// The apps of a new user.
const NEW_APPS: [i64; 3] = [0, 0, 0];
/// How many minutes a new user is reminded before an event.
pub(crate) const NEW_REMINDER: i64 = 3;

/// The name of one of the `values`.
pub(crate) fn value_name(name: &str) -> String {
    format!("{VALUES}{name}")
}

/// One of the `values`, if it is kept here.
pub(crate) fn value<'v>(kept: &'v DialectValues, name: &str) -> Option<&'v Value> {
    kept.get(&value_name(name))
}

/// All `values` that are kept here.
pub(crate) fn values(kept: &DialectValues) -> impl Iterator<Item = (&str, &Value)> {
    kept.iter()
        .filter_map(|(name, value)| Some((name.strip_prefix(VALUES)?, value)))
}

/// The apps of a user.
pub(crate) fn apps(kept: &DialectValues) -> Value {
    kept.get(APPS).cloned().unwrap_or_else(|| json!(NEW_APPS))
}

/// The settings of a user.
pub(crate) fn settings(kept: &DialectValues) -> Value {
    kept.get(SETTINGS)
        .cloned()
        .unwrap_or_else(|| json!(NEW_SETTINGS))
}

/// A list of numbers in PostgreSQL's notation, as createUser answers it.
fn postgres(numbers: &[i64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
    format!("{{{}}}", numbers.join(","))
}

/// The apps of a new user, as createUser answers them.
pub(crate) fn new_apps() -> String {
    postgres(&NEW_APPS)
}

/// The settings of a new user, as createUser answers them.
pub(crate) fn new_settings() -> String {
    postgres(&NEW_SETTINGS)
}

/// The avatar of a user.
pub(crate) fn avatar(kept: &DialectValues) -> &str {
    kept.get(AVATAR).and_then(Value::as_str).unwrap_or_default()
}

/// What has to be kept of an instance as it was written; nothing if that is how the tenant writes it.
pub(crate) fn instance_change(given: Option<&Value>, tenant: &Tenant) -> Option<ValueChange> {
    given
        .filter(|given| !given.is_null() && given.as_str() != Some(tenant.slug.as_str()))
        .map(|given| (INSTANCE.to_owned(), Some(given.clone())))
}

/// The instance of a user: as it was written, as long as it still names the tenant.
pub(crate) fn instance(kept: &DialectValues, tenant: &Tenant) -> Value {
    let still_names = |given: &&Value| {
        let text = match given {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Slug::parse(&text).is_ok_and(|slug| slug.key() == tenant.slug.key())
    };
    kept.get(INSTANCE)
        .filter(still_names)
        .cloned()
        .unwrap_or_else(|| tenant.slug.as_str().into())
}

/// Telephone numbers, shared out: the first is the directory's if it is a telephone number that can be dialled from anywhere, and the
/// others are kept here.
pub(crate) fn phones_change(phones: &[&str]) -> (Option<Phone>, ValueChange) {
    let first = phones
        .first()
        .and_then(|phone| Phone::parse(phone, None).ok());
    let rest = &phones[usize::from(first.is_some())..];
    let rest = (!rest.is_empty()).then(|| json!(rest));
    (first, (PHONES.to_owned(), rest))
}

/// All telephone numbers of a user: the directory's first.
pub(crate) fn phones<'u>(user: &'u User, kept: &'u DialectValues) -> Vec<&'u str> {
    let rest = kept.get(PHONES).and_then(Value::as_array);
    user.phone
        .iter()
        .map(Phone::as_str)
        .chain(rest.into_iter().flatten().filter_map(Value::as_str))
        .collect()
}

/// Refuses telephone numbers that say nothing, or more than a number has.
pub(crate) fn check_phones(params: &Params, name: &str, phones: &[&str]) -> Outcome<()> {
    const MAX_PHONES: usize = 100;
    const MAX_CHARACTERS: usize = 128;
    if phones.len() > MAX_PHONES {
        return Err(Answer::refused(format!("{name} has too many numbers")));
    }
    let rule = |phone: &&str| {
        if phone.trim().is_empty() {
            Some(Rule::Empty)
        } else if phone.chars().count() > MAX_CHARACTERS {
            let max = MAX_CHARACTERS;
            Some(Rule::TooLong { max })
        } else if phone.chars().any(char::is_control) {
            Some(Rule::Characters)
        } else {
            None
        }
    };
    match phones.iter().find_map(rule) {
        Some(rule) => Err(params.broken(name)(Violation::new(Field::Phone, rule))),
        None => Ok(()),
    }
}
