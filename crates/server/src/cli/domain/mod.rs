//! `provost domain`.

mod add;
mod list;
mod remove;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// Mail domains, each of one tenant: it gives its addresses to that tenant's users alone.
#[derive(Args, Debug)]
pub(crate) struct DomainCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Add(add::Add),
    List(list::ListDomains),
    Remove(remove::Remove),
}

impl DomainCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Add(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Remove(verb) => verb.run(session, output).await,
        }
    }
}
