//! Who a request says it comes from.

mod authorization;
mod secret;

pub use authorization::Authorization;
pub use secret::Secret;
