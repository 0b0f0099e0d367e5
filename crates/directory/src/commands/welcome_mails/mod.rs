//! Welcome mails that wait to be sent. They are nobody's to ask for: making a user puts one there, and the server sends them.

mod claim;
mod settle;

pub use claim::ClaimWelcomeMail;
pub use settle::{SettleWelcomeMail, Settlement};
