//! A user's line.

use super::fields::{Fields, hash_problem};
use provost_directory::{
    NewPassword,
    commands::{
        imports::{
            ImportedMailbox, ImportedPreferences, ImportedRest, ImportedUser, ImportedWebmail,
        },
        mail_services::MailServicesPatch,
        users::UserPatch,
    },
};
use provost_model::{
    Address, Alias, AppId, Autoresponder, ClassOfService, ContactEmail, DeliveryStatus,
    DisplayName, ExternalId, ExternalIdKind, FirstDayOfWeek, GroupId, Language, Locale, Login,
    Msisdn, Patch, Phone, ProfileField, ProfileValue, Quota, Scope, ScopedField, Sender,
    SettingKey, SpamLevel, Theme, Timezone, Verdict, WebmailTypeName,
};
use serde_json::{Map, Value};

/// What a line says of a user. What cannot be read is noted with the fields.
pub(super) fn read(fields: &mut Fields) -> ImportedUser {
    let login = match fields.parsed("login", Login::parse) {
        Patch::Set(login) => Some(login),
        Patch::Keep | Patch::Clear => None,
    };
    ImportedUser {
        login,
        address: fields.parsed("address", Address::parse),
        address_follows_email: fields.flag("address_follows_email").unwrap_or(false),
        aliases: aliases(fields),
        patch: own_fields(fields),
        enabled: fields.flag("enabled"),
        operator: fields.flag("operator"),
        rest: rest(fields),
    }
}

fn own_fields(fields: &mut Fields) -> UserPatch {
    UserPatch {
        display_name: fields.parsed("display_name", DisplayName::parse),
        email: fields.parsed("email", ContactEmail::parse),
        password: password(fields),
        quota: quota(fields),
        language: fields.parsed("language", Language::parse),
        locale: fields.parsed("locale", Locale::parse),
        timezone: fields.parsed("timezone", Timezone::parse),
        first_day_of_week: first_day_of_week(fields),
        manager: fields.text("manager"),
        phone: fields.parsed("phone", |text| Phone::parse(text, None)),
        notify_email: fields.parsed("notify_email", ContactEmail::parse),
        aliases: Vec::new(),
        profile: profile(fields),
        scopes: scopes(fields),
        groups: fields.parsed_list("groups", GroupId::parse),
        administers: fields.parsed_list("administers", GroupId::parse),
    }
}

fn password(fields: &mut Fields) -> Option<NewPassword> {
    match fields.text("password_hash") {
        Patch::Set(hash) => NewPassword::imported(hash)
            .map_err(|violation| fields.refuse("password_hash", hash_problem(&violation.rule)))
            .ok(),
        Patch::Keep | Patch::Clear => None,
    }
}

fn quota(fields: &mut Fields) -> Option<Quota> {
    match fields.take("quota")? {
        Value::Null => Some(Quota::Default),
        Value::String(text) if text == "default" => Some(Quota::Default),
        Value::String(text) if text == "none" => Some(Quota::None),
        value => {
            if let Some(bytes) = value.as_u64() {
                return fields.checked("quota", Quota::bytes(bytes));
            }
            fields.refuse("quota", "is neither a number of bytes nor default or none");
            None
        }
    }
}

fn first_day_of_week(fields: &mut Fields) -> Patch<FirstDayOfWeek> {
    match fields.take("first_day_of_week") {
        None => Patch::Keep,
        Some(Value::Null) => Patch::Clear,
        Some(value) => {
            let day = FirstDayOfWeek::parse(&value.to_string());
            fields
                .checked("first_day_of_week", day)
                .map_or(Patch::Keep, Patch::Set)
        }
    }
}

