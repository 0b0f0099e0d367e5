//! Giving a user the ids by which others know it.

use crate::{Command, Context, commands::users::subject, policy, user_by_number::locked_user};
use provost_model::{
    Action, ExternalId, ExternalIdKind, Field, Result, Rule, UserNumber, Violation,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{external_ids, users},
};

/// Gives a user these ids of a kind in the place of those it had; none takes them away. Ids that differ in case alone are kept once.
/// Administrators of the tenant may.
///
/// # Errors
/// [`provost_model::Noun::User`] unknown or out of reach; [`Field::ExternalId`] with more than
/// [`MAX`](SetExternalIds::MAX) ids, or more than one of a kind that a user has one of.
#[derive(Clone, Debug)]
pub struct SetExternalIds {
    /// The user.
    pub user: UserNumber,
    /// The kind of the ids.
    pub kind: ExternalIdKind,
    /// The ids, in the order they are shown.
    pub ids: Vec<ExternalId>,
}

impl SetExternalIds {
    /// The most ids of a kind that a user may have.
    pub const MAX: usize = 100;
}

/// How many ids of a kind a user may have.
pub(crate) const fn most_ids(kind: ExternalIdKind) -> usize {
    match kind {
        ExternalIdKind::Custom => SetExternalIds::MAX,
        ExternalIdKind::Legacy | ExternalIdKind::OneOffice => 1,
    }
}

impl Command for SetExternalIds {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        policy::administered_user(context, tx, self.user).await?;
        if self.ids.len() > most_ids(self.kind) {
            return Err(Violation::new(Field::ExternalId, Rule::OutOfRange).into());
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let mut user = locked_user(context, change, self.user).await?;
        let before = external_ids::of_user(change, user.tenant, user.number, self.kind).await?;
        let mut after: Vec<ExternalId> = Vec::with_capacity(self.ids.len());
        for id in &self.ids {
            if !after.iter().any(|known| known.key() == id.key()) {
                after.push(id.clone());
            }
        }
        if after == before {
            return change.unchanged(());
        }
        external_ids::replace(change, user.tenant, user.number, self.kind, &after).await?;
        let mut entry = context.entry(Action::UserChanged, subject(&user));
        let field = format!("external_ids.{}", self.kind.name());
        entry
            .details
            .insert("fields".to_owned(), vec![field].into());
        user.changed_at = context.now;
        users::update(change, &user).await?;
        change.record(entry, ()).await
    }
}
