//! Enabling and disabling a user.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Answer, Data},
};
use provost_directory::commands::users::SetUserEnabled;

/// Enables a user.
pub(crate) async fn enable(call: &Call) -> Outcome {
    set(call, true).await
}

/// Disables a user; its tokens hold no longer from the next request on.
pub(crate) async fn disable(call: &Call) -> Outcome {
    set(call, false).await
}

async fn set(call: &Call, enabled: bool) -> Outcome {
    let user = call
        .named_user()
        .await?
        .filter(|user| !call.is_self(user))
        .ok_or_else(|| Answer::failure(101, ""))?;
    let command = SetUserEnabled {
        user: user.number,
        enabled,
    };
    call.directory
        .execute(call.context.clone(), command)
        .await
        .map_err(refuse)?;
    Ok(Answer::ok(Data::EMPTY).into())
}
