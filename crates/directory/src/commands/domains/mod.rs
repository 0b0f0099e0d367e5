//! Adding and removing mail domains.

mod add;
mod remove;

pub use add::{AddDomain, AddedDomain};
pub(crate) use add::{add, free};
pub use remove::RemoveDomain;
