//! Durable storage on SQLite and PostgreSQL: one body of statements, two engines.
//!
//! A [`Read`] is run with a [`Tx`], a [`Write`] with a [`Change`]; both by a [`Store`], which owns connections, group commit and
//! retries. A `Write` has to end in a [`Recorded`], which only [`Change::record`] and [`Change::unchanged`] make: a change without
//! its audit entry does not compile.

mod backup;
pub mod chain;
mod change;
mod command;
mod copy;
mod engine;
mod fault;
mod gathering;
mod injection;
mod memory;
pub mod metrics;
mod migrate;
mod moment;
mod retry;
mod row;
mod savepoints;
mod schema;
mod settings;
mod sharing;
pub mod soundness;
mod statement;
mod store;
pub mod tables;
mod tx;
mod value;

pub use backup::{backup, restore};
pub use change::{Change, Mark, Recorded};
pub use command::{Read, Write};
pub use copy::{Copied, CopyObserver, CopyStep, copy};
pub use engine::EngineKind;
pub use gathering::{Finding, Gathering};
pub use injection::{Injected, InjectionPoint, Injector};
pub use metrics::Metrics;
pub use moment::Moment;
pub use row::Row;
pub use schema::{SchemaEngine, newest_version, schema};
pub use settings::StoreSettings;
pub use sharing::Sharing;
pub use statement::Sql;
pub use store::Store;
pub use tx::Tx;
pub use value::Value;

pub(crate) use statement::statements;
