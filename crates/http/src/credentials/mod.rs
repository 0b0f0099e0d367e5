//! Who a request says it comes from.

mod authorization;
mod login_name;
mod secret;

pub use authorization::Authorization;
pub use login_name::{LoginName, Realm};
pub use secret::Secret;
