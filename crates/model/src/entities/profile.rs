//! A user's profile: free fields, and who may see which field.

use crate::{ProfileField, Scope};
use std::collections::BTreeMap;

/// The fields that have a scope: those of the profile and some of the user's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ScopedField {
    /// A field of the profile.
    Profile(ProfileField),
    /// The display name.
    DisplayName,
    /// The contact e-mail.
    Email,
    /// The telephone number.
    Phone,
    /// The picture.
    Avatar,
}

impl ScopedField {
    /// Those that are no field of the profile.
    const OWN: [Self; 4] = [Self::DisplayName, Self::Email, Self::Phone, Self::Avatar];

    /// The field's name in the store.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Profile(field) => field.name(),
            Self::DisplayName => "displayname",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Avatar => "avatar",
        }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        ProfileField::ALL
            .into_iter()
            .map(Self::Profile)
            .chain(Self::OWN)
    }

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name() == name)
    }
}

/// The profile: values that are set, and scopes that differ from their dialect's default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    values: BTreeMap<ProfileField, String>,
    scopes: BTreeMap<ScopedField, Scope>,
}

impl Profile {
    /// A field's value, if it is set.
    #[must_use]
    pub fn value(&self, field: ProfileField) -> Option<&str> {
        self.values.get(&field).map(String::as_str)
    }

    /// Sets a field, or unsets it with an empty value.
    pub fn set_value(&mut self, field: ProfileField, value: &str) {
        if value.is_empty() {
            self.values.remove(&field);
        } else {
            self.values.insert(field, value.to_owned());
        }
    }

    /// A field's scope, if one was chosen.
    #[must_use]
    pub fn scope(&self, field: ScopedField) -> Option<Scope> {
        self.scopes.get(&field).copied()
    }

    /// Chooses a field's scope.
    pub fn set_scope(&mut self, field: ScopedField, scope: Scope) {
        self.scopes.insert(field, scope);
    }

    /// The text that the store keeps; none for an empty profile.
    #[must_use]
    pub fn stored(&self) -> Option<String> {
        if self.values.is_empty() && self.scopes.is_empty() {
            return None;
        }
        let values: serde_json::Map<_, _> = self
            .values
            .iter()
            .map(|(field, value)| (field.name().to_owned(), value.as_str().into()))
            .collect();
        let scopes: serde_json::Map<_, _> = self
            .scopes
            .iter()
            .map(|(field, scope)| (field.name().to_owned(), scope.name().into()))
            .collect();
        Some(serde_json::json!({ "values": values, "scopes": scopes }).to_string())
    }

    /// The profile of a stored text. What a later version wrote and this one does not know is left out.
    #[must_use]
    pub fn from_stored(text: Option<&str>) -> Self {
        let Some(serde_json::Value::Object(root)) =
            text.and_then(|text| serde_json::from_str(text).ok())
        else {
            return Self::default();
        };
        let entries = |name: &str| {
            root.get(name)
                .and_then(serde_json::Value::as_object)
                .into_iter()
                .flatten()
                .filter_map(|(key, value)| Some((key.as_str(), value.as_str()?)))
        };
        Self {
            values: entries("values")
                .filter_map(|(key, value)| {
                    let field = ProfileField::ALL.into_iter().find(|f| f.name() == key)?;
                    Some((field, value.to_owned()))
                })
                .collect(),
            scopes: entries("scopes")
                .filter_map(|(key, value)| {
                    Some((ScopedField::from_name(key)?, Scope::from_name(value)?))
                })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_survives_the_store() {
        let mut profile = Profile::default();
        assert_eq!(profile.stored(), None);
        profile.set_value(ProfileField::Website, "https://example.org");
        profile.set_value(ProfileField::Role, "");
        profile.set_scope(ScopedField::Avatar, Scope::Private);
        profile.set_scope(ScopedField::Profile(ProfileField::Role), Scope::Published);
        assert_eq!(Profile::from_stored(profile.stored().as_deref()), profile);
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let text = r#"{"values":{"website":"https://a.example","zodiac":"x"},"scopes":{"zodiac":"private","email":"odd"}}"#;
        let profile = Profile::from_stored(Some(text));
        assert_eq!(
            profile.value(ProfileField::Website),
            Some("https://a.example")
        );
        assert_eq!(profile.scope(ScopedField::Email), None);
        assert_eq!(Profile::from_stored(Some("no json")), Profile::default());
    }
}
