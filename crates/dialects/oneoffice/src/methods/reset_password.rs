//! resetPasswordByEmail

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    password_policy,
};
use provost_directory::commands::users::{EditUser, UserPatch};

/// Gives a user another password.
pub(crate) async fn reset_password(call: &Call) -> Outcome {
    let password = password_policy::new_password(&call.params, call.tenant())?;
    let user = call.user().await?.number;
    let patch = UserPatch {
        password: Some(password),
        ..UserPatch::default()
    };
    call.run(EditUser { user, patch }).await?;
    Ok(Answer::done().into())
}
