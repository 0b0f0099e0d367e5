//! Importing many users at once.

mod claims;
mod create;
mod finish;
mod imported_user;
mod rest;
mod survey;
mod update;
mod users;

pub use claims::Claims;
pub use finish::FinishImport;
pub use imported_user::{
    ImportedMailbox, ImportedPreferences, ImportedRest, ImportedUser, ImportedWebmail, Matching,
};
pub use provost_store::tables::unfinished_imports::ImportProgress;
pub(crate) use survey::{Verdict, survey};
pub use users::{ImportOutcome, ImportUsers, ImportedUsers, ResumableImport};
