//! The directory's errors in the dialect's codes.
//!
//! This is the answer where an operation has no code of its own for an error; operations match their own first.

use crate::{password_policy, wire::Answer};
use provost_model::{Denial, Error, Field, Noun, Protection, Violation};

/// The answer to an error of the directory.
pub(crate) fn refuse(error: Error) -> Answer {
    match error {
        Error::Invalid(violation) => invalid(&violation),
        Error::Unknown(noun) | Error::OutOfReach(noun) => unknown(noun),
        Error::Taken(noun) => taken(noun),
        Error::Forbidden(denial) => forbidden(denial),
        Error::Protected(protection) => protected(protection),
        Error::About { error, .. } => refuse(*error),
        Error::Unavailable(reason) => {
            tracing::warn!(reason, "the directory is unavailable");
            Answer::failure(503, "Service unavailable, please try again later")
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
        Field::Password => {
            let (code, message) = password_policy::refusal(&violation.rule);
            Answer::failure(code, message)
        }
        Field::Language => Answer::failure(101, "Invalid language"),
        Field::Locale => Answer::failure(101, "Invalid locale"),
        Field::Timezone => Answer::failure(101, "Invalid timezone"),
        Field::FirstDayOfWeek => Answer::failure(101, "Invalid first day of week"),
        Field::DisplayName => Answer::failure(101, "Invalid displayname"),
        Field::Phone => Answer::failure(101, "Invalid phone"),
        Field::Profile(field) => Answer::failure(101, format!("Invalid {}", field.name())),
        Field::Scope => Answer::failure(101, "Invalid Invalid scope"),
        Field::GroupId => Answer::failure(101, "Invalid group name"),
        Field::Email | Field::Address | Field::Alias | Field::NotifyEmail | Field::Manager => {
            Answer::failure(101, "")
        }
        Field::Limit | Field::Offset => Answer::failure(400, format!("The {violation}")),
        Field::Slug
        | Field::ContextId
        | Field::Host
        | Field::Domain
        | Field::Login
        | Field::Quota
        | Field::Msisdn
        | Field::ClassOfService
        | Field::DeliveryStatus
        | Field::SpamLevel
        | Field::ExternalId
        | Field::Targets
        | Field::WebmailType
        | Field::Theme
        | Field::Autoresponder
        | Field::Sender
        | Field::Groups
        | Field::AdministeredGroups
        | Field::App
        | Field::Key
        | Field::Value
        | Field::Name => Answer::failure(101, format!("The {violation}")),
    }
}

fn unknown(noun: Noun) -> Answer {
    match noun {
        Noun::User => Answer::failure(998, ""),
        Noun::Group => Answer::failure(404, "The requested group could not be found"),
        Noun::AdministeredGroup => Answer::failure(109, "Sub-admin group does not exist"),
        Noun::GroupAdministration => Answer::failure(102, "User is not a sub-admin of this group"),
        Noun::Tenant
        | Noun::Slug
        | Noun::ContextId
        | Noun::Host
        | Noun::Domain
        | Noun::Login
        | Noun::Address
        | Noun::Msisdn
        | Noun::Webmail
        | Noun::AuthToken
        | Noun::SharedDomain
        | Noun::Forward
        | Noun::Membership
        | Noun::Token
        | Noun::App
        | Noun::Reseller
        | Noun::AccountName
        | Noun::Preference
        | Noun::Setting
        | Noun::Customer
        | Noun::Order => Answer::failure(998, ""),
    }
}

fn taken(noun: Noun) -> Answer {
    match noun {
        Noun::Login => Answer::failure(102, "User already exists"),
        Noun::Group => Answer::failure(102, "group exists"),
        Noun::Tenant
        | Noun::Slug
        | Noun::ContextId
        | Noun::Host
        | Noun::Domain
        | Noun::User
        | Noun::Address
        | Noun::Msisdn
        | Noun::Webmail
        | Noun::AuthToken
        | Noun::SharedDomain
        | Noun::Forward
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
        | Noun::Order => Answer::failure(101, format!("The {} is taken", noun.name())),
    }
}

fn forbidden(denial: Denial) -> Answer {
    match denial {
        Denial::Scope => Answer::failure(403, "Password confirmation is required"),
        Denial::Field => Answer::failure(113, ""),
        Denial::OwnAccount => Answer::failure(101, ""),
        Denial::GroupNotAdministered => Answer::failure(104, ""),
        Denial::GroupRequired => {
            Answer::failure(106, "No group specified (required for sub-admins)")
        }
        Denial::MayNotAppoint => Answer::failure(403, "No permissions to promote sub-admins"),
        Denial::LastAdministeredGroup => Answer::failure(
            105,
            "Not viable to remove user from the last group you are sub-admin of",
        ),
        Denial::OwnRights => Answer::failure(105, "Cannot remove yourself from the admin group"),
        Denial::NotGroupAdministrator => {
            Answer::failure(403, "Logged in account must be at least a sub admin")
        }
        Denial::NotAdministrator => Answer::failure(403, "Logged in account must be an admin"),
        Denial::NotOperator | Denial::OperatorAccount | Denial::Suspended | Denial::Upgrade => {
            Answer::failure(403, denial.to_string())
        }
    }
}

fn protected(protection: Protection) -> Answer {
    match protection {
        Protection::AdministratorsGroup => Answer::failure(102, ""),
        Protection::AdministratorsGroupAdministration => {
            Answer::failure(103, "Cannot create sub-admins for admin group")
        }
        Protection::LastAdministrator | Protection::LastOperator => {
            Answer::failure(101, protection.to_string())
        }
        Protection::DomainInUse
        | Protection::DefaultTenant
        | Protection::WebmailLimit
        | Protection::UsageAboveQuota
        | Protection::AlwaysOn => Answer::failure(403, protection.to_string()),
    }
}
