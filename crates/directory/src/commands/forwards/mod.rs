//! Changes to where mail to addresses of a tenant's domains goes besides a mailbox.

mod delete;
mod set;

pub use delete::DeleteForward;
pub use set::SetForward;
