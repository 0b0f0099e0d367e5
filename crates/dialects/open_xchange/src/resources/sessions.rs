//! Closing sessions: a session is a password that the server remembers as verified.

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    refusal::refuse,
};
use provost_http::Param;

/// DELETE: the sessions of a context, or of one of its users, by login or address.
pub(crate) async fn close(call: &Call) -> Outcome {
    let tenant = call.context.tenant_id();
    let user = match call.query.get("userName") {
        None => None,
        Some(Param::Text(name)) => {
            let user = call.directory.user(tenant, name).await.map_err(refuse)?;
            Some(user.ok_or_else(|| no_user(call, name))?.number)
        }
        Some(_) => return Err(Answer::bad_request("The userName has to be one name")),
    };
    let closed = call.directory.close_sessions(tenant, user);
    tracing::info!(
        actor = call.context.actor.label(&call.context.tenant),
        tenant = call.context.tenant.slug.as_str(),
        sessions = closed.len(),
        "sessions were closed"
    );
    let closed: Vec<String> = closed.iter().map(|id| format!("{id:032x}")).collect();
    Ok(Answer::ok(&serde_json::json!({ "closed": closed })).into())
}

fn no_user(call: &Call, name: &str) -> Answer {
    let context = call.context.tenant.context_id;
    Answer::not_found(&format!("No such user {name} in context {context}"))
}
