//! The user whose services are to change.

use crate::{Context, policy};
use provost_model::{Denial, Error, Noun, Result, TokenScope, User, UserNumber};
use provost_store::{Change, Tx, tables::users};

/// Refuses all but administrators of the user's tenant.
pub(super) async fn administered(
    context: &Context,
    tx: &mut Tx,
    number: UserNumber,
) -> Result<User> {
    context.require(TokenScope::Provision)?;
    let user = users::by_number(tx, context.tenant_id(), number)
        .await?
        .ok_or(Error::Unknown(Noun::User))?;
    if policy::reach(context, tx, &user).await?.administrator {
        Ok(user)
    } else {
        Err(Error::Forbidden(Denial::NotAdministrator))
    }
}

/// The user, kept from others until the change is made.
pub(super) async fn locked(
    context: &Context,
    change: &mut Change,
    number: UserNumber,
) -> Result<User> {
    users::locked(change, context.tenant_id(), number)
        .await?
        .ok_or(Error::Unknown(Noun::User))
}

/// Notes when the user was changed, and tells of it.
pub(super) async fn touch(context: &Context, change: &mut Change, mut user: User) -> Result<()> {
    user.changed_at = context.now;
    users::update(change, &user).await
}
