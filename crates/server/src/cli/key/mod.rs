//! `provost key`.

mod create;
mod list;
mod revoke;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// API keys, with which programs work in a tenant.
#[derive(Args, Debug)]
pub(crate) struct KeyCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Create(create::Create),
    List(list::ListKeys),
    Revoke(revoke::Revoke),
}

impl KeyCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Create(verb) => verb.run(session, output).await,
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Revoke(verb) => verb.run(session, output).await,
        }
    }
}
