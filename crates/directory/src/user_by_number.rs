//! The user that a command names by its number.

use crate::Context;
use provost_model::{Error, Noun, Result, User, UserNumber};
use provost_store::{Change, Tx, tables::users};

/// The user of the context's tenant with this number.
///
/// # Errors
/// [`Noun::User`] unknown.
pub(crate) async fn user_by_number(
    context: &Context,
    tx: &mut Tx,
    number: UserNumber,
) -> Result<User> {
    users::by_number(tx, context.tenant_id(), number)
        .await?
        .ok_or(Error::Unknown(Noun::User))
}

/// The same, kept from others until the change is made.
///
/// # Errors
/// [`Noun::User`] unknown.
pub(crate) async fn locked_user(
    context: &Context,
    change: &mut Change,
    number: UserNumber,
) -> Result<User> {
    users::locked(change, context.tenant_id(), number)
        .await?
        .ok_or(Error::Unknown(Noun::User))
}
