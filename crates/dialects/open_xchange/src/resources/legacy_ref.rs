//! A user's id in a system that came before.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
    record::{Identity, With},
};
use provost_model::{ExternalId, ExternalIdKind};

/// GET.
pub(crate) async fn show(call: &Call) -> Outcome {
    match user::ids(call, ExternalIdKind::Legacy).await?.first() {
        Some(id) => Ok(Answer::ok(&serde_json::json!({ "oxlegacyref": id.as_str() })).into()),
        None => Err(user::unset(call, "oxlegacyref")),
    }
}

/// PUT.
pub(crate) async fn set(call: &Call) -> Outcome {
    let id = call.given.text("oxlegacyref")?;
    user::set_ids(call, ExternalIdKind::Legacy, &[id]).await?;
    record(call).await
}

/// DELETE: fine if there is none.
pub(crate) async fn delete(call: &Call) -> Outcome {
    user::set_ids(call, ExternalIdKind::Legacy, &[]).await?;
    record(call).await
}

async fn record(call: &Call) -> Outcome {
    let user = call.user().await?;
    let ids = user::ids(call, ExternalIdKind::Legacy).await?;
    let record = With {
        identity: Identity::of(call.context.tenant.context_id, &user),
        classofservice: None,
        oxlegacyref: ids.first().map(ExternalId::as_str),
    };
    Ok(Answer::ok(&record).into())
}
