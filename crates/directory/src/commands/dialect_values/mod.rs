//! Changes to what one dialect alone knows of users.

mod change;

pub(crate) use change::put;
pub use change::{ChangeDialectValues, ValueChange};
