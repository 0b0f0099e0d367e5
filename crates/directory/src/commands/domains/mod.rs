//! Adding and removing mail domains.

mod add;
mod remove;

pub(crate) use add::add;
pub use add::{AddDomain, AddedDomain};
pub use remove::RemoveDomain;
