//! Changes to which mail domains stay nobody's, so that users of many tenants may have addresses in them.

mod registrant;
mod share;
mod unshare;

pub(crate) use registrant::registrant;
pub use share::ShareDomain;
pub use unshare::UnshareDomain;
