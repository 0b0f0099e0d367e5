//! Editing one value of a collection of a user: its further addresses.

use super::reached;
use crate::{
    call::{Call, Outcome},
    edit_limits::Edits,
    refusal::refuse,
    values::parse_scope,
    wire::{Answer, Data},
};
use provost_directory::commands::users::{AliasChange, UserPatch};
use provost_model::Error;

/// How many characters a value may have; more, on the real server, are not kept either.
const MAX_VALUE: usize = 2048;

/// Replaces, adds or removes a further address, or sets its scope. Addresses are not checked, as on the real server.
pub(crate) async fn edit(call: &Call) -> Outcome {
    let collection = call.id(1);
    if !collection
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    {
        return Err(Answer::unknown_route());
    }
    call.count_edit(Edits::Collections)?;
    let key = call.required("key")?;
    let value = call.required("value")?;
    let (user, reach) = reached(call).await?;
    if value.chars().count() > MAX_VALUE {
        return Err(Answer::failure(102, ""));
    }
    let change = match collection {
        "additional_mail" if value.is_empty() => AliasChange::Remove(key.to_owned()),
        "additional_mail" => AliasChange::Replace(key.to_owned(), value.to_owned()),
        "additional_mailScope" if reach.own => {
            let scope = parse_scope(value).map_err(|_| Answer::failure(102, ""))?;
            AliasChange::SetScope(key.to_owned(), scope)
        }
        _ => return Err(Answer::failure(103, "")),
    };
    let patch = UserPatch {
        aliases: vec![change],
        ..UserPatch::default()
    };
    call.edit(&user, patch).await.map_err(|error| match error {
        Error::Invalid(_) => Answer::failure(102, ""),
        other => refuse(other),
    })?;
    Ok(Answer::ok(Data::EMPTY).into())
}
