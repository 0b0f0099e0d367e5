//! Changes to tenants.

mod create;
mod delete;
mod rename;
mod set_settings;
mod set_suspended;

pub(crate) use create::create;
pub use create::{CreateTenant, CreatedTenant};
pub use delete::DeleteTenant;
pub(crate) use delete::SweepTenant;
pub use rename::RenameTenant;
pub use set_settings::SetTenantSettings;
pub use set_suspended::SetTenantSuspended;
