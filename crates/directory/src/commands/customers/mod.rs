//! Changes to partners' customers.

mod create;

pub use create::{CreateCustomer, CreatedCustomer, CustomerAdministrator};
