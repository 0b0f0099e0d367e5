//! Where mail to addresses of a context's domains goes.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
    refusal::refuse,
    streamed::{self, Pages},
};
use axum::http::StatusCode;
use provost_directory::{
    commands::forwards::{DeleteForward, SetForward},
    queries::Forward,
};
use provost_model::{Address, Error, Noun};
use serde_json::Value;

/// How many are read at once.
const AT_ONCE: i64 = 100;

/// GET: all of the context.
pub(crate) async fn list(call: &Call) -> Outcome {
    streamed::send(Forwards {
        call: call.clone(),
        after: None,
        ended: false,
    })
    .await
}

/// POST: 201 where mail to the alias was not forwarded before, else 204; either way it goes to these targets alone from now on.
pub(crate) async fn set(call: &Call) -> Outcome {
    let alias = Address::parse(call.id(0)).map_err(user::invalid)?;
    let targets = call
        .given
        .list()?
        .into_iter()
        .map(Address::parse)
        .collect::<Result<_, _>>()
        .map_err(user::invalid)?;
    let command = SetForward { alias, targets };
    let domain = command.alias.domain();
    let made = call
        .directory
        .execute(call.context.clone(), command)
        .await
        .map_err(|error| match error {
            Error::Unknown(Noun::Domain) => {
                let context = call.context.tenant.context_id;
                Answer::not_found(&format!("No such domain {domain} in context {context}"))
            }
            other => refuse(other),
        })?;
    let status = if made {
        StatusCode::CREATED
    } else {
        StatusCode::NO_CONTENT
    };
    Ok(Answer::empty(status).into())
}

/// DELETE.
pub(crate) async fn delete(call: &Call) -> Outcome {
    let missing = || Answer::not_found("No such forward");
    let alias = Address::parse(call.id(0)).map_err(|_| missing())?;
    call.execute(DeleteForward { alias }).await?;
    Ok(Answer::empty(StatusCode::NO_CONTENT).into())
}

struct Forwards {
    call: Call,
    /// The last that was read.
    after: Option<Address>,
    ended: bool,
}

impl Pages for Forwards {
    async fn next(&mut self) -> Outcome<Vec<Value>> {
        if self.ended {
            return Ok(Vec::new());
        }
        let page = self
            .call
            .directory
            .forwards(self.call.context.tenant_id(), self.after.as_ref(), AT_ONCE)
            .await
            .map_err(refuse)?;
        self.after = page.last().map(|forward| forward.alias.clone());
        self.ended = page.is_empty();
        Ok(page.iter().map(item).collect())
    }
}

fn item(forward: &Forward) -> Value {
    let targets: Vec<&str> = forward.targets.iter().map(Address::as_str).collect();
    serde_json::json!({ "alias": forward.alias.as_str(), "targets": targets })
}
