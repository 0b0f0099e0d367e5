//! Editing one field of a user.

use super::reached;
use crate::{
    call::{Call, Outcome},
    edit_limits::Edits,
    password_policy,
    refusal::{invalid, refuse},
    values::{display_name, manager, parse_quota, parse_scope, quota_refusal},
    wire::{Answer, Data},
};
use provost_directory::{
    NewPassword, Reach,
    commands::users::{AliasChange, UserPatch},
};
use provost_model::{
    Alias, ContactEmail, FirstDayOfWeek, Language, Locale, Patch, Phone, ProfileField,
    ProfileValue, ScopedField, Timezone, User, is_email,
};

/// Edits one field: `key` names it, `value` is its new value.
pub(crate) async fn edit(call: &Call) -> Outcome {
    call.count_edit(Edits::Fields)?;
    let key = call.required("key")?;
    let value = call.required("value")?;
    let (user, reach) = reached(call).await?;
    let edited = Edited::named(key)
        .filter(|field| field.may(reach))
        .ok_or_else(|| Answer::failure(113, ""))?;
    let patch = edited.patch(call, &user, value)?;
    call.edit(&user, patch).await.map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}

/// What a key names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edited {
    DisplayName,
    Email,
    Alias,
    NotifyEmail,
    Password,
    Quota,
    Manager,
    Language,
    Locale,
    Timezone,
    FirstDayOfWeek,
    Phone,
    Profile(ProfileField),
    Scope(ScopedField),
}

impl Edited {
    fn named(key: &str) -> Option<Self> {
        let field = match key {
            "display" | "displayname" => Self::DisplayName,
            "email" => Self::Email,
            "additional_mail" => Self::Alias,
            "notify_email" => Self::NotifyEmail,
            "password" => Self::Password,
            "quota" => Self::Quota,
            "manager" => Self::Manager,
            "language" => Self::Language,
            "locale" => Self::Locale,
            "timezone" => Self::Timezone,
            "first_day_of_week" => Self::FirstDayOfWeek,
            "phone" => Self::Phone,
            "displaynameScope" => Self::Scope(ScopedField::DisplayName),
            "emailScope" => Self::Scope(ScopedField::Email),
            "phoneScope" => Self::Scope(ScopedField::Phone),
            "avatarScope" => Self::Scope(ScopedField::Avatar),
            _ => {
                let profile = |name: &str| {
                    ProfileField::ALL
                        .into_iter()
                        .find(|field| field.name() == name && is_of_ocs(*field))
                };
                return match key.strip_suffix("Scope") {
                    Some(name) => {
                        profile(name).map(|field| Self::Scope(ScopedField::Profile(field)))
                    }
                    None => profile(key).map(Self::Profile),
                };
            }
        };
        Some(field)
    }

    /// Which fields the caller may edit: all but the administrative ones of itself, all but the intimate ones of others.
    const fn may(self, reach: Reach) -> bool {
        match self {
            Self::Quota | Self::Manager => reach.over,
            Self::Scope(_) | Self::Profile(ProfileField::Birthdate) => reach.own,
            Self::DisplayName
            | Self::Email
            | Self::Alias
            | Self::NotifyEmail
            | Self::Password
            | Self::Language
            | Self::Locale
            | Self::Timezone
            | Self::FirstDayOfWeek
            | Self::Phone
            | Self::Profile(_) => true,
        }
    }

