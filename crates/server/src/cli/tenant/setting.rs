//! A tenant's settings as they are named, written and shown.

use super::bytes;
use crate::failure::{Failure, Result};
use provost_model::{Flavour, Patch, TenantSettings, TenantSettingsPatch};
use serde_json::Value;

/// A setting of tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Setting {
    DefaultQuota,
    PasswordMinLength,
    Flavour,
    OpenPreferences,
    PasswordChangeRevokesTokens,
    WelcomeMail,
    LimitEdits,
}

/// The keys, for the help of the commands that take them.
pub(super) const KEYS: &str = "\
Settings, with what they take and what holds while they are not set:
  default_quota                   bytes, or a number with KB, MB, GB, TB or PB, or none [none]
                                  how much users may store whose own quota is `default`
  password_min_length             1 to 128 [the dialect's: 10 in OCS]
                                  the fewest characters of a new password
  flavour                         nextcloud or owncloud [nextcloud]
                                  whose habits the OCS interface has
  open_preferences                yes or no [no]
                                  whether OCS clients may set any preference, not only Nextcloud's few
  password_change_revokes_tokens  yes or no [no]
                                  whether a new password ends all app passwords of the user
  welcome_mail                    yes or no [yes]
                                  whether new users get a welcome mail
  limit_edits                     yes or no [no]
                                  whether edits of users are limited in number, as Nextcloud limits them";

impl Setting {
    pub(super) const ALL: [Self; 7] = [
        Self::DefaultQuota,
        Self::PasswordMinLength,
        Self::Flavour,
        Self::OpenPreferences,
        Self::PasswordChangeRevokesTokens,
        Self::WelcomeMail,
        Self::LimitEdits,
    ];

    /// Its key.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::DefaultQuota => "default_quota",
            Self::PasswordMinLength => "password_min_length",
            Self::Flavour => "flavour",
            Self::OpenPreferences => "open_preferences",
            Self::PasswordChangeRevokesTokens => "password_change_revokes_tokens",
            Self::WelcomeMail => "welcome_mail",
            Self::LimitEdits => "limit_edits",
        }
    }

    /// The setting with this key.
    pub(super) fn named(key: &str) -> Result<Self> {
        Self::ALL
            .into_iter()
            .find(|setting| setting.name() == key)
            .ok_or_else(|| {
                let keys = Self::ALL.map(Self::name).join(", ");
                Failure::refused(format_args!("{key}: no such setting; there are {keys}"))
            })
    }

    /// What is written after the key.
    const fn takes(self) -> &'static str {
        match self {
            Self::DefaultQuota => "bytes, a number with KB, MB, GB, TB or PB, or none",
            Self::PasswordMinLength => "1 to 128",
            Self::Flavour => "nextcloud or owncloud",
            Self::OpenPreferences
            | Self::PasswordChangeRevokesTokens
            | Self::WelcomeMail
            | Self::LimitEdits => "yes or no",
        }
    }

    /// Notes the value that is to be set.
    pub(super) fn set(self, patch: &mut TenantSettingsPatch, text: &str) -> Result<()> {
        let known = match self {
            Self::DefaultQuota => put(&mut patch.default_quota, quota(text)),
            Self::PasswordMinLength => put(&mut patch.password_min_length, length(text)),
            Self::Flavour => put(&mut patch.flavour, Flavour::from_name(text).map(Patch::Set)),
            Self::OpenPreferences => put(&mut patch.open_preferences, switch(text)),
            Self::PasswordChangeRevokesTokens => {
                put(&mut patch.password_change_revokes_tokens, switch(text))
            }
            Self::WelcomeMail => put(&mut patch.welcome_mail, switch(text)),
            Self::LimitEdits => put(&mut patch.limit_edits, switch(text)),
        };
        if known {
            return Ok(());
        }
        Err(Failure::refused(format_args!(
            "{}={text}: it takes {}",
            self.name(),
            self.takes()
        )))
    }

    /// Notes that it is to be unset.
    pub(super) fn unset(self, patch: &mut TenantSettingsPatch) {
        match self {
            Self::DefaultQuota => patch.default_quota = Patch::Clear,
            Self::PasswordMinLength => patch.password_min_length = Patch::Clear,
            Self::Flavour => patch.flavour = Patch::Clear,
            Self::OpenPreferences => patch.open_preferences = Patch::Clear,
            Self::PasswordChangeRevokesTokens => {
                patch.password_change_revokes_tokens = Patch::Clear;
            }
            Self::WelcomeMail => patch.welcome_mail = Patch::Clear,
            Self::LimitEdits => patch.limit_edits = Patch::Clear,
        }
    }

    /// Its value, or null.
    pub(super) fn value(self, settings: &TenantSettings) -> Value {
        match self {
            Self::DefaultQuota => settings.default_quota.into(),
            Self::PasswordMinLength => settings.password_min_length.into(),
            Self::Flavour => settings.flavour.map(Flavour::name).into(),
            Self::OpenPreferences => settings.open_preferences.into(),
            Self::PasswordChangeRevokesTokens => settings.password_change_revokes_tokens.into(),
            Self::WelcomeMail => settings.welcome_mail.into(),
            Self::LimitEdits => settings.limit_edits.into(),
        }
    }
}

