//! A command on its way through the writer.

use std::panic::{AssertUnwindSafe, catch_unwind};

use provost_model::{Error, Result};
use tokio::sync::oneshot;

use super::poll;
use crate::{Change, Write, change::Verdict};

/// A queued command, whatever it gives.
pub(super) trait Job: Send {
    /// Whether nobody waits for the answer any more.
    fn is_abandoned(&self) -> bool;

    /// Runs the command once and keeps its outcome.
    fn run(&mut self, change: &mut Change) -> Fate;

    /// Replaces the outcome by an error.
    fn fail(&mut self, error: Error);

    /// Answers with the outcome.
    fn answer(self: Box<Self>);
}

/// What to do with the rows of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    Keep,
    Undo,
    Repeat,
}

/// Makes a job of a command, and the receiver of its answer.
pub(super) fn queue<W: Write>(command: W) -> (Box<dyn Job>, oneshot::Receiver<Result<W::Output>>) {
    let (answer, receiver) = oneshot::channel();
    (
        Box::new(Queued {
            command,
            outcome: None,
            answer,
        }),
        receiver,
    )
}

struct Queued<W: Write> {
    command: W,
    outcome: Option<Result<W::Output>>,
    answer: oneshot::Sender<Result<W::Output>>,
}

impl<W: Write> Job for Queued<W> {
    fn is_abandoned(&self) -> bool {
        self.answer.is_closed()
    }

    fn run(&mut self, change: &mut Change) -> Fate {
        // what a panic leaves half done is in the database alone, and undone there
        let run = AssertUnwindSafe(|| poll::once(self.command.run(change)));
        let outcome =
            catch_unwind(run).unwrap_or_else(|_| Err(Error::internal("a command panicked")));
        match change.judge(outcome) {
            Verdict::Keep(outcome) => {
                self.outcome = Some(Ok(outcome));
                Fate::Keep
            }
            Verdict::Refuse(error) => {
                self.outcome = Some(Err(error));
                Fate::Undo
            }
            Verdict::Repeat => Fate::Repeat,
        }
    }

    fn fail(&mut self, error: Error) {
        self.outcome = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        let outcome = self
            .outcome
            .unwrap_or_else(|| Err(Error::internal("a command was not run")));
        // whoever asked may have gone; the change stays
        let _ = self.answer.send(outcome);
    }
}
