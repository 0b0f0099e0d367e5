//! Who administers which group.

use super::membership::entry;
use crate::{Command, Context, policy};
use provost_model::{
    Action, Denial, Error, Group, GroupId, Noun, Protection, Result, User, UserNumber,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{group_administrators, groups, users},
};

/// Appoints a user as administrator of a group; being one already is fine. Administrators of the tenant may.
///
/// # Errors
/// In this order: [`Noun::User`] unknown; [`Noun::Group`] unknown; [`Protection::AdministratorsGroupAdministration`].
#[derive(Clone, Debug)]
pub struct AppointGroupAdministrator {
    /// The group.
    pub group: GroupId,
    /// The user; none stands for one that was looked for in vain.
    pub user: Option<UserNumber>,
}

/// Dismisses a user as administrator of a group. Administrators of the tenant may.
///
/// # Errors
/// In this order: [`Noun::User`] unknown; [`Noun::Group`] unknown; [`Noun::GroupAdministration`] unknown.
#[derive(Clone, Debug)]
pub struct DismissGroupAdministrator {
    /// The group.
    pub group: GroupId,
    /// The user; none stands for one that was looked for in vain.
    pub user: Option<UserNumber>,
}

impl Command for AppointGroupAdministrator {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let (group, user) = find(context, change, &self.group, self.user).await?;
        if group.is_administrators() {
            return Err(Error::Protected(
                Protection::AdministratorsGroupAdministration,
            ));
        }
        if !group_administrators::insert(
            change,
            group.tenant,
            group.number,
            user.number,
            context.now.0,
        )
        .await?
        {
            return change.unchanged(());
        }
        change
            .record(
                entry(context, Action::GroupAdministratorAdded, &group, &user),
                (),
            )
            .await
    }
}

impl Command for DismissGroupAdministrator {
    type Outcome = ();

    async fn check(&self, context: &Context, _tx: &mut Tx) -> Result<()> {
        policy::administrator(context)
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let (group, user) = find(context, change, &self.group, self.user).await?;
        if !group_administrators::delete(change, group.tenant, group.number, user.number).await? {
            return Err(Error::Unknown(Noun::GroupAdministration));
        }
        change
            .record(
                entry(context, Action::GroupAdministratorRemoved, &group, &user),
                (),
            )
            .await
    }
}

async fn find(
    context: &Context,
    tx: &mut Tx,
    group: &GroupId,
    user: Option<UserNumber>,
) -> Result<(Group, User)> {
    let user = match user {
        Some(number) => users::by_number(tx, context.tenant_id(), number).await?,
        None => None,
    }
    .ok_or(Error::Unknown(Noun::User))?;
    let group = groups::by_id(tx, context.tenant_id(), group.as_str())
        .await?
        .ok_or(Error::Unknown(Noun::Group))?;
    Ok((group, user))
}

/// The group that a user is to administer, if the actor may appoint for it.
pub(crate) async fn appointable(context: &Context, tx: &mut Tx, id: &GroupId) -> Result<Group> {
    let Some(group) = groups::by_id(tx, context.tenant_id(), id.as_str()).await? else {
        return Err(Error::Unknown(Noun::AdministeredGroup).about(id.as_str()));
    };
    if group.is_administrators() {
        return Err(Error::Protected(
            Protection::AdministratorsGroupAdministration,
        ));
    }
    if !policy::administers(context, tx, &group).await? {
        return Err(Error::Forbidden(Denial::MayNotAppoint));
    }
    Ok(group)
}
