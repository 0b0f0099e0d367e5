//! The directory's vocabulary: types that cannot hold an invalid value, errors, entities. No I/O, no async.

mod error;
mod ids;
mod profile;
mod violation;

pub use error::{Denial, Error, Noun, Protection, Result};
pub use ids::{EntryId, GroupNumber, Timestamp, TenantId, TokenId, UserId, UserNumber};
pub use profile::{ProfileField, Scope};
pub use violation::{CharacterKind, Field, Rule, Violation};
