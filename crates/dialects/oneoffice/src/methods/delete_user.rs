//! deleteUserByEmail

use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_directory::commands::users::DeleteUser;

/// Deletes a user, but not the last administrator.
pub(crate) async fn delete_user(call: &Call) -> Outcome {
    let user = call.user().await?.number;
    call.run(DeleteUser { user }).await?;
    Ok(Answer::done().into())
}
