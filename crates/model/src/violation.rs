//! What is wrong with a value: the field and the rule that it breaks.

use std::fmt;

/// A refused value. Dialects turn it into their own texts; [`fmt::Display`] is the plain English of the command line and logs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The field that holds the value.
    pub field: Field,
    /// The rule that the value breaks.
    pub rule: Rule,
}

impl Violation {
    /// `field` breaks `rule`.
    #[must_use]
    pub const fn new(field: Field, rule: Rule) -> Self {
        Self { field, rule }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.field.name(), self.rule)
    }
}

/// The fields of the directory that have rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// A tenant's slug.
    Slug,
    /// A tenant's context id.
    ContextId,
    /// A host name that leads to a tenant.
    Host,
    /// A mail domain.
    Domain,
    /// A user's login.
    Login,
    /// A user's password.
    Password,
    /// A display name, of a user, group or tenant.
    DisplayName,
    /// The contact e-mail.
    Email,
    /// The mail identity.
    Address,
    /// A further mail address of a user.
    Alias,
    /// The address that notifications go to.
    NotifyEmail,
    /// A user's quota.
    Quota,
    /// A user's language.
    Language,
    /// A user's locale.
    Locale,
    /// A user's time zone.
    Timezone,
    /// The first day of a user's week.
    FirstDayOfWeek,
    /// A user's manager.
    Manager,
    /// A user's telephone number.
    Phone,
    /// A phone login alias.
    Msisdn,
    /// A user's class of service.
    ClassOfService,
    /// Where a user's mail is delivered.
    DeliveryStatus,
    /// How eagerly a user's mail is taken for spam.
    SpamLevel,
    /// An id that somebody else gave a user.
    ExternalId,
    /// Where a forward leads.
    Targets,
    /// The type of a webmail account.
    WebmailType,
    /// The theme of a webmail account.
    Theme,
    /// The subject or text of an autoresponder.
    Autoresponder,
    /// A sender whose mail is always taken or never.
    Sender,
    /// A field of the profile.
    Profile(crate::ProfileField),
    /// Who may see a field of the profile.
    Scope,
    /// A group's id.
    GroupId,
    /// The groups given for a user.
    Groups,
    /// The groups that a user is to administer.
    AdministeredGroups,
    /// The id of an app.
    App,
    /// The key of a setting or preference.
    Key,
    /// The value of a setting or preference.
    Value,
    /// The name of a token, reseller or other account of the deployment.
    Name,
    /// How many rows a list may have.
    Limit,
    /// How many rows a list leaves out at its start.
    Offset,
}

impl Field {
    /// The field's name in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slug => "slug",
            Self::ContextId => "context id",
            Self::Host => "host",
            Self::Domain => "domain",
            Self::Login => "login",
            Self::Password => "password",
            Self::DisplayName => "display name",
            Self::Email => "e-mail",
            Self::Address => "address",
            Self::Alias => "alias",
            Self::NotifyEmail => "notification e-mail",
            Self::Quota => "quota",
            Self::Language => "language",
            Self::Locale => "locale",
            Self::Timezone => "time zone",
            Self::FirstDayOfWeek => "first day of the week",
            Self::Manager => "manager",
            Self::Phone => "phone",
            Self::Msisdn => "msisdn",
            Self::ClassOfService => "class of service",
            Self::DeliveryStatus => "delivery status",
            Self::SpamLevel => "spam level",
            Self::ExternalId => "external id",
            Self::Targets => "targets",
            Self::WebmailType => "webmail type",
            Self::Theme => "theme",
            Self::Autoresponder => "autoresponder",
            Self::Sender => "sender",
            Self::Profile(field) => field.name(),
            Self::Scope => "scope",
            Self::GroupId => "group id",
            Self::Groups => "groups",
            Self::AdministeredGroups => "administered groups",
            Self::App => "app",
            Self::Key => "key",
            Self::Value => "value",
            Self::Name => "name",
            Self::Limit => "limit",
            Self::Offset => "offset",
        }
    }
}

/// The rules that values can break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It must not be empty or blank.
    Empty,
    /// It has fewer characters than `min`.
    TooShort {
        /// The fewest characters allowed.
        min: usize,
    },
    /// It has more characters than `max`.
    TooLong {
        /// The most characters allowed.
        max: usize,
    },
    /// It holds characters that are not allowed.
    Characters,
    /// It begins or ends with blank space.
    BlankEnds,
    /// It consists of dots alone.
    DotsOnly,
    /// It is kept for the server's own use.
    Reserved,
    /// It does not have the form of its kind.
    Malformed,
    /// It is none of the known values.
    Unknown,
    /// It lies outside the allowed range.
    OutOfRange,
    /// The same value is there already.
    Duplicate,
    /// It is among the most common passwords; `too_short` if it is also shorter than the policy's minimum.
    Common {
        /// The fewest characters allowed, if the password has fewer.
        too_short: Option<usize>,
    },
    /// It lacks a kind of character that the password policy asks for.
    Missing(CharacterKind),
    /// It holds or begins with something that the password policy forbids.
    Guessable,
}

/// The kinds of characters that a password policy can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharacterKind {
    /// A digit.
    Digit,
    /// An upper-case letter.
    Upper,
    /// A lower-case letter.
    Lower,
    /// A character that is neither letter nor digit nor underscore.
    Special,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("must not be empty"),
            Self::TooShort { min } => write!(f, "must have at least {min} characters"),
            Self::TooLong { max } => write!(f, "must have at most {max} characters"),
            Self::Characters => f.write_str("holds characters that are not allowed"),
            Self::BlankEnds => f.write_str("must not begin or end with blank space"),
            Self::DotsOnly => f.write_str("must not consist of dots alone"),
            Self::Reserved => f.write_str("is reserved"),
            Self::Malformed => f.write_str("is malformed"),
            Self::Unknown => f.write_str("is not known"),
            Self::OutOfRange => f.write_str("is out of range"),
            Self::Duplicate => f.write_str("is there already"),
            Self::Common { too_short: None } => f.write_str("is among the most common ones"),
            Self::Common {
                too_short: Some(min),
            } => write!(
                f,
                "is among the most common ones and must have at least {min} characters"
            ),
            Self::Missing(kind) => write!(
                f,
                "needs {}",
                match kind {
                    CharacterKind::Digit => "a digit",
                    CharacterKind::Upper => "an upper-case letter",
                    CharacterKind::Lower => "a lower-case letter",
                    CharacterKind::Special => "a special character",
                }
            ),
            Self::Guessable => f.write_str("is too easy to guess"),
        }
    }
}
