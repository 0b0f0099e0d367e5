//! Where mail is delivered.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
};
use provost_directory::commands::mail_services::MailServicesPatch;
use provost_model::{DeliveryStatus, Patch};

/// GET.
pub(crate) async fn show(call: &Call) -> Outcome {
    match call.user().await?.services.delivery_status {
        Some(status) => {
            let status = serde_json::json!({ "oxdeliverystatus": status.as_str() });
            Ok(Answer::ok(&status).into())
        }
        None => Err(user::unset(call, "oxdeliverystatus")),
    }
}

/// PUT.
pub(crate) async fn set(call: &Call) -> Outcome {
    let status = call.given.text("oxdeliverystatus")?;
    let status = DeliveryStatus::parse(status).map_err(user::invalid)?;
    change(call, Patch::Set(status)).await
}

/// DELETE: fine if there is none.
pub(crate) async fn delete(call: &Call) -> Outcome {
    change(call, Patch::Clear).await
}

async fn change(call: &Call, delivery_status: Patch<DeliveryStatus>) -> Outcome {
    let patch = MailServicesPatch {
        delivery_status,
        ..MailServicesPatch::default()
    };
    user::edit(call, patch).await?;
    user::record(call).await
}
