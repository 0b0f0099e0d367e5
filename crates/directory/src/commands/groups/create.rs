//! Making a group.

use crate::{Command, Context, policy};
use provost_model::{
    Action, DisplayName, Error, Group, GroupId, GroupNumber, Noun, Result, Subject, TokenScope,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{
        counters::{self, Counter},
        groups,
    },
};

/// Makes a group. Administrators may.
///
/// # Errors
/// [`Noun::Group`] taken.
#[derive(Clone, Debug)]
pub struct CreateGroup {
    /// Its id.
    pub id: GroupId,
    /// Its display name.
    pub display_name: DisplayName,
}

impl Command for CreateGroup {
    type Outcome = GroupNumber;

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)?;
        if self.id.as_str() == Group::ADMINISTRATORS {
            context.require(TokenScope::Admin)?;
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<GroupNumber>> {
        let tenant = context.tenant_id();
        if groups::by_id(change, tenant, self.id.as_str())
            .await?
            .is_some()
        {
            return Err(Error::Taken(Noun::Group));
        }
        let group = Group {
            tenant,
            number: GroupNumber(counters::take(change, tenant, Counter::Groups).await?),
            id: self.id.clone(),
            display_name: self.display_name.clone(),
            created_at: context.now,
        };
        if !groups::insert(change, &group).await? {
            return Err(Error::Taken(Noun::Group));
        }
        change
            .record(
                context.entry(Action::GroupCreated, subject(&group)),
                group.number,
            )
            .await
    }
}

/// A group as the subject of an entry.
pub(super) fn subject(group: &Group) -> Subject {
    Subject {
        name: group.id.as_str().to_owned(),
        number: Some(group.number.0),
    }
}
