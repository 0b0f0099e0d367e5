//! Provost's own API, for what no other dialect has: imports.
//!
//! Specification: `docs/dialects/native.md`, and for the lines `docs/import-export.md`.
//!
//! `gate` cuts the path, asks who shows which credentials, and finds the operation in `routes`; `import` reads the body as it arrives and
//! answers as it goes; `problem` is what a refusal says (RFC 9457).

mod gate;
mod import;
mod problem;
mod refusal;
mod routes;

pub use gate::{failure, handler, serves};
pub use routes::operations;
