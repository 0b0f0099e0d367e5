//! Open-Xchange Cloud-Plugins 1.11.4, the admin REST API. A context is a tenant; see `docs/dialects/open_xchange.md`.

mod access;
mod answer;
mod body;
mod call;
mod gate;
mod record;
mod refusal;
mod resources;
mod routes;
mod settings;
mod streamed;

pub use gate::{failure, handler, serves};
pub use routes::{AuthKind, Operation, operations};
pub use settings::{Credential, Settings, TenantCredential};
