//! A user as the dialect shows it.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    values::scope_name,
    wire::{Data, Entries},
};
use provost_directory::queries::UserDetails;
use provost_model::{Profile, ProfileField, Quota, Scope, ScopedField, TenantSettings, fold};
use std::{borrow::Cow, collections::HashSet};

/// How much of a user is shown to whom.
pub(crate) struct View {
    /// Whether the caller administers the tenant: it sees where files are and every manager.
    administrator: bool,
    /// Whether the user is shown to itself: it sees its scopes.
    own: bool,
    /// The folded names of the managers that the caller reaches, unless it administers the tenant.
    managers: HashSet<String>,
}

impl View {
    /// What the caller sees of other users; asks the directory at most once, however many users there are.
    pub(crate) async fn of_others(call: &Call, users: &[UserDetails]) -> Outcome<Self> {
        let administrator = call.is_administrator();
        let managers = if administrator {
            HashSet::new()
        } else {
            let names: Vec<&str> = users
                .iter()
                .filter_map(|details| details.user.manager.as_deref())
                .collect();
            call.directory
                .reached_names(&call.context, &names)
                .await
                .map_err(refuse)?
        };
        Ok(Self {
            administrator,
            own: false,
            managers,
        })
    }

    /// What the caller sees of itself.
    pub(crate) async fn of_self(call: &Call, user: &UserDetails) -> Outcome<Self> {
        let view = Self::of_others(call, std::slice::from_ref(user)).await?;
        Ok(Self { own: true, ..view })
    }

    /// A user in this view.
    pub(crate) fn record(&self, details: UserDetails, settings: &TenantSettings) -> Data {
        let UserDetails {
            user,
            groups,
            administers,
        } = details;
        let shown_name = user.shown_name().to_owned();
        let user = *user;
        let mut fields = Entries::with_capacity(if self.own { 64 } else { 36 });
        fields.push("enabled", user.enabled);
        if self.administrator {
            fields.push("storageLocation", format!("/data/{}", user.login));
        }
        fields.push("id", String::from(user.login));
        let first = user.first_login_at.map_or(0, |at| at.seconds());
        let last = user.last_login_at.map_or(0, |at| at.seconds());
        fields.push("firstLoginTimestamp", first);
        fields.push("lastLoginTimestamp", last);
        fields.push("lastLogin", last * 1000);
        fields.push("backend", "Database");
        fields.push("subadmin", administers);
        fields.push("quota", quota(user.quota, settings));
        fields.push("manager", self.manager(user.manager));
        if self.own {
            fields.push("avatarScope", scope(&user.profile, ScopedField::Avatar));
        }
        fields.push("email", user.email.map(String::from));
        if self.own {
            fields.push("emailScope", scope(&user.profile, ScopedField::Email));
        }
        let (aliases, alias_scopes): (Vec<_>, Vec<_>) = user
            .aliases
            .into_iter()
            .map(|alias| (alias.value, scope_name(alias.scope.unwrap_or(Scope::Local))))
            .unzip();
        fields.push("additional_mail", aliases);
        if self.own {
            fields.push("additional_mailScope", alias_scopes);
        }
        fields.push("displayname", shown_name.clone());
        fields.push("display-name", shown_name);
        if self.own {
            fields.push(
                "displaynameScope",
                scope(&user.profile, ScopedField::DisplayName),
            );
        }
        fields.push("phone", text(user.phone));
        if self.own {
            fields.push("phoneScope", scope(&user.profile, ScopedField::Phone));
        }
        for (name, scope_field, field) in PROFILE {
            let default = if field == ProfileField::ProfileEnabled {
                "1"
            } else {
                ""
            };
            let value = user.profile.value(field).map(str::to_owned);
            fields.push(name, value.map_or(Cow::Borrowed(default), Cow::Owned));
            if self.own {
                fields.push(
                    scope_field,
                    scope(&user.profile, ScopedField::Profile(field)),
                );
            }
        }
        fields.push("groups", groups);
        let language = user.language.map(String::from);
        fields.push("language", language.map_or(Cow::Borrowed("en"), Cow::Owned));
        fields.push("locale", text(user.locale));
        fields.push("timezone", text(user.timezone));
        fields.push("notify_email", user.notify_email.map(String::from));
        fields.push(
            "backendCapabilities",
            Data::map([("setDisplayName", true), ("setPassword", true)]),
        );
        fields.into()
    }

    /// The manager, where the caller reaches it.
    fn manager(&self, manager: Option<String>) -> String {
        manager
            .filter(|name| self.administrator || self.managers.contains(&fold(name)))
            .unwrap_or_default()
    }
}

/// The profile's fields in the order in which the real server shows them.
const PROFILE: [(&str, &str, ProfileField); 11] = [
    ("address", "addressScope", ProfileField::Address),
    ("website", "websiteScope", ProfileField::Website),
    ("twitter", "twitterScope", ProfileField::Twitter),
    ("bluesky", "blueskyScope", ProfileField::Bluesky),
    ("fediverse", "fediverseScope", ProfileField::Fediverse),
    (
        "organisation",
        "organisationScope",
        ProfileField::Organisation,
    ),
    ("role", "roleScope", ProfileField::Role),
    ("headline", "headlineScope", ProfileField::Headline),
    ("biography", "biographyScope", ProfileField::Biography),
    (
        "profile_enabled",
        "profile_enabledScope",
        ProfileField::ProfileEnabled,
    ),
    ("pronouns", "pronounsScope", ProfileField::Pronouns),
];

/// A value's text, or none.
fn text(value: Option<impl Into<String>>) -> String {
    value.map_or_else(String::new, Into::into)
}

fn scope(profile: &Profile, field: ScopedField) -> &'static str {
    let default = match field {
        ScopedField::Avatar
        | ScopedField::Email
        | ScopedField::DisplayName
        | ScopedField::Profile(ProfileField::Pronouns) => Scope::Federated,
        ScopedField::Phone | ScopedField::Profile(_) => Scope::Local,
    };
    scope_name(profile.scope(field).unwrap_or(default))
}

/// How much a user may store and has stored. Provost stores no files, so nothing is used and all is free. -3 means no limit.
pub(crate) fn storage(quota: Quota, default_quota: Option<u64>) -> [(&'static str, i64); 4] {
    let limit = limit(quota, default_quota);
    // the real server takes a limit of nothing for no limit wherever it reckons
    let room = if limit == 0 { UNLIMITED } else { limit };
    [
        ("free", room),
        ("used", 0),
        ("total", room),
        ("relative", 0),
    ]
}

const UNLIMITED: i64 = -3;

fn limit(quota: Quota, default_quota: Option<u64>) -> i64 {
    match quota {
        Quota::Default => default_quota,
        Quota::None => None,
        Quota::Bytes(bytes) => Some(bytes),
    }
    .map_or(UNLIMITED, |bytes| i64::try_from(bytes).unwrap_or(i64::MAX))
}

fn quota(quota: Quota, settings: &TenantSettings) -> Data {
    let limit = limit(quota, settings.default_quota);
    let storage = storage(quota, settings.default_quota);
    Data::map(storage.into_iter().chain([("quota", limit)]))
}
