//! Changes to partners' orders.

mod create;

pub use create::{CreateOrder, Ordered};
