//! Wiping a user's devices.

use super::reached;
use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::commands::users::WipeUser;

/// Revokes all app passwords of a user; its password stays as it is.
pub(crate) async fn wipe(call: &Call) -> Outcome {
    let (user, reach) = reached(call).await?;
    if reach.own {
        return Err(Answer::failure(101, ""));
    }
    let command = WipeUser { user: user.number };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}
