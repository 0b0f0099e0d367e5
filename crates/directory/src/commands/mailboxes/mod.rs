//! Changes to mailboxes: users seen from their addresses.

mod create;
mod edit;
mod settings;

pub use create::CreateMailbox;
pub use edit::EditMailbox;
pub use settings::{MailboxChange, SetMailbox};
