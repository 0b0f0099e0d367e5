//! What can be asked of the directory: methods of [`Directory`](crate::Directory), a file for each noun.

mod apps;
mod audit;
mod customers;
mod dialect_values;
mod auth_tokens;
mod domains;
mod exact_search;
mod forwards;
mod groups;
mod mail_services;
mod mailbox_list;
mod mailboxes;
mod phones;
mod recent_users;
mod resellers;
mod shared_domains;
mod tenants;
mod tokens;
mod user_stream;
mod users;

pub use crate::commands::auth_tokens::AuthTokenOwner;
pub use exact_search::{MOST_HITS, SearchedField};
pub use groups::GroupDetails;
pub use mail_services::UserServices;
pub use mailbox_list::{MailboxFilter, MailboxOrder, MailboxStream};
pub use mailboxes::Mailbox;
pub use provost_store::tables::addresses::ForeignAddress;
pub use provost_store::tables::context_forwards::Forward;
pub use provost_store::tables::exact_search::Hit;
pub use provost_store::tables::mailbox_counts::MailboxCounts;
pub use provost_store::tables::mailbox_walks::MailboxKey;
pub use provost_store::tables::user_lists::Listed;
pub use tenants::AddressedTenant;
pub use user_stream::{Audience, UserStream};
pub use users::UserDetails;
pub(crate) use users::find_user;
