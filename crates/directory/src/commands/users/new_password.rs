//! What a new password means for a user's other credentials.

use crate::Context;
use provost_model::{Result, User};
use provost_store::{Change, tables::tokens};

/// Whether a new password ended the user's app passwords, as the tenant's setting wants it: all of them, also one that asked for the
/// change, since whoever did knows the new password. Every command that gives a user another password calls this. What waits for its
/// device to clear itself goes on waiting.
pub(crate) async fn ended_app_passwords(
    context: &Context,
    change: &mut Change,
    user: &User,
) -> Result<bool> {
    let wanted = context.tenant.settings.password_change_revokes_tokens;
    if wanted != Some(true) {
        return Ok(false);
    }
    tokens::revoke_of_user(change, user.tenant, user.number).await
}
