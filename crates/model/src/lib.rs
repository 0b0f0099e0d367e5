//! The directory's vocabulary: types that cannot hold an invalid value, errors, entities. No I/O, no async.

mod entities;
mod error;
mod ids;
mod profile;
mod values;
mod violation;

pub use entities::{
    Action, Alias, Autoresponder, Customer, Dialect, DialectValues, Entry, ExternalIdKind, Flavour,
    Group, GroupCount, MailServices, MailboxSettings, Order, OrderTerm, Products, Profile,
    Reseller, ResellerId, ScopedField, StoredEntry, Subject, Tenant, TenantSettings,
    TenantSettingsPatch, Token, TokenKind, TokenScope, User, Verdict, WebmailAccount, WebmailType,
};
pub use error::{Denial, Error, Noun, Protection, Result};
pub use ids::{EntryId, GroupNumber, TenantId, Timestamp, TokenId, UserId, UserNumber};
pub use profile::{ProfileField, Scope};
pub use values::{
    Address, AppId, ClassOfService, ContactEmail, ContextId, DefaultRegions, DeliveryStatus,
    DisplayName, DomainName, ExternalId, FirstDayOfWeek, GroupId, HostName, Language, Locale,
    Login, Msisdn, Page, PasswordContext, PasswordPolicy, Patch, Phone, ProfileValue, Quota,
    Sender, SettingKey, Slug, SpamLevel, Theme, Timezone, WebmailTypeName, fold, is_email,
    is_region, split_language_and_locale,
};
pub use violation::{CharacterKind, Field, Rule, Violation};
