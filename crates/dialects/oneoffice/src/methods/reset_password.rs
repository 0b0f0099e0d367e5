//! resetPasswordByEmail

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    password_policy,
};
use provost_directory::{
    NewPassword,
    commands::users::{EditUser, UserPatch},
};

/// Gives a user another password.
pub(crate) async fn reset_password(call: &Call) -> Outcome {
    let password = call.params.required("password")?;
    let user = call.user().await?.number;
    let policy = password_policy::of(call.tenant());
    let patch = UserPatch {
        password: Some(NewPassword::plain(password, policy)),
        ..UserPatch::default()
    };
    call.run(EditUser { user, patch }).await?;
    Ok(Answer::done().into())
}
