//! Making, rotating and revoking app passwords and API keys.

mod create;
mod finish_wipe;
mod revoke;
mod rotate;

pub use create::{CreateToken, CreatedToken};
pub(crate) use finish_wipe::FinishWipe;
pub use revoke::RevokeToken;
pub use rotate::RotateAppPassword;
