//! Who is a member of which group.

use super::create::subject;
use crate::{
    Command, Context, commands::users::last_administrator, policy, user_by_number::locked_user,
};
use provost_model::{
    Action, Denial, Entry, Error, Group, GroupId, Noun, Result, TokenScope, User, UserNumber,
};
use provost_store::{
    Change, Recorded, Tx,
    tables::{groups, memberships, users},
};

/// Makes a user a member of a group; being one already is fine. Administrators may, and the group's administrators.
///
/// # Errors
/// In this order: [`Noun::Group`] unknown; [`Noun::User`] unknown; [`Denial::GroupNotAdministered`].
#[derive(Clone, Debug)]
pub struct AddMember {
    /// The group.
    pub group: GroupId,
    /// The user; none stands for one that was looked for in vain.
    pub user: Option<UserNumber>,
}

/// Takes a user out of a group; being no member is fine. Administrators may, and the group's administrators.
///
/// # Errors
/// As [`AddMember`]; [`Denial::OwnRights`]; [`Denial::LastAdministeredGroup`]; the last administrator.
#[derive(Clone, Debug)]
pub struct RemoveMember {
    /// The group.
    pub group: GroupId,
    /// The user; none stands for one that was looked for in vain.
    pub user: Option<UserNumber>,
}

impl Command for AddMember {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let (group, _) = find(context, tx, &self.group, self.user).await?;
        if group.is_administrators() {
            context.require(TokenScope::Admin)?;
        }
        Ok(())
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let (group, user) = find(context, change, &self.group, self.user).await?;
        let user = locked_user(context, change, user.number).await?;
        if !memberships::insert(change, group.number, &user, context.now.0).await? {
            return change.unchanged(());
        }
        change
            .record(entry(context, Action::MemberAdded, &group, &user), ())
            .await
    }
}

impl Command for RemoveMember {
    type Outcome = ();

    async fn check(&self, context: &Context, tx: &mut Tx) -> Result<()> {
        let (group, user) = find(context, tx, &self.group, self.user).await?;
        may_leave(context, tx, &group, &user).await
    }

    async fn run(&self, context: &Context, change: &mut Change) -> Result<Recorded<()>> {
        let (group, user) = find(context, change, &self.group, self.user).await?;
        let user = locked_user(context, change, user.number).await?;
        if !leave(change, &group, &user).await? {
            return change.unchanged(());
        }
        change
            .record(entry(context, Action::MemberRemoved, &group, &user), ())
            .await
    }
}

/// Refuses to take a user out of a group where the actor would lose its own rights, or its reach of the user.
pub(crate) async fn may_leave(
    context: &Context,
    tx: &mut Tx,
    group: &Group,
    user: &User,
) -> Result<()> {
    let tenant = context.tenant_id();
    let actor = context.actor.user_in(tenant);
    let administrator = context.actor.is_administrator(tenant);
    if group.is_administrators() {
        context.require(TokenScope::Admin)?;
    }
    match actor {
        Some(number) if number == user.number => {
            if !administrator || group.is_administrators() {
                return Err(Error::Forbidden(Denial::OwnRights));
            }
        }
        Some(number) if !administrator => {
            if !memberships::is_administered_twice(tx, tenant, user.number, number).await? {
                return Err(Error::Forbidden(Denial::LastAdministeredGroup));
            }
        }
        Some(_) | None => {}
    }
    Ok(())
}

/// Takes a user out of a group, unless it is the tenant's last administrator; whether it was a member.
pub(crate) async fn leave(change: &mut Change, group: &Group, user: &User) -> Result<bool> {
    if group.is_administrators() {
        last_administrator(change, user).await?;
    }
    memberships::delete(change, group.number, user).await
}

async fn find(
    context: &Context,
    tx: &mut Tx,
    group: &GroupId,
    user: Option<UserNumber>,
) -> Result<(Group, User)> {
    policy::administrator_or_group_administrator(context, tx).await?;
    let group = groups::by_id(tx, context.tenant_id(), group.as_str())
        .await?
        .ok_or(Error::Unknown(Noun::Group))?;
    let user = match user {
        Some(number) => users::by_number(tx, context.tenant_id(), number).await?,
        None => None,
    }
    .ok_or(Error::Unknown(Noun::User))?;
    if !policy::administers(context, tx, &group).await? {
        return Err(Error::Forbidden(Denial::GroupNotAdministered));
    }
    Ok((group, user))
}

/// An entry about a group and one of its users.
pub(super) fn entry(context: &Context, action: Action, group: &Group, user: &User) -> Entry {
    let mut entry = context.entry(action, subject(group));
    entry
        .details
        .insert("user".to_owned(), user.login.as_str().into());
    entry
}
