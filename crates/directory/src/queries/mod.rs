//! What can be asked of the directory: methods of [`Directory`](crate::Directory), a file for each noun.

mod apps;
mod audit;
mod domains;
mod groups;
mod phones;
mod recent_users;
mod resellers;
mod tenants;
mod tokens;
mod user_stream;
mod users;

pub use groups::GroupDetails;
pub use provost_store::tables::addresses::ForeignAddress;
pub use provost_store::tables::user_lists::Listed;
pub use tenants::AddressedTenant;
pub use user_stream::{Audience, UserStream};
pub use users::UserDetails;
pub(crate) use users::find_user;
