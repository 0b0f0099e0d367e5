//! What each kind of line says.

mod group;
mod tenant;
mod user;

pub(crate) use group::GroupLine;
pub(crate) use tenant::TenantLine;
pub(crate) use user::UserLine;
