//! Changes to resellers.

mod assign;
mod create;
mod delete;
mod set_password;

pub use assign::AssignTenant;
pub use create::CreateReseller;
pub use delete::DeleteReseller;
pub use set_password::SetResellerPassword;
