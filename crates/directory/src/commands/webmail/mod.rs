//! Changes to webmail accounts.

mod create;
mod delete;
mod edit;
mod kind;

pub use create::CreateWebmail;
pub(crate) use create::{NewWebmail, make};
pub use delete::DeleteWebmail;
pub(crate) use delete::remove;
pub use edit::EditWebmail;
pub(crate) use edit::move_to_type;
