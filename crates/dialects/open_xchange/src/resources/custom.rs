//! The ids that a partner gave a user.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_model::{ExternalId, ExternalIdKind};

/// GET: always an array.
pub(crate) async fn show(call: &Call) -> Outcome {
    let ids = user::ids(call, ExternalIdKind::Custom).await?;
    if ids.is_empty() {
        return Err(user::unset(call, "custom id"));
    }
    let ids: Vec<&str> = ids.iter().map(ExternalId::as_str).collect();
    Ok(Answer::ok(&serde_json::json!({ "custom": ids })).into())
}

/// PUT: one id, or an array of them, in the place of those before.
pub(crate) async fn set(call: &Call) -> Outcome {
    let ids = call.given.texts("custom")?;
    user::set_ids(call, ExternalIdKind::Custom, &ids).await?;
    user::record(call).await
}

/// DELETE: all of them; fine if there are none.
pub(crate) async fn delete(call: &Call) -> Outcome {
    user::set_ids(call, ExternalIdKind::Custom, &[]).await?;
    user::record(call).await
}
