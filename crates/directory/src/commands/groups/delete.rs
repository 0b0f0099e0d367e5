//! Deleting a group.

use super::create::subject;
use crate::{Command, Context, policy};
use provost_model::{Action, Error, GroupId, GroupNumber, Noun, Protection, Result};
use provost_store::{
    Change, Recorded, Tx,
    tables::{group_administrators, group_counts, groups, memberships},
};

/// How many memberships one transaction sweeps.
const SWEPT_AT_ONCE: i64 = 1000;

/// Deletes a group; its members stay. Its memberships mean nothing from then on; what does not fit in this transaction is swept after.
///
/// # Errors
/// [`Noun::Group`] unknown; [`Protection::AdministratorsGroup`].
#[derive(Clone, Debug)]
pub struct DeleteGroup {
    /// The group.
    pub group: GroupId,
}

impl Command for DeleteGroup {
    /// The group, if memberships are left to be swept.
    type Outcome = Option<GroupNumber>;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<Self::Outcome>> {
        let group = groups::locked(change, context.tenant_id(), self.group.as_str())
            .await?
            .ok_or(Error::Unknown(Noun::Group))?;
        if group.is_administrators() {
            return Err(Error::Protected(Protection::AdministratorsGroup));
        }
        groups::delete(change, group.tenant, group.number).await?;
        group_administrators::delete_of_group(change, group.tenant, group.number).await?;
        group_counts::delete(change, group.tenant, group.number).await?;
        let swept =
            memberships::delete_some(change, group.tenant, group.number, SWEPT_AT_ONCE).await?;
        let left =
            (swept == usize::try_from(SWEPT_AT_ONCE).unwrap_or_default()).then_some(group.number);
        change
            .record(context.entry(Action::GroupDeleted, subject(&group)), left)
            .await
    }
}

/// Sweeps memberships of a deleted group; tells whether more are left.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SweepGroup {
    /// The deleted group.
    pub(crate) group: GroupNumber,
}

impl Command for SweepGroup {
    type Outcome = bool;

    async fn check(&self, _context: &Context, _tx: &mut Tx) -> Result<()> {
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<bool>> {
        let swept =
            memberships::delete_some(change, context.tenant_id(), self.group, SWEPT_AT_ONCE)
                .await?;
        let more = swept == usize::try_from(SWEPT_AT_ONCE).unwrap_or_default();
        Ok(change.upkeep(more))
    }
}
