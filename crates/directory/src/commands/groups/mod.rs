//! Changes to groups, their members and their administrators.

mod administration;
mod create;
mod delete;
mod membership;
mod rename;

pub(crate) use administration::appointable;
pub use administration::{AppointGroupAdministrator, DismissGroupAdministrator};
pub use create::CreateGroup;
pub use delete::DeleteGroup;
pub(crate) use delete::SweepGroup;
pub use membership::{AddMember, RemoveMember};
pub(crate) use membership::{leave, may_leave};
pub use rename::RenameGroup;
