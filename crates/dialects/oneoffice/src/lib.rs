//! OneOffice Marketplace: users, and partners' customers and orders.
//!
//! Specification: the vendor's page 'Api / Marketplace, Users'; for customers and orders its page 'Enterprise'. What neither says, and
//! where we differ on purpose, is in `docs/dialects/oneoffice.md`.
//!
//! One URL takes all calls: `gate` asks for the key, reads the envelope `{"method": …, "params": {…}}` and finds the method in
//! `methods`; a method parses its parameters, asks the directory and answers bare JSON.

mod answer;
mod bag;
mod call;
mod envelope;
mod gate;
mod key;
mod methods;
mod params;
mod password_policy;
mod record;
mod refusal;
mod streamed;

pub use gate::{Settings, failure, handler, serves};
pub use methods::operations;
