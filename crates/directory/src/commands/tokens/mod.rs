//! Making, rotating and revoking app passwords and API keys.

mod create;
mod revoke;
mod rotate;

pub use create::{CreateToken, CreatedToken};
pub use revoke::RevokeToken;
pub use rotate::RotateAppPassword;
