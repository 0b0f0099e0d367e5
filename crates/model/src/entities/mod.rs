//! The things that the directory holds.

mod audit;
mod group;
mod profile;
mod tenant;
mod token;
mod user;

pub use audit::{Action, Entry, Subject};
pub use group::{Group, GroupCount};
pub use profile::{Profile, ScopedField};
pub use tenant::{Tenant, TenantSettings};
pub use token::{Token, TokenKind, TokenScope};
pub use user::{Alias, User};
