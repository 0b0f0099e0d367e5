//! The webmail account of a mailbox.

use crate::{
    call::{Call, Outcome},
    refusal::{invalid, refuse},
    resources::products::known_type,
    values::locale,
    wire::{Answer, Fields, Link},
};
use provost_directory::commands::webmail::{CreateWebmail, DeleteWebmail, EditWebmail};
use provost_model::{Language, Locale, Patch, Theme, Timezone, User, Violation, WebmailTypeName};
use serde::Serialize;

/// A webmail account as it is shown.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Shown<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_token: Option<String>,
    r#type: &'a str,
    allow_upgrade: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    reset_password: Option<bool>,
    theme: &'a str,
    language: String,
    timezone: &'a str,
    links: [&'a Link; 1],
}

/// Shows the account; its token to the account's owner alone.
pub(crate) async fn show(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let user = &mailbox.user;
    let account = mailbox
        .webmail
        .as_ref()
        .ok_or_else(|| Answer::unknown("webmail"))?;
    let auth_token = if call.by_owner {
        let token = call.directory.auth_token(&call.context, user).await;
        Some(token.map_err(refuse)?)
    } else {
        None
    };
    Ok(Answer::ok(&Shown {
        auth_token,
        r#type: account.kind.as_str(),
        allow_upgrade: account.allow_upgrade,
        reset_password: call.by_owner.then_some(account.reset_password),
        theme: account.theme.as_ref().map_or("", Theme::as_str),
        language: locale::shown(user),
        timezone: user.timezone.as_ref().map_or("", Timezone::as_str),
        links: [&call.itself],
    })
    .no_store())
}

/// What a body says of an account.
struct Given {
    kind: Option<WebmailTypeName>,
    allow_upgrade: Option<bool>,
    reset_password: Option<bool>,
    theme: Patch<Theme>,
    language: Patch<(Language, Locale)>,
    timezone: Patch<Timezone>,
}

impl Given {
    fn read(call: &Call, user: &User, mut fields: Fields, type_is_required: bool) -> Outcome<Self> {
        let domain = call.domain()?;
        let kind = if type_is_required {
            fields.required_text("type")
        } else {
            fields.text("type")
        };
        let kind = kind.and_then(|name| {
            let known = known_type(call.directory.products(), domain, &name);
            fields.made("type", known)
        });
        let given = Self {
            kind,
            allow_upgrade: fields.flag("allowUpgrade"),
            reset_password: fields.flag("resetPassword"),
            theme: patch(&mut fields, "theme", |text| match text {
                "" => Ok(Patch::Clear),
                text => Theme::parse(text).map(Patch::Set),
            }),
            language: patch(&mut fields, "language", |text| locale::read(text, user)),
            timezone: patch(&mut fields, "timezone", locale::read_timezone),
        };
        fields.finish()?;
        Ok(given)
    }
}

/// What a text in a body changes.
fn patch<T>(
    fields: &mut Fields,
    name: &'static str,
    read: impl FnOnce(&str) -> Result<Patch<T>, Violation>,
) -> Patch<T> {
    let Some(text) = fields.text(name) else {
        return Patch::Keep;
    };
    let made = read(&text).map_err(|violation| violation.rule.to_string());
    let made = made.map_err(|rule| format!("\"{text}\" {rule}"));
    fields.made(name, made).unwrap_or(Patch::Keep)
}

/// Makes the account.
pub(crate) async fn create(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let given = Given::read(call, &mailbox.user, call.fields()?, false)?;
    let set = |patch| match patch {
        Patch::Set(value) => Some(value),
        Patch::Keep | Patch::Clear => None,
    };
    let command = CreateWebmail {
        user: mailbox.user.number,
        kind: given.kind,
        allow_upgrade: given.allow_upgrade.unwrap_or(true),
        theme: match given.theme {
            Patch::Set(theme) => Some(theme),
            Patch::Keep | Patch::Clear => None,
        },
        language: set(given.language),
        timezone: match given.timezone {
            Patch::Set(timezone) => Some(timezone),
            Patch::Keep | Patch::Clear => None,
        },
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::created())
}

/// Changes the account.
pub(crate) async fn edit(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let Some(account) = mailbox.webmail else {
        return Err(Answer::unknown("webmail"));
    };
    let given = Given::read(call, &mailbox.user, call.fields()?, true)?;
    let command = EditWebmail {
        user: mailbox.user.number,
        kind: given.kind.unwrap_or(account.kind),
        allow_upgrade: given.allow_upgrade,
        reset_password: given.reset_password,
        theme: given.theme,
        language: given.language,
        timezone: given.timezone,
    };
    call.execute(command).await.map_err(|error| match error {
        provost_model::Error::Invalid(violation) => invalid(&violation),
        other => refuse(other),
    })?;
    Ok(Answer::no_content())
}

/// Deletes the account; the mailbox stays.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let mailbox = call.mailbox().await?;
    let command = DeleteWebmail {
        user: mailbox.user.number,
    };
    call.execute(command).await.map_err(refuse)?;
    Ok(Answer::no_content())
}
