//! A tenant's line.

use super::fields::Fields;
use provost_model::{
    ContextId, DisplayName, DomainName, HostName, Patch, Slug, TenantSettings, TenantSettingsPatch,
};
use serde_json::Value;

/// What a line says of a tenant.
#[derive(Debug)]
pub(crate) struct TenantRecord {
    pub(crate) slug: Slug,
    pub(crate) name: Option<String>,
    pub(crate) context_id: Option<ContextId>,
    pub(crate) suspended: bool,
    pub(crate) hosts: Vec<HostName>,
    pub(crate) domains: Vec<DomainName>,
    pub(crate) settings: TenantSettingsPatch,
}

impl TenantRecord {
    pub(super) fn read(fields: &mut Fields) -> Option<Self> {
        let name = match fields.parsed("name", DisplayName::parse) {
            Patch::Set(name) => Some(name.as_str().to_owned()),
            Patch::Keep | Patch::Clear => None,
        };
        let context_id = fields.number("context_id").and_then(|id| {
            fields.checked(
                "context_id",
                ContextId::new(i64::try_from(id).unwrap_or(i64::MAX)),
            )
        });
        let suspended = fields.flag("suspended").unwrap_or(false);
        let hosts = fields
            .parsed_list("hosts", HostName::parse)
            .unwrap_or_default();
        let domains = fields
            .parsed_list("domains", DomainName::parse)
            .unwrap_or_default();
        let settings = match fields.object("settings") {
            None => TenantSettings::default(),
            Some(map) => serde_json::from_value(Value::Object(map)).unwrap_or_else(|error| {
                fields.refuse("settings", error);
                TenantSettings::default()
            }),
        };
        Some(Self {
            slug: fields.required("slug", Slug::parse)?,
            name,
            context_id,
            suspended,
            hosts,
            domains,
            settings: patch(settings),
        })
    }
}

/// The settings that are named; others stay.
fn patch(settings: TenantSettings) -> TenantSettingsPatch {
    fn set<T>(value: Option<T>) -> Patch<T> {
        value.map_or(Patch::Keep, Patch::Set)
    }
    let TenantSettings {
        default_quota,
        password_min_length,
        flavour,
        open_preferences,
        password_change_revokes_tokens,
        welcome_mail,
        limit_edits,
    } = settings;
    TenantSettingsPatch {
        default_quota: set(default_quota),
        password_min_length: set(password_min_length),
        flavour: set(flavour),
        open_preferences: set(open_preferences),
        password_change_revokes_tokens: set(password_change_revokes_tokens),
        welcome_mail: set(welcome_mail),
        limit_edits: set(limit_edits),
    }
}
