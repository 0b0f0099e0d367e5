//! The OCS user provisioning dialect, as Nextcloud and ownCloud servers speak it, in version 1 and 2, XML and JSON.
//!
//! Specification: ownCloud's 'User Provisioning API' page, Nextcloud's OpenAPI document of its app `provisioning_api`, and above both
//! the exchanges recorded from a real Nextcloud server. Where we differ from that server on purpose, `docs/dialects/ocs.md` says why.
//!
//! One request flows through `gate`: path, tenant, credentials, route, login, CSRF header, access, parameters; then through one
//! function of `resources`, which asks the directory and answers in terms of `wire`.

mod access;
mod call;
mod edit_limits;
mod flavour;
mod gate;
mod password_policy;
mod refusal;
mod resources;
mod routes;
mod streamed;
mod values;
mod wire;

pub use gate::{failure, handler};
pub use routes::{Operation, operations};
