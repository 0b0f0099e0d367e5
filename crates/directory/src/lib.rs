//! The directory: commands, queries, policy and credentials over the store.
//!
//! A dialect makes a [`Context`] from who asks and for which tenant, and hands a command of [`commands`] to
//! [`Directory::execute`], or asks one of the queries that are methods of [`Directory`]. Errors are the model's and carry no transport.

mod actor;
mod bootstrap;
mod clock;
pub mod commands;
mod context;
mod credentials;
mod directory;
mod metrics;
mod policy;
pub mod queries;
mod randomness;
mod sealing;
mod text;
mod throttle;
mod user_by_number;
mod welcome;

pub use actor::{Account, Actor, ActorKind, Via};
pub use bootstrap::{Bootstrapped, FirstAdministrator};
pub use clock::{Clock, Entropy, OperatingSystem, SystemClock};
pub use context::Context;
pub use credentials::{
    Authentication, Credentials, Finding, Identification, NewPassword, Precedence, Realm, Secret,
};
pub use directory::{Command, Directory, DirectorySettings};
pub use metrics::{DirectoryMetrics, HashingMetrics, ThrottleMetrics};
pub use policy::Reach;
pub use provost_store::{EngineKind, Metrics, StoreSettings};
pub use sealing::{AuditSealer, Round};
pub use throttle::{Block, BlockPhase, Sleeper, Source, ThrottleSettings};
pub use welcome::{NotWelcomed, WelcomeMailer};
