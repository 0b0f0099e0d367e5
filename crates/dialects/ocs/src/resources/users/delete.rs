//! Deleting a user.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::commands::users::DeleteUser;
use provost_model::{Error, Noun};

/// Deletes a user.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let user = call
        .named_user()
        .await?
        .ok_or_else(|| Answer::failure(998, ""))?;
    if call.is_self(&user) {
        return Err(Answer::failure(101, ""));
    }
    let command = DeleteUser { user: user.number };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::User) | Error::OutOfReach(Noun::User) => Answer::failure(998, ""),
            other => refuse(other),
        })?;
    Ok(Answer::ok(Data::EMPTY).into())
}
