//! Where a request comes from.

mod forwarded;
mod trusted_proxies;

pub use trusted_proxies::{TrustedProxies, UnreadableNetwork};
