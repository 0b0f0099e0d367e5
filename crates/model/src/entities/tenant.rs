//! Tenants.

use crate::{ContextId, Patch, Slug, TenantId, Timestamp};
use serde::{Deserialize, Serialize};

/// A tenant: a customer with users, groups and domains of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// Its internal id.
    pub id: TenantId,
    /// Its short name in paths and commands.
    pub slug: Slug,
    /// The name that people see.
    pub name: String,
    /// Its integer id in Open-Xchange dialects.
    pub context_id: ContextId,
    /// Whether every login, token and key of it is refused.
    pub suspended: bool,
    /// Its settings.
    pub settings: TenantSettings,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Tenant {
    /// The slug of the tenant that exists from the first start.
    pub const DEFAULT: &'static str = "default";
}

/// Settings of a tenant; absent ones have the deployment's or the dialect's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TenantSettings {
    /// The quota of users whose own is `default`, in bytes; none means no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_quota: Option<u64>,
    /// The fewest characters of a password, instead of the dialect's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_min_length: Option<usize>,
    /// Whose habits the OCS dialect has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flavour: Option<Flavour>,
    /// Whether OCS clients may set any preference, not only those that the real server lets them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_preferences: Option<bool>,
    /// Whether a changed password revokes the user's app passwords.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_change_revokes_tokens: Option<bool>,
    /// Whether new users without a password, and those for whom it is asked, get a welcome mail; on where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub welcome_mail: Option<bool>,
    /// Whether edits of users are counted and refused beyond the real server's limits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit_edits: Option<bool>,
}

impl TenantSettings {
    /// The fewest characters that a tenant may ask of passwords.
    pub const MIN_PASSWORD_LENGTH: usize = 1;
    /// The most characters that a tenant may ask of passwords: who would be shut out by more?
    pub const MAX_PASSWORD_LENGTH: usize = 128;

    /// The names of the settings that differ from another's, as they are stored and shown.
    #[must_use]
    pub fn differing(&self, other: &Self) -> Vec<&'static str> {
        [
            ("default_quota", self.default_quota != other.default_quota),
            (
                "password_min_length",
                self.password_min_length != other.password_min_length,
            ),
            ("flavour", self.flavour != other.flavour),
            (
                "open_preferences",
                self.open_preferences != other.open_preferences,
            ),
            (
                "password_change_revokes_tokens",
                self.password_change_revokes_tokens != other.password_change_revokes_tokens,
            ),
            ("welcome_mail", self.welcome_mail != other.welcome_mail),
            ("limit_edits", self.limit_edits != other.limit_edits),
        ]
        .into_iter()
        .filter_map(|(name, differs)| differs.then_some(name))
        .collect()
    }
}

/// A change of some settings; the others stay as they are, whoever changes them at the same time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TenantSettingsPatch {
    /// The default quota in bytes.
    pub default_quota: Patch<u64>,
    /// The fewest characters of a password.
    pub password_min_length: Patch<usize>,
    /// Whose habits the OCS dialect has.
    pub flavour: Patch<Flavour>,
    /// Whether OCS clients may set any preference.
    pub open_preferences: Patch<bool>,
    /// Whether a changed password revokes the user's app passwords.
    pub password_change_revokes_tokens: Patch<bool>,
    /// Whether there are welcome mails.
    pub welcome_mail: Patch<bool>,
    /// Whether edits of users are limited.
    pub limit_edits: Patch<bool>,
}

impl TenantSettingsPatch {
    /// Changes the settings.
    pub fn apply(self, settings: &mut TenantSettings) {
        self.default_quota.apply(&mut settings.default_quota);
        self.password_min_length
            .apply(&mut settings.password_min_length);
        self.flavour.apply(&mut settings.flavour);
        self.open_preferences.apply(&mut settings.open_preferences);
        self.password_change_revokes_tokens
            .apply(&mut settings.password_change_revokes_tokens);
        self.welcome_mail.apply(&mut settings.welcome_mail);
        self.limit_edits.apply(&mut settings.limit_edits);
    }
}

/// The two servers whose habits the OCS dialect can have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flavour {
    /// Nextcloud's.
    #[default]
    Nextcloud,
    /// ownCloud's.
    Owncloud,
}

impl Flavour {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nextcloud, Self::Owncloud];

    /// The flavour's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nextcloud => "nextcloud",
            Self::Owncloud => "owncloud",
        }
    }

    /// The flavour with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flavour| flavour.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_set() -> TenantSettings {
        let mut settings = TenantSettings::default();
        TenantSettingsPatch {
            default_quota: Patch::Set(1),
            password_min_length: Patch::Set(8),
            flavour: Patch::Set(Flavour::Owncloud),
            open_preferences: Patch::Set(true),
            password_change_revokes_tokens: Patch::Set(true),
            welcome_mail: Patch::Set(false),
            limit_edits: Patch::Set(true),
        }
        .apply(&mut settings);
        settings
    }

    #[test]
    fn every_setting_can_be_set_and_is_told_by_the_name_it_is_stored_under() {
        let stored = serde_json::to_value(all_set()).ok();
        let stored = stored.as_ref().and_then(serde_json::Value::as_object);
        let mut stored: Vec<&str> = stored
            .into_iter()
            .flatten()
            .map(|(key, _)| &**key)
            .collect();
        stored.sort_unstable();
        let mut told = all_set().differing(&TenantSettings::default());
        told.sort_unstable();
        assert_eq!(told, stored);
        assert_eq!(all_set().differing(&all_set()), [""; 0]);
    }

    #[test]
    fn what_a_patch_does_not_name_stays() {
        let mut settings = all_set();
        TenantSettingsPatch::default().apply(&mut settings);
        assert_eq!(settings, all_set());
        TenantSettingsPatch {
            flavour: Patch::Clear,
            ..TenantSettingsPatch::default()
        }
        .apply(&mut settings);
        assert_eq!(settings.differing(&all_set()), ["flavour"]);
    }
}
