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
mod set_enabled;
mod set_operator;
mod sign_in;
mod wipe;

pub(crate) use address::{claim as claim_address, release as release_address_of, release_address};
pub(crate) use create::subject;
pub use create::{CreateUser, CreatedUser, MailIdentity};
pub use create_with_values::CreateUserWithValues;
pub use delete::DeleteUser;
pub(crate) use delete::remove_user;
pub use edit::EditUser;
pub(crate) use new_password::ended_app_passwords;
pub use patch::{AliasChange, UserPatch};
pub use preferences::ChangePreferences;
pub(crate) use protect::{last_administrator, last_operator};
pub use set_enabled::SetUserEnabled;
pub use set_operator::SetOperator;
pub(crate) use sign_in::RecordSignIn;
pub use wipe::WipeUser;
