//! A user's line.

use provost_directory::queries::WholeUser;
use provost_model::{
    Address, Alias, Autoresponder, ClassOfService, DialectValues, DisplayName, ExternalId,
    FirstDayOfWeek, MailboxSettings, ProfileField, Quota, Scope, ScopedField, SpamLevel, Timestamp,
    Verdict, WebmailAccount,
};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A user as it is written: what is unset is left out, but for an address that a user with a contact e-mail lacks.
#[derive(Serialize)]
#[serde(tag = "type", rename = "user")]
pub(crate) struct UserLine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    tenant: Option<&'a str>,
    login: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "is_false")]
    address_follows_email: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notify_email: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<AliasItem<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password_hash: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    enabled: Option<bool>,
    #[serde(skip_serializing_if = "is_false")]
    operator: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timezone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_day_of_week: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    manager: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    groups: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    administers: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    profile: BTreeMap<&'static str, &'a str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    scopes: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    msisdn: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    classes_of_service: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delivery_status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anti_phishing: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    spam_level: Option<&'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    external_ids: BTreeMap<&'static str, Vec<&'a str>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    preferences: BTreeMap<&'a str, BTreeMap<&'a str, &'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    webmail: Option<Webmail<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mailbox: Option<Mailbox<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oneoffice: Option<BTreeMap<&'a str, &'a Value>>,
    facts: Facts,
}

/// A further address: with its scope, if one was chosen.
#[derive(Serialize)]
#[serde(untagged)]
enum AliasItem<'a> {
    Plain(&'a str),
    Scoped { value: &'a str, scope: &'static str },
}

#[derive(Serialize)]
struct Webmail<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    allow_upgrade: bool,
    reset_password: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    theme: Option<&'a str>,
}

#[derive(Serialize)]
struct Mailbox<'a> {
    master: bool,
    usage: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    autoresponder: Option<Responder<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    senders: Vec<SenderItem<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forwards: Vec<&'a str>,
}

#[derive(Serialize)]
struct Responder<'a> {
    subject: &'a str,
    body: &'a str,
    active: bool,
}

#[derive(Serialize)]
struct SenderItem<'a> {
    sender: &'a str,
    verdict: &'static str,
}

/// What the server gave the user itself; imports pass over it.
#[derive(Serialize)]
struct Facts {
    id: String,
    number: i64,
    created_at: i64,
    changed_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_login_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login_at: Option<i64>,
}

impl<'a> UserLine<'a> {
    /// The line of a user, with its password's hash or without; `tenant` is its tenant's slug, where the file is of several.
    pub(crate) fn new(tenant: Option<&'a str>, whole: &'a WholeUser, with_hash: bool) -> Self {
        let WholeUser {
            user,
            groups,
            administers,
            services,
            external_ids,
            preferences,
            webmail,
            mailbox,
            oneoffice,
        } = whole;
        let mut apps: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for one in preferences {
            apps.entry(one.app.as_str())
                .or_default()
                .insert(one.key.as_str(), one.content.as_str());
        }
        let address = user.address.as_ref().map(Address::as_str);
        Self {
            tenant,
            login: user.login.as_str(),
            address: (address.is_some() || user.email.is_some()).then_some(address),
            address_follows_email: user.address_follows_email,
            email: user.email.as_ref().map(|it| it.as_str()),
            notify_email: user.notify_email.as_ref().map(|it| it.as_str()),
            aliases: user.aliases.iter().map(AliasItem::new).collect(),
            display_name: user.display_name.as_ref().map(DisplayName::as_str),
            password_hash: user.password_hash.as_deref().filter(|_| with_hash),
            enabled: (!user.enabled).then_some(false),
            operator: user.operator,
            quota: match user.quota {
                Quota::Default => None,
                Quota::None => Some("none".into()),
                Quota::Bytes(bytes) => Some(bytes.into()),
            },
            language: user.language.as_ref().map(|it| it.as_str()),
            locale: user.locale.as_ref().map(|it| it.as_str()),
            timezone: user.timezone.as_ref().map(|it| it.as_str()),
            first_day_of_week: user.first_day_of_week.map(FirstDayOfWeek::get),
            phone: user.phone.as_ref().map(|it| it.as_str()),
            manager: user.manager.as_deref(),
            groups,
            administers,
            profile: ProfileField::ALL
                .into_iter()
                .filter_map(|field| Some((field.name(), user.profile.value(field)?)))
                .collect(),
            scopes: ScopedField::all()
                .filter_map(|field| Some((field.name(), user.profile.scope(field)?.name())))
                .collect(),
            msisdn: services.msisdn.as_ref().map(|it| it.as_str()),
            classes_of_service: services
                .classes
                .iter()
                .map(ClassOfService::as_str)
                .collect(),
            delivery_status: services.delivery_status.as_ref().map(|it| it.as_str()),
            anti_phishing: services.anti_phishing,
            spam_level: services.spam_level.map(SpamLevel::name),
            external_ids: external_ids
                .iter()
                .map(|(kind, ids)| (kind.name(), ids.iter().map(ExternalId::as_str).collect()))
                .collect(),
            preferences: apps,
            webmail: webmail.as_ref().map(Webmail::new),
            mailbox: (*mailbox != MailboxSettings::default()).then(|| Mailbox::new(mailbox)),
            oneoffice: (*oneoffice != DialectValues::default()).then(|| oneoffice.iter().collect()),
            facts: Facts {
                id: user.id.0.to_string(),
                number: user.number.0,
                created_at: user.created_at.0,
                changed_at: user.changed_at.0,
                first_login_at: user.first_login_at.map(|Timestamp(at)| at),
                last_login_at: user.last_login_at.map(|Timestamp(at)| at),
            },
        }
    }
}

impl<'a> AliasItem<'a> {
    fn new(alias: &'a Alias) -> Self {
        match alias.scope.map(Scope::name) {
            None => Self::Plain(&alias.value),
            Some(scope) => Self::Scoped {
                value: &alias.value,
                scope,
            },
        }
    }
}

impl<'a> Webmail<'a> {
    fn new(account: &'a WebmailAccount) -> Self {
        Self {
            kind: account.kind.as_str(),
            allow_upgrade: account.allow_upgrade,
            reset_password: account.reset_password,
            theme: account.theme.as_ref().map(|it| it.as_str()),
        }
    }
}

impl<'a> Mailbox<'a> {
    fn new(settings: &'a MailboxSettings) -> Self {
        let responder = &settings.autoresponder;
        Self {
            master: settings.master,
            usage: settings.usage,
            autoresponder: (*responder != Autoresponder::default()).then(|| Responder {
                subject: responder.subject(),
                body: responder.body(),
                active: responder.active,
            }),
            senders: settings
                .senders
                .iter()
                .map(|(sender, verdict)| SenderItem {
                    sender: sender.as_str(),
                    verdict: match verdict {
                        Verdict::Take => "take",
                        Verdict::Refuse => "refuse",
                    },
                })
                .collect(),
            forwards: settings.forwards.iter().map(Address::as_str).collect(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}
