//! Passwords and tokens: how they are kept, hashed and checked.

mod admission;
mod auth_token;
mod authenticate;
mod candidate;
mod device_wipe;
mod finding;
mod hasher;
mod identify;
mod login_name;
mod new_password;
mod renewal;
mod scheme;
mod secret;
mod verified;

pub(crate) use auth_token::{AuthToken, NONCE};
pub(crate) use authenticate::BySecret;
pub use authenticate::{Authentication, Credentials};
pub use finding::Finding;
pub(crate) use hasher::Hasher;
pub use identify::{Identification, Precedence};
pub use login_name::Realm;
pub use new_password::NewPassword;
pub use secret::Secret;
pub(crate) use verified::VerifiedPasswords;