fn put<T>(field: &mut Patch<T>, value: Option<Patch<T>>) -> bool {
    let known = value.is_some();
    if let Some(value) = value {
        *field = value;
    }
    known
}

/// No limit is what holds while no default is set.
fn quota(text: &str) -> Option<Patch<u64>> {
    match text {
        "none" => Some(Patch::Clear),
        text => bytes::parse(text).map(Patch::Set),
    }
}

fn length(text: &str) -> Option<Patch<usize>> {
    text.parse()
        .ok()
        .filter(|length| {
            (TenantSettings::MIN_PASSWORD_LENGTH..=TenantSettings::MAX_PASSWORD_LENGTH)
                .contains(length)
        })
        .map(Patch::Set)
}

fn switch(text: &str) -> Option<Patch<bool>> {
    match text {
        "yes" | "true" | "on" => Some(Patch::Set(true)),
        "no" | "false" | "off" => Some(Patch::Set(false)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn each_setting_is_set_shown_and_unset_under_its_own_key_and_explained() {
        for (setting, text, shown) in [
            (
                Setting::DefaultQuota,
                "5 GB",
                Value::from(5_368_709_120_u64),
            ),
            (Setting::PasswordMinLength, "8", 8.into()),
            (Setting::Flavour, "owncloud", "owncloud".into()),
            (Setting::OpenPreferences, "yes", true.into()),
            (Setting::PasswordChangeRevokesTokens, "on", true.into()),
            (Setting::WelcomeMail, "no", false.into()),
            (Setting::LimitEdits, "true", true.into()),
        ] {
            assert_eq!(Setting::named(setting.name()).unwrap(), setting);
            assert!(KEYS.contains(&format!("\n  {} ", setting.name())));
            let mut patch = TenantSettingsPatch::default();
            setting.set(&mut patch, text).unwrap();
            let mut settings = TenantSettings::default();
            patch.apply(&mut settings);
            assert_eq!(
                settings.differing(&TenantSettings::default()),
                [setting.name()]
            );
            assert_eq!(setting.value(&settings), shown);
            let mut patch = TenantSettingsPatch::default();
            setting.unset(&mut patch);
            patch.apply(&mut settings);
            assert_eq!(settings, TenantSettings::default());
        }
    }

    #[test]
    fn every_stored_setting_has_a_key() {
        let mut settings = TenantSettings::default();
        let patch = TenantSettingsPatch {
            default_quota: Patch::Set(1),
            password_min_length: Patch::Set(1),
            flavour: Patch::Set(Flavour::Owncloud),
            open_preferences: Patch::Set(true),
            password_change_revokes_tokens: Patch::Set(true),
            welcome_mail: Patch::Set(true),
            limit_edits: Patch::Set(true),
        };
        patch.apply(&mut settings);
        assert_eq!(
            settings.differing(&TenantSettings::default()),
            Setting::ALL.map(Setting::name)
        );
    }

    #[test]
    fn what_a_setting_does_not_take_is_refused_with_what_it_takes() {
        for (setting, text) in [
            (Setting::DefaultQuota, "lots"),
            (Setting::DefaultQuota, "-1"),
            (Setting::PasswordMinLength, "0"),
            (Setting::PasswordMinLength, "129"),
            (Setting::Flavour, "Nextcloud"),
            (Setting::OpenPreferences, "1"),
        ] {
            let mut patch = TenantSettingsPatch::default();
            let refusal = setting.set(&mut patch, text).unwrap_err().to_string();
            assert!(refusal.contains(setting.takes()), "{refusal}");
            assert_eq!(patch, TenantSettingsPatch::default());
        }
    }
}