fn aliases(fields: &mut Fields) -> Option<Vec<Alias>> {
    let items = fields.list("aliases")?;
    let mut aliases = Vec::with_capacity(items.len());
    for item in items {
        let alias = match &item {
            Value::String(value) => Some(Alias {
                value: value.clone(),
                scope: None,
            }),
            item => text_of(item, "value")
                .zip(text_of(item, "scope").and_then(Scope::from_name))
                .map(|(value, scope)| Alias {
                    value: value.to_owned(),
                    scope: Some(scope),
                }),
        };
        match alias {
            Some(alias) => aliases.push(alias),
            None => fields.refuse("aliases", "is no list of texts, or of values with scopes"),
        }
    }
    Some(aliases)
}

fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

/// Each key of an object with its text, or none for null.
fn texts(fields: &mut Fields, key: &str, map: Map<String, Value>) -> Vec<(String, Option<String>)> {
    let mut texts = Vec::with_capacity(map.len());
    for (name, value) in map {
        match value {
            Value::String(text) => texts.push((name, Some(text))),
            Value::Null => texts.push((name, None)),
            _ => fields.refuse(&format!("{key}.{name}"), "is no text"),
        }
    }
    texts
}

fn profile(fields: &mut Fields) -> Vec<(ProfileField, ProfileValue)> {
    let map = fields.object("profile").unwrap_or_default();
    let mut profile = Vec::with_capacity(map.len());
    for (name, text) in texts(fields, "profile", map) {
        let key = format!("profile.{name}");
        match ProfileField::from_name(&name) {
            Some(field) => {
                let value = ProfileValue::parse(field, &text.unwrap_or_default());
                profile.extend(fields.checked(&key, value).map(|value| (field, value)));
            }
            None => fields.refuse(&key, "is no field of the profile"),
        }
    }
    profile
}

fn scopes(fields: &mut Fields) -> Vec<(ScopedField, Scope)> {
    let map = fields.object("scopes").unwrap_or_default();
    let mut scopes = Vec::with_capacity(map.len());
    for (name, text) in texts(fields, "scopes", map) {
        let scope = text.as_deref().and_then(Scope::from_name);
        match ScopedField::from_name(&name).zip(scope) {
            Some(scope) => scopes.push(scope),
            None => fields.refuse(&format!("scopes.{name}"), "is no scope of a field"),
        }
    }
    scopes
}

/// What belongs to the user besides its own fields; none if nothing is said of it.
fn rest(fields: &mut Fields) -> Option<Box<ImportedRest>> {
    let rest = ImportedRest {
        services: services(fields),
        external_ids: external_ids(fields),
        preferences: preferences(fields),
        webmail: webmail(fields),
        mailbox: mailbox(fields),
        oneoffice: oneoffice(fields),
    };
    let is_nothing = rest.services == MailServicesPatch::default()
        && rest.external_ids.is_empty()
        && rest.preferences.is_empty()
        && rest.webmail.is_keep()
        && rest.mailbox == ImportedMailbox::default()
        && rest.oneoffice.is_empty();
    (!is_nothing).then(|| Box::new(rest))
}

fn services(fields: &mut Fields) -> MailServicesPatch {
    let classes = match fields.parsed_list("classes_of_service", ClassOfService::parse) {
        None => Patch::Keep,
        Some(classes) if classes.is_empty() => Patch::Clear,
        Some(classes) => Patch::Set(classes),
    };
    let anti_phishing = match fields.take("anti_phishing") {
        None => Patch::Keep,
        Some(Value::Null) => Patch::Clear,
        Some(Value::Bool(flag)) => Patch::Set(flag),
        Some(_) => {
            fields.refuse("anti_phishing", "is neither true nor false");
            Patch::Keep
        }
    };
    MailServicesPatch {
        classes,
        msisdn: fields.parsed("msisdn", Msisdn::parse),
        delivery_status: fields.parsed("delivery_status", DeliveryStatus::parse),
        anti_phishing,
        spam_level: fields.parsed("spam_level", SpamLevel::parse),
    }
}

