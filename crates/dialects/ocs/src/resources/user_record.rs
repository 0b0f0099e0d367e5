//! A user as the dialect shows it.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    values::scope_name,
    wire::{Data, Entries},
};
use provost_directory::queries::UserDetails;
use provost_model::{
    Alias, ContactEmail, ProfileField, Quota, Scope, ScopedField, TenantSettings, User, fold,
};
use std::collections::HashSet;

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
    pub(crate) fn record(&self, details: &UserDetails, settings: &TenantSettings) -> Data {
        let UserDetails {
            user,
            groups,
            administers,
        } = details;
        let mut fields = Entries::with_capacity(64);
        fields.push("enabled", user.enabled);
        if self.administrator {
            fields.push("storageLocation", format!("/data/{}", user.login));
        }
        fields.push("id", user.login.as_str().to_owned());
        let first = user.first_login_at.map_or(0, |at| at.seconds());
        let last = user.last_login_at.map_or(0, |at| at.seconds());
        fields.push("firstLoginTimestamp", first);
        fields.push("lastLoginTimestamp", last);
        fields.push("lastLogin", last * 1000);
        fields.push("backend", "Database");
        fields.push("subadmin", administers.clone());
        fields.push("quota", quota(user.quota, settings));
        fields.push("manager", self.manager(user));
        if self.own {
            fields.push("avatarScope", scope(user, ScopedField::Avatar));
        }
        fields.push(
            "email",
            user.email.as_ref().map(|email| email.as_str().to_owned()),
        );
        if self.own {
            fields.push("emailScope", scope(user, ScopedField::Email));
        }
        fields.push(
            "additional_mail",
            user.aliases
                .iter()
                .map(|alias| alias.value.clone())
                .collect::<Vec<_>>(),
        );
        if self.own {
            fields.push(
                "additional_mailScope",
                user.aliases.iter().map(alias_scope).collect::<Vec<_>>(),
            );
        }
        fields.push("displayname", user.shown_name().to_owned());
        fields.push("display-name", user.shown_name().to_owned());
        if self.own {
            fields.push("displaynameScope", scope(user, ScopedField::DisplayName));
        }
        fields.push(
            "phone",
            user.phone
                .as_ref()
                .map_or_else(String::new, |phone| phone.as_str().to_owned()),
        );
        if self.own {
            fields.push("phoneScope", scope(user, ScopedField::Phone));
        }
        for (name, scope_field, field) in PROFILE {
            let default = if field == ProfileField::ProfileEnabled {
                "1"
            } else {
                ""
            };
            fields.push(
                name,
                user.profile.value(field).unwrap_or(default).to_owned(),
            );
            if self.own {
                fields.push(scope_field, scope(user, ScopedField::Profile(field)));
            }
        }
        fields.push("groups", groups.clone());
        fields.push(
            "language",
            user.language
                .as_ref()
                .map_or_else(|| "en".to_owned(), |language| language.as_str().to_owned()),
        );
        fields.push(
            "locale",
            user.locale
                .as_ref()
                .map_or_else(String::new, |locale| locale.as_str().to_owned()),
        );
        fields.push(
            "timezone",
            user.timezone
                .as_ref()
                .map_or_else(String::new, |zone| zone.as_str().to_owned()),
        );
        fields.push(
            "notify_email",
            user.notify_email
                .as_ref()
                .map(ContactEmail::as_str)
                .map(str::to_owned),
        );
        fields.push(
            "backendCapabilities",
            Data::map([("setDisplayName", true), ("setPassword", true)]),
        );
        fields.into()
    }

    /// The manager, where the caller reaches it.
    fn manager(&self, user: &User) -> String {
        user.manager
            .as_ref()
            .filter(|name| self.administrator || self.managers.contains(&fold(name)))
            .cloned()
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

fn scope(user: &User, field: ScopedField) -> &'static str {
    let default = match field {
        ScopedField::Avatar
        | ScopedField::Email
        | ScopedField::DisplayName
        | ScopedField::Profile(ProfileField::Pronouns) => Scope::Federated,
        ScopedField::Phone | ScopedField::Profile(_) => Scope::Local,
    };
    scope_name(user.profile.scope(field).unwrap_or(default))
}

fn alias_scope(alias: &Alias) -> &'static str {
    scope_name(alias.scope.unwrap_or(Scope::Local))
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
