//! Making and revoking app passwords and API keys.

mod create;
mod revoke;

pub use create::{CreateToken, CreatedToken};
pub use revoke::RevokeToken;
