//! Who may do what. Every command asks here first.

use crate::{ActorKind, Context, user_by_number::user_by_number};
use provost_model::{Denial, Error, Group, Noun, Result, TokenScope, User, UserNumber};
use provost_store::{
    Tx,
    tables::{
        group_administrators, groups, memberships,
        user_lists::{self, Walk},
    },
};
use std::collections::HashSet;

/// How an actor reaches a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// The user is the actor itself.
    pub own: bool,
    /// The actor administers the tenant.
    pub administrator: bool,
    /// The actor administers a group that the user is in, or is the tenant's administrator.
    pub over: bool,
}

/// Refuses all but administrators of the tenant.
pub(crate) fn administrator(context: &Context) -> Result<()> {
    context.require(TokenScope::Provision)?;
    if context.actor.is_administrator(context.tenant_id()) {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::NotAdministrator))
    }
}

/// Refuses all but operators.
pub(crate) fn operator(context: &Context) -> Result<()> {
    if context.actor.is_operator() {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::NotOperator))
    }
}

/// Refuses all but the keys of partners, which operators make: no account has their rights, whatever its app password says.
pub(crate) fn partner(context: &Context) -> Result<()> {
    if matches!(context.actor.kind, ActorKind::Key { .. }) {
        context.require(TokenScope::Partner)
    } else {
        Err(Error::Forbidden(Denial::Scope))
    }
}

/// Refuses all but the command line.
pub(crate) fn command_line(context: &Context) -> Result<()> {
    if context.actor.kind == ActorKind::CommandLine {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::NotOperator))
    }
}

/// Refuses all but the server itself.
pub(crate) fn server(context: &Context) -> Result<()> {
    if context.actor.kind == ActorKind::Server {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::NotOperator))
    }
}

/// Whether the actor administers the tenant; refuses those that administer no group either.
pub(crate) async fn administrator_or_group_administrator(
    context: &Context,
    tx: &mut Tx,
) -> Result<bool> {
    context.require(TokenScope::Provision)?;
    if context.actor.is_administrator(context.tenant_id()) {
        return Ok(true);
    }
    let tenant = context.tenant_id();
    match context.actor.user_in(tenant) {
        Some(user) if group_administrators::any(tx, tenant, user).await? => Ok(false),
        Some(_) | None => Err(Error::Forbidden(Denial::NotGroupAdministrator)),
    }
}

/// Whether the actor administers this group, as its administrator or the tenant's.
pub(crate) async fn administers(context: &Context, tx: &mut Tx, group: &Group) -> Result<bool> {
    let tenant = context.tenant_id();
    if context.actor.is_administrator(tenant) {
        return Ok(true);
    }
    match context.actor.user_in(tenant) {
        Some(user) => group_administrators::is(tx, tenant, group.number, user).await,
        None => Ok(false),
    }
}

/// How the actor reaches a user; [`Error::OutOfReach`] if it does not.
/// Group administrators reach the members of their groups, but never administrators of the tenant.
pub(crate) async fn reach(context: &Context, tx: &mut Tx, user: &User) -> Result<Reach> {
    let tenant = context.tenant_id();
    let actor = context.actor.user_in(tenant);
    let own = actor == Some(user.number);
    if context.actor.is_administrator(tenant) {
        return Ok(Reach {
            own,
            administrator: true,
            over: true,
        });
    }
    let over = match actor {
        Some(number) if !own => {
            memberships::is_administered(tx, tenant, user.number, number).await?
                && administrators_group_of(tx, user).await?.is_none()
        }
        Some(_) | None => false,
    };
    if own || over {
        Ok(Reach {
            own,
            administrator: false,
            over,
        })
    } else {
        Err(Error::OutOfReach(Noun::User))
    }
}

/// Which of these users the actor reaches; the same rule as [`reach`] for many at once.
pub(crate) async fn reached(
    context: &Context,
    tx: &mut Tx,
    users: &[UserNumber],
) -> Result<HashSet<UserNumber>> {
    let tenant = context.tenant_id();
    if context.actor.is_administrator(tenant) {
        return Ok(users.iter().copied().collect());
    }
    let Some(actor) = context.actor.user_in(tenant) else {
        return Ok(HashSet::new());
    };
    let administered = Walk::Administered(actor);
    let mut reached: HashSet<UserNumber> = user_lists::among(tx, tenant, &administered, users)
        .await?
        .into_iter()
        .collect();
    if let Some(group) = groups::by_id(tx, tenant, Group::ADMINISTRATORS).await? {
        for administrator in
            user_lists::among(tx, tenant, &Walk::Group(group.number), users).await?
        {
            reached.remove(&administrator);
        }
    }
    if users.contains(&actor) {
        reached.insert(actor);
    }
    Ok(reached)
}

/// The group of administrators, if the user is in it.
pub(crate) async fn administrators_group_of(tx: &mut Tx, user: &User) -> Result<Option<Group>> {
    let Some(group) = groups::by_id(tx, user.tenant, Group::ADMINISTRATORS).await? else {
        return Ok(None);
    };
    let member = memberships::is_member(tx, user.tenant, group.number, user.number).await?;
    Ok(member.then_some(group))
}

/// The user with this number, if the actor may shut it out or take it away: one that it reaches, and not its own account.
pub(crate) async fn other_account(
    context: &Context,
    tx: &mut Tx,
    number: UserNumber,
) -> Result<User> {
    context.require(TokenScope::Provision)?;
    let user = user_by_number(context, tx, number).await?;
    if context.actor.user_in(user.tenant) == Some(user.number) {
        return Err(Error::Forbidden(Denial::OwnAccount));
    }
    reach(context, tx, &user).await?;
    operator_account(context, &user)?;
    Ok(user)
}

/// The user with this number; refuses all but administrators of its tenant.
pub(crate) async fn administered_user(
    context: &Context,
    tx: &mut Tx,
    number: UserNumber,
) -> Result<User> {
    context.require(TokenScope::Provision)?;
    let user = user_by_number(context, tx, number).await?;
    if reach(context, tx, &user).await?.administrator {
        Ok(user)
    } else {
        Err(Error::Forbidden(Denial::NotAdministrator))
    }
}

/// Refuses to let anybody but operators and the account itself touch an operator's account.
pub(crate) fn operator_account(context: &Context, user: &User) -> Result<()> {
    let own = context.actor.user_in(user.tenant) == Some(user.number);
    if !user.operator || own || context.actor.is_operator() {
        Ok(())
    } else {
        Err(Error::Forbidden(Denial::OperatorAccount))
    }
}

/// Refuses to let credentials that may not make administrators take over the account of one, by its password or e-mail.
pub(crate) async fn administrator_account(
    context: &Context,
    tx: &mut Tx,
    user: &User,
) -> Result<()> {
    if context.actor.scope.includes(TokenScope::Admin)
        || administrators_group_of(tx, user).await?.is_none()
    {
        return Ok(());
    }
    Err(Error::Forbidden(Denial::Scope))
}
