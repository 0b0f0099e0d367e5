//! Importing a batch of users.

use super::{
    Claims, ImportProgress, ImportedUser, Matching,
    create::create,
    rest,
    survey::{NewUser, Verdict, survey},
    update::update,
};
use crate::{Command, Context, policy};
use provost_model::{Error, Noun, Result, TokenScope, UserNumber};
use provost_store::{Change, Recorded, Tx, tables::unfinished_imports};
use std::sync::Arc;

/// Makes and changes users as the lines of an import say, each line as a whole or not at all; a line that is refused does not keep the
/// others back. Administrators of the tenant may, with a credential that makes administrators, since hashes and groups come along.
///
/// # Errors
/// A missing right; those of the store. What is wrong with a line is told in the outcome.
#[derive(Clone, Debug)]
pub struct ImportUsers {
    /// What is said of each user. No two are about the same.
    pub users: Arc<[ImportedUser]>,
    /// By what they are found.
    pub matching: Matching,
    /// Whether all of them are expected to be new. Then it is not looked who is there, and all are refused with [`Error::Taken`] if
    /// anybody is.
    pub expects_new: bool,
    /// Where it is noted how far the import has come, if it can be resumed.
    pub resumable: Option<ResumableImport>,
}

/// An import that can go on where it was ended.
#[derive(Clone, Debug)]
pub struct ResumableImport {
    /// What it reads and how, as a digest.
    pub source: [u8; 32],
    /// How far it will have come after this batch, but for what becomes of the batch's users.
    pub progress: ImportProgress,
}

/// What became of a line.
#[derive(Debug)]
pub enum ImportOutcome {
    /// A user was made.
    Created,
    /// A user was changed.
    Changed,
    /// The user was as the line wants it already.
    Unchanged,
    /// Nothing was done, for these reasons.
    Refused(Vec<Error>),
}

/// What became of a batch.
#[derive(Debug)]
pub struct ImportedUsers {
    /// What became of each line.
    pub lines: Vec<ImportOutcome>,
}

impl ImportedUsers {
    /// Adds what became of the lines to how far an import has come.
    pub fn add_to(&self, progress: &mut ImportProgress) {
        for line in &self.lines {
            let count = match line {
                ImportOutcome::Created => &mut progress.created,
                ImportOutcome::Changed => &mut progress.changed,
                ImportOutcome::Unchanged => &mut progress.unchanged,
                ImportOutcome::Refused(_) => &mut progress.refused,
            };
            *count += 1;
        }
    }
}

impl Command for ImportUsers {
    type Outcome = ImportedUsers;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        context.require(TokenScope::Admin)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<ImportedUsers>> {
        match self.take(context, change).await {
            // a fault of the database is met again, whatever is made of it here
            Err(Error::Serialization) if self.expects_new => Err(Error::Taken(Noun::Login)),
            outcome => outcome,
        }
    }
}

impl ImportUsers {
    async fn take(
        &self,
        context: &Context,
        change: &mut Change,
    ) -> Result<Recorded<ImportedUsers>> {
        let (verdicts, _) = survey(context, change, self, &Claims::default()).await?;
        let mut outcomes: Vec<ImportOutcome> = Vec::with_capacity(verdicts.len());
        let (mut alone, mut together) = (Vec::new(), Vec::new());
        for (nth, verdict) in (0_u32..).zip(verdicts) {
            outcomes.push(ImportOutcome::Created);
            let line = &self.users[outcomes.len() - 1];
            match verdict {
                Verdict::Create(new) if line.rest.is_none() && !new.user.operator => {
                    together.push((nth, new));
                }
                Verdict::Create(new) => alone.push((nth, line, Deed::Create(new))),
                Verdict::Update(user) => alone.push((nth, line, Deed::Update(user.number))),
                Verdict::Refuse(errors) => {
                    outcomes[usize::try_from(nth).unwrap_or_default()] =
                        ImportOutcome::Refused(errors);
                }
            }
        }
        let _ = create(context, change, &mut together).await?;
        for (nth, line, deed) in alone {
            let outcome = deed.carry_out(context, change, nth, line).await?;
            outcomes[usize::try_from(nth).unwrap_or_default()] = outcome;
        }
        let imported = ImportedUsers { lines: outcomes };
        if let Some(resumable) = &self.resumable {
            let mut progress = resumable.progress;
            imported.add_to(&mut progress);
            unfinished_imports::put(change, &resumable.source, &progress).await?;
        }
        change.unchanged(imported)
    }
}

/// What is done for a line by itself, so that it can be undone by itself.
enum Deed {
    Create(Box<NewUser>),
    Update(UserNumber),
}

impl Deed {
    async fn carry_out(
        self,
        context: &Context,
        change: &mut Change,
        nth: u32,
        line: &ImportedUser,
    ) -> Result<ImportOutcome> {
        let mark = change.mark().await?;
        let creates = matches!(self, Self::Create(_));
        match self.run(context, change, nth, line).await {
            Ok(()) => Ok(match change.keep(mark).await? {
                _ if creates => ImportOutcome::Created,
                true => ImportOutcome::Changed,
                false => ImportOutcome::Unchanged,
            }),
            // these concern the whole transaction
            Err(error @ (Error::Unavailable(_) | Error::Serialization | Error::Internal(_))) => {
                Err(error)
            }
            Err(refusal) => {
                change.undo(mark).await?;
                Ok(ImportOutcome::Refused(vec![refusal]))
            }
        }
    }

    async fn run(
        self,
        context: &Context,
        change: &mut Change,
        nth: u32,
        line: &ImportedUser,
    ) -> Result<()> {
        let mut own = context.nth_thing(nth);
        match self {
            Self::Create(new) => {
                let mut new = [(nth, new)];
                let _ = create(context, change, &mut new).await?;
                let [(_, new)] = new;
                rest::bring(&mut own, change, new.user.number, line).await
            }
            Self::Update(user) => update(own, change, user, line).await,
        }
    }
}
