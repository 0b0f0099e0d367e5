//! `provost events`.

mod seen;
mod tail;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// Events: what happened, as systems that follow the directory are told.
#[derive(Args, Debug)]
pub(crate) struct EventsCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Tail(tail::Tail),
}

impl EventsCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::Tail(verb) => verb.run(session, output).await,
        }
    }
}