fn external_ids(fields: &mut Fields) -> Vec<(ExternalIdKind, Vec<ExternalId>)> {
    let Some(map) = fields.object("external_ids") else {
        return Vec::new();
    };
    fields.within("external_ids", map, |inner| {
        ExternalIdKind::ALL
            .into_iter()
            .filter_map(|kind| Some((kind, inner.parsed_list(kind.name(), ExternalId::parse)?)))
            .collect()
    })
}

fn preferences(fields: &mut Fields) -> Vec<ImportedPreferences> {
    let map = fields.object("preferences").unwrap_or_default();
    let mut preferences = Vec::with_capacity(map.len());
    for (name, keys) in map {
        let key = format!("preferences.{name}");
        let app = fields.checked(&key, AppId::parse(&name));
        let (Some(app), Value::Object(keys)) = (app, keys) else {
            fields.refuse(&key, "is no app with keys and texts");
            continue;
        };
        let mut changes = Vec::with_capacity(keys.len());
        for (name, content) in texts(fields, &key, keys) {
            let name = fields.checked(&format!("{key}.{name}"), SettingKey::parse(&name));
            changes.extend(name.map(|name| (name, content)));
        }
        preferences.push((app, changes));
    }
    preferences
}

fn webmail(fields: &mut Fields) -> Patch<ImportedWebmail> {
    match fields.take("webmail") {
        None => Patch::Keep,
        Some(Value::Null) => Patch::Clear,
        Some(Value::Object(map)) => fields.within("webmail", map, |inner| {
            let kind = match inner.parsed("type", WebmailTypeName::parse) {
                Patch::Set(kind) => Some(kind),
                Patch::Keep | Patch::Clear => None,
            };
            Patch::Set(ImportedWebmail {
                kind,
                allow_upgrade: inner.flag("allow_upgrade"),
                reset_password: inner.flag("reset_password"),
                theme: inner.parsed("theme", Theme::parse),
            })
        }),
        Some(_) => {
            fields.refuse("webmail", "is no object");
            Patch::Keep
        }
    }
}

fn mailbox(fields: &mut Fields) -> ImportedMailbox {
    let Some(map) = fields.object("mailbox") else {
        return ImportedMailbox::default();
    };
    fields.within("mailbox", map, |inner| ImportedMailbox {
        master: inner.flag("master"),
        usage: inner.number("usage"),
        autoresponder: autoresponder(inner),
        senders: senders(inner),
        forwards: inner.parsed_list("forwards", Address::parse),
    })
}

fn autoresponder(fields: &mut Fields) -> Option<Autoresponder> {
    let map = fields.object("autoresponder")?;
    let (subject, body, active) = fields.within("autoresponder", map, |inner| {
        let mut text = |key: &str| match inner.text(key) {
            Patch::Set(text) => text,
            Patch::Keep | Patch::Clear => String::new(),
        };
        let (subject, body) = (text("subject"), text("body"));
        (subject, body, inner.flag("active").unwrap_or(false))
    });
    fields.checked(
        "autoresponder",
        Autoresponder::parse(&subject, &body, active),
    )
}

fn senders(fields: &mut Fields) -> Option<Vec<(Sender, Verdict)>> {
    let items = fields.list("senders")?;
    let mut senders = Vec::with_capacity(items.len());
    for item in items {
        let verdict = match text_of(&item, "verdict") {
            Some("take") => Some(Verdict::Take),
            Some("refuse") => Some(Verdict::Refuse),
            Some(_) | None => None,
        };
        match text_of(&item, "sender").zip(verdict) {
            Some((sender, verdict)) => {
                let sender = fields.checked("senders", Sender::parse(sender));
                senders.extend(sender.map(|sender| (sender, verdict)));
            }
            None => fields.refuse("senders", "is no list of senders with verdicts"),
        }
    }
    Some(senders)
}

fn oneoffice(fields: &mut Fields) -> Vec<(String, Option<Value>)> {
    fields
        .object("oneoffice")
        .unwrap_or_default()
        .into_iter()
        .map(|(name, value)| (name, Some(value)))
        .collect()
}
