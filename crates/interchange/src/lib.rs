//! The file format of imports and exports: JSON lines, or CSV with a header. Format reference: `docs/import-export.md`.
//!
//! An [`Export`] gives the directory piece by piece, in an order that depends on what the directory holds alone.

mod export;
mod format;
mod lines;

pub use export::{Export, ExportSettings};
pub use format::Format;
