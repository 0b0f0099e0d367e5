//! The dialect's answer to each error of the directory.

use crate::{password_policy, wire::Answer};
use provost_model::{Denial, Error, Field, Noun, Protection, Violation};

/// The answer to an error.
pub(crate) fn refuse(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) => invalid(&violation),
        Error::Unknown(noun) | Error::OutOfReach(noun) => unknown(noun),
        Error::Taken(noun) => taken(noun),
        Error::Forbidden(denial) => forbidden(denial, None),
        Error::Protected(protection) => protected(protection),
        Error::About { name, error } => match *error {
            Error::Forbidden(denial) => forbidden(denial, Some(&name)),
            other => refuse(other),
        },
        Error::Unavailable(reason) => {
            tracing::warn!(reason, "unavailable");
            Answer::unavailable()
        }
        Error::Serialization => {
            tracing::error!("a transaction was not repeated");
            Answer::internal_error()
        }
        Error::Internal(fault) => {
            tracing::error!(fault, "internal fault");
            Answer::internal_error()
        }
    }
}

/// The answer to a value that breaks a rule.
pub(crate) fn invalid(violation: &Violation) -> Answer {
    match violation.field {
        Field::Password => Answer::bad("password", password_policy::refusal(&violation.rule)),
        field => Answer::bad(key(field), sentence(&violation.to_string())),
    }
}

/// The key of a request that holds a field.
const fn key(field: Field) -> &'static str {
    match field {
        Field::Password => "password",
        Field::Quota => "quota",
        Field::Language | Field::Locale => "language",
        Field::Timezone => "timezone",
        Field::Theme => "theme",
        Field::WebmailType | Field::ClassOfService => "type",
        Field::Domain => "domain",
        Field::Login | Field::Address | Field::Email | Field::Alias => "mailboxName",
        Field::Autoresponder => "autoresponder",
        Field::Sender => "list",
        Field::Targets => "targets",
        Field::Limit => "pageSize",
        Field::Offset => "page",
        Field::Slug
        | Field::ContextId
        | Field::Host
        | Field::DisplayName
        | Field::NotifyEmail
        | Field::FirstDayOfWeek
        | Field::Manager
        | Field::Phone
        | Field::Msisdn
        | Field::DeliveryStatus
        | Field::SpamLevel
        | Field::ExternalId
        | Field::Profile(_)
        | Field::Scope
        | Field::GroupId
        | Field::Groups
        | Field::AdministeredGroups
        | Field::App
        | Field::Key
        | Field::Value
        | Field::Name => "body",
    }
}

fn unknown(noun: Noun) -> Answer {
    match noun {
        Noun::Tenant | Noun::Slug => Answer::unknown("account"),
        Noun::Domain => Answer::unknown("domain"),
        Noun::Webmail => Answer::unknown("webmail"),
        Noun::Forward => Answer::unknown("target"),
        Noun::AuthToken => Answer::unauthorized(),
        Noun::ContextId
        | Noun::Host
        | Noun::User
        | Noun::Login
        | Noun::Address
        | Noun::Msisdn
        | Noun::SharedDomain
        | Noun::Group
        | Noun::AdministeredGroup
        | Noun::Membership
        | Noun::GroupAdministration
        | Noun::Token
        | Noun::App
        | Noun::Reseller
        | Noun::AccountName
        | Noun::Preference
        | Noun::Setting
        | Noun::Customer
        | Noun::Order => Answer::unknown("mailboxName"),
    }
}

fn taken(noun: Noun) -> Answer {
    match noun {
        Noun::Webmail => Answer::conflict("webmail", "The mailbox has a webmail account already"),
        Noun::Tenant
        | Noun::Slug
        | Noun::ContextId
        | Noun::Host
        | Noun::Domain
        | Noun::User
        | Noun::Login
        | Noun::Address
        | Noun::Msisdn
        | Noun::SharedDomain
        | Noun::Forward
        | Noun::AuthToken
        | Noun::Group
        | Noun::AdministeredGroup
        | Noun::Membership
        | Noun::GroupAdministration
        | Noun::Token
        | Noun::App
        | Noun::Reseller
        | Noun::AccountName
        | Noun::Preference
        | Noun::Setting
        | Noun::Customer
        | Noun::Order => Answer::bad("mailboxName", "The name is taken"),
    }
}

fn forbidden(denial: Denial, about: Option<&str>) -> Answer {
    match denial {
        Denial::Upgrade => Answer::bad("type", "Upgrades are not allowed for this mailbox"),
        Denial::Field => Answer::bad(
            about.unwrap_or("body"),
            "Only the owner of the account may set this",
        ),
        Denial::OwnAccount => Answer::bad("mailboxName", "An account cannot delete itself"),
        Denial::NotAdministrator
        | Denial::NotOperator
        | Denial::NotGroupAdministrator
        | Denial::GroupNotAdministered
        | Denial::GroupRequired
        | Denial::MayNotAppoint
        | Denial::LastAdministeredGroup
        | Denial::OwnRights
        | Denial::OperatorAccount
        | Denial::Scope
        | Denial::Suspended => Answer::unauthorized(),
    }
}

fn protected(protection: Protection) -> Answer {
    let key = match protection {
        Protection::WebmailLimit | Protection::UsageAboveQuota => "type",
        Protection::DomainInUse => "domain",
        Protection::LastAdministrator
        | Protection::LastOperator
        | Protection::AdministratorsGroup
        | Protection::AdministratorsGroupAdministration
        | Protection::DefaultTenant
        | Protection::AlwaysOn => "mailboxName",
    };
    Answer::bad(key, sentence(&protection.to_string()))
}

/// The text as a sentence begins.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