    fn patch(self, call: &Call, user: &User, value: &str) -> Outcome<UserPatch> {
        let mut patch = UserPatch::default();
        match self {
            Self::DisplayName => {
                patch.display_name = display_name(value)?.map_or(Patch::Clear, Patch::Set)
            }
            Self::Email => patch.email = email(value).ok_or_else(refused)?,
            Self::Alias => patch.aliases.push(added_alias(user, value)?),
            Self::NotifyEmail => {
                patch.notify_email = match value {
                    "" => Patch::Clear,
                    value if is_email(value) => {
                        Patch::Set(ContactEmail::parse(value).map_err(|_| refused())?)
                    }
                    _ => return Err(refused()),
                }
            }
            Self::Password => {
                patch.password = Some(NewPassword::plain(
                    value,
                    password_policy::of(call.tenant()),
                ))
            }
            Self::Quota => {
                let quota =
                    parse_quota(value).ok_or_else(|| Answer::failure(101, quota_refusal(value)))?;
                patch.quota = Some(quota);
            }
            Self::Manager => patch.manager = manager(value)?.map_or(Patch::Clear, Patch::Set),
            Self::Language => {
                patch.language =
                    Patch::Set(Language::parse(value).map_err(|violation| invalid(&violation))?)
            }
            Self::Locale => {
                patch.locale =
                    Patch::Set(Locale::parse(value).map_err(|violation| invalid(&violation))?)
            }
            Self::Timezone => {
                patch.timezone =
                    Patch::Set(Timezone::parse(value).map_err(|violation| invalid(&violation))?)
            }
            Self::FirstDayOfWeek => patch.first_day_of_week = first_day_of_week(value)?,
            Self::Phone => {
                patch.phone = match value {
                    "" => Patch::Clear,
                    value => Patch::Set(
                        Phone::parse(value, None).map_err(|violation| invalid(&violation))?,
                    ),
                }
            }
            Self::Profile(field) => {
                let value =
                    ProfileValue::parse(field, value).map_err(|violation| invalid(&violation))?;
                patch.profile.push((field, value));
            }
            Self::Scope(field) => {
                let scope = parse_scope(value).map_err(|violation| invalid(&violation))?;
                // everybody on the server sees names and e-mails, so these cannot be hidden
                if scope == provost_model::Scope::Private
                    && matches!(field, ScopedField::DisplayName | ScopedField::Email)
                {
                    return Err(Answer::failure(101, "Invalid scope"));
                }
                patch.scopes.push((field, scope));
            }
        }
        Ok(patch)
    }
}

fn refused() -> Answer {
    Answer::failure(101, "")
}

/// A contact e-mail as the dialect takes it: trimmed, lower-cased, empty for none.
pub(super) fn email(value: &str) -> Option<Patch<ContactEmail>> {
    let value = value.trim().to_lowercase();
    if value.is_empty() {
        return Some(Patch::Clear);
    }
    if !is_email(&value) {
        return None;
    }
    ContactEmail::parse(&value).ok().map(Patch::Set)
}

fn added_alias(user: &User, value: &str) -> Outcome<AliasChange> {
    let value = value.trim().to_lowercase();
    let contact = user
        .email
        .as_ref()
        .is_some_and(|email| email.as_str() == value);
    if !is_email(&value) || contact {
        return Err(refused());
    }
    Ok(AliasChange::Add(Alias { value, scope: None }))
}

/// A day as PHP reads a number: what is none is 0, and -1 means the locale's own.
fn first_day_of_week(value: &str) -> Outcome<Patch<FirstDayOfWeek>> {
    let digits = value.trim_start();
    let end = digits
        .char_indices()
        .find(|(at, c)| !(c.is_ascii_digit() || (*at == 0 && matches!(c, '-' | '+'))))
        .map_or(digits.len(), |(at, _)| at);
    let day: i64 = digits[..end].parse().unwrap_or(0);
    if day == -1 {
        return Ok(Patch::Clear);
    }
    FirstDayOfWeek::new(day)
        .map(Patch::Set)
        .map_err(|violation| invalid(&violation))
}

/// Whether the real server has this field; the others belong to other dialects, and pass this one by.
const fn is_of_ocs(field: ProfileField) -> bool {
    match field {
        ProfileField::Address
        | ProfileField::Website
        | ProfileField::Twitter
        | ProfileField::Bluesky
        | ProfileField::Fediverse
        | ProfileField::Organisation
        | ProfileField::Role
        | ProfileField::Headline
        | ProfileField::Biography
        | ProfileField::Pronouns
        | ProfileField::Birthdate
        | ProfileField::ProfileEnabled => true,
        ProfileField::Title
        | ProfileField::Department
        | ProfileField::Location
        | ProfileField::Grade => false,
    }
}
