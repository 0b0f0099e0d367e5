//! Links by which users set their passwords.

mod issue;
mod prune;
mod redeem;

pub(crate) use issue::void_links;
pub use issue::{IssuePasswordLink, IssuedPasswordLink};
pub use prune::PrunePasswordLinks;
pub use redeem::RedeemPasswordLink;
