//! The things that the directory holds.

mod audit;
mod customer;
mod dialect_values;
mod group;
mod mail_services;
mod mailbox;
mod products;
mod profile;
mod reseller;
mod tenant;
mod token;
mod user;
mod webmail;

pub use audit::{Action, Entry, StoredEntry, Subject};
pub use customer::{Customer, Order, OrderTerm};
pub use dialect_values::{Dialect, DialectValues};
pub use group::{Group, GroupCount};
pub use mail_services::{ExternalIdKind, MailServices};
pub use mailbox::{Autoresponder, MailboxSettings, Verdict};
pub use products::{Products, WebmailType};
pub use profile::{Profile, ScopedField};
pub use reseller::{Reseller, ResellerId};
pub use tenant::{Flavour, Tenant, TenantSettings, TenantSettingsPatch};
pub use token::{Token, TokenKind, TokenScope};
pub use user::{Alias, User};
pub use webmail::WebmailAccount;
