//! Changes to what mail services know of users.

mod edit;
mod patch;
mod remove;
mod set_external_ids;

pub use edit::EditMailServices;
pub(crate) use edit::check_services;
pub use patch::MailServicesPatch;
pub(crate) use remove::remove;
pub use set_external_ids::SetExternalIds;
pub(crate) use set_external_ids::most_ids;
