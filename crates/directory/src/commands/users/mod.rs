//! Changes to users.

mod address;
mod create;
mod create_with_values;
mod delete;
mod edit;
mod new_password;
mod patch;
mod preferences;
mod protect;
mod renew_hash;
mod set_enabled;
mod set_operator;
mod sign_in;
mod wipe;

pub(crate) use address::{
    claim as claim_address, claim_as as claim_address_as, follow_email,
    release as release_address_of, release_address,
};
pub use create::{CreateUser, CreatedUser, MailIdentity};
pub(crate) use create::{ids, subject};
pub use create_with_values::CreateUserWithValues;
pub use delete::DeleteUser;
pub(crate) use delete::remove_user;
pub use edit::EditUser;
pub(crate) use edit::{MAX_ALIASES, set_administered, set_groups, write as write_user};
pub(crate) use new_password::ended_app_passwords;
pub use patch::{AliasChange, UserPatch};
pub use preferences::ChangePreferences;
pub(crate) use protect::{last_administrator, last_operator};
pub(crate) use renew_hash::RenewHash;
pub use set_enabled::SetUserEnabled;
pub use set_operator::SetOperator;
pub(crate) use set_operator::claim_name as claim_operator_name;
pub(crate) use sign_in::RecordSignIn;
pub use wipe::WipeUser;
