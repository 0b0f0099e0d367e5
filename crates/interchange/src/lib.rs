//! The file format of imports and exports: JSON lines, or CSV with a header. Format reference: `docs/import-export.md`.
//!
//! An [`Export`] gives the directory piece by piece, in an order that depends on what the directory holds alone. An [`Import`] takes such
//! pieces, line by line and in bounded memory, and carries them out in batches.

mod export;
mod format;
mod import;
mod lines;
mod problem;
mod read;

pub use export::{Export, ExportSettings};
pub use format::Format;
pub use import::{Import, ImportSettings, Observer, Reach, Source, Summary};
pub use problem::Problem;
