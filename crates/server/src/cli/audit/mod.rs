//! `provost audit`.

mod hash;
mod head;
mod list;
mod verify;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// The audit: who changed what, when, and by which request.
#[derive(Args, Debug)]
pub(crate) struct AuditCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(list::ListEntries),
    Head(head::Heads),
    Verify(verify::Verify),
}

impl AuditCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::List(verb) => verb.run(session, output).await,
            Verb::Head(verb) => verb.run(session, output).await,
            Verb::Verify(verb) => verb.run(session, output).await,
        }
    }
}
