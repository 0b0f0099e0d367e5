//! `provost reseller`.

mod assign;
mod create;
mod delete;
mod list;
mod password;
mod show;

use super::{
    output::Output,
    session::{Session, unknown},
};
use crate::failure::Result;
use clap::{Args, Subcommand};
use provost_model::{Noun, Reseller};

/// Resellers: accounts of the deployment, each with a set of tenants that it administers.
#[derive(Args, Debug)]
pub(crate) struct ResellerCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(create::Create),
    List(list::ListResellers),
    Show(show::Show),
    Assign(assign::Assign),
    Unassign(assign::Unassign),
    Password(password::Password),
    Delete(delete::Delete),
}

impl ResellerCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Create(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Show(verb) => verb.run(session, output).await,
            Verb::Assign(verb) => verb.run(session, output).await,
            Verb::Unassign(verb) => verb.run(session, output).await,
            Verb::Password(verb) => verb.run(session, output).await,
            Verb::Delete(verb) => verb.run(session, output).await,
        }
    }
}

/// The reseller with this name.
async fn find(session: &Session, name: &str) -> Result<Reseller> {
    let found = session.directory.reseller(name).await?;
    found.ok_or_else(|| unknown(Noun::Reseller, name))
}
