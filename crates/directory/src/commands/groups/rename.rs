//! Giving a group another display name.

use super::create::subject;
use crate::{Command, Context, policy};
use provost_model::{Action, DisplayName, Error, GroupId, Noun, Result};
use provost_store::{Change, Recorded, Tx, tables::groups};

/// Gives a group another display name. Administrators may.
///
/// # Errors
/// [`Noun::Group`] unknown.
#[derive(Clone, Debug)]
pub struct RenameGroup {
    /// The group.
    pub group: GroupId,
    /// Its new display name.
    pub display_name: DisplayName,
}

impl Command for RenameGroup {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let group = groups::locked(change, context.tenant_id(), self.group.as_str())
            .await?
            .ok_or(Error::Unknown(Noun::Group))?;
        if group.display_name == self.display_name {
            return change.unchanged(());
        }
        groups::rename(change, group.tenant, group.number, &self.display_name).await?;
        change
            .record(context.entry(Action::GroupChanged, subject(&group)), ())
            .await
    }
}
