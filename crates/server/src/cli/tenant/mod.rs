//! `provost tenant`.

mod bytes;
mod create;
mod delete;
mod list;
mod rename;
mod set;
mod setting;
mod show;
mod suspend;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// Tenants: customers, each with users, groups and mail domains of its own.
#[derive(Args, Debug)]
pub(crate) struct TenantCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(create::Create),
    List(list::ListTenants),
    Show(show::Show),
    Suspend(suspend::Suspend),
    Resume(suspend::Resume),
    Rename(rename::Rename),
    Set(set::Set),
    Unset(set::Unset),
    Delete(delete::Delete),
}

impl TenantCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Create(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Show(verb) => verb.run(session, output).await,
            Verb::Suspend(verb) => verb.run(session, output).await,
            Verb::Resume(verb) => verb.run(session, output).await,
            Verb::Rename(verb) => verb.run(session, output).await,
            Verb::Set(verb) => verb.run(session, output).await,
            Verb::Unset(verb) => verb.run(session, output).await,
            Verb::Delete(verb) => verb.run(session, output).await,
        }
    }
}
