//! `provost order`.

mod list;

use super::{output::Output, session::Session};
use crate::failure::Result;
use clap::{Args, Subcommand};

/// What partners ordered for their customers.
#[derive(Args, Debug)]
pub(crate) struct OrderCommand {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    List(list::ListOrders),
}

impl OrderCommand {
    pub(crate) async fn run(self, session: &Session, output: &mut Output) -> Result<()> {
        match self.verb {
            Verb::List(verb) => verb.run(session, output).await,
        }
    }
}
