//! listUsers

use crate::{
    answer::Answer,
    call::{Call, Outcome},
    refusal::refuse,
    streamed,
};
use provost_directory::queries::Audience;

/// The most users of a page. Without a limit all are told.
const MAX_LIMIT: u64 = 500;

/// Tells the users whose login, display name or contact e-mail holds the search: a page of them if a limit is given, else all.
pub(crate) async fn list_users(call: &Call) -> Outcome {
    let search = call
        .params
        .optional("search")?
        .filter(|search| !search.is_empty());
    let limit = match call.params.count("limit")? {
        None => None,
        Some(limit @ 1..=MAX_LIMIT) => u32::try_from(limit).ok(),
        Some(_) => return Err(Answer::refused("limit must be from 1 to 500")),
    };
    let offset = call.params.count("offset")?.unwrap_or(0);
    let tenant = call.tenant().id;
    match limit {
        Some(limit) => {
            let users = call
                .directory
                .user_page(tenant, Audience::All, search, limit, offset)
                .await
                .map_err(refuse)?;
            streamed::page(call, &users).await
        }
        None => {
            let users = call
                .directory
                .user_stream(tenant, Audience::All, search, offset)
                .await
                .map_err(refuse)?;
            streamed::send(call, users).await
        }
    }
}
