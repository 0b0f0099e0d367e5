//! The further addresses of a domain's mailboxes.

use crate::{
    call::{Call, Outcome},
    refusal::refuse,
    wire::{Link, stream},
};
use provost_model::{Address, UserNumber};
use serde_json::Value;

/// How many users are read at once.
const AT_ONCE: i64 = 500;

/// Lists them, as they are read.
pub(crate) async fn list(call: &Call) -> Outcome {
    let end = serde_json::to_string(&[&call.itself] as &[&Link; 1]).unwrap_or_default();
    let pieces = Aliases {
        call: call.clone(),
        after: Some(UserNumber(0)),
    };
    stream::list(
        "{\"list\":[".to_owned(),
        pieces,
        format!("],\"links\":{end}}}"),
    )
    .await
}

struct Aliases {
    call: Call,
    /// The last user that was looked at; nothing at the end.
    after: Option<UserNumber>,
}

impl stream::Pieces for Aliases {
    async fn next(&mut self) -> Outcome<Option<Vec<String>>> {
        let Some(after) = self.after else {
            return Ok(None);
        };
        let domain = self.call.domain()?.clone();
        let users = self
            .call
            .directory
            .users_with_aliases(self.call.tenant_id(), after, AT_ONCE)
            .await
            .map_err(refuse)?;
        self.after = users.last().map(|user| user.number);
        let has_mailbox = |address: &Option<Address>| {
            address
                .as_ref()
                .is_some_and(|address| address.domain() == domain)
        };
        Ok(Some(
            users
                .iter()
                .filter(|user| has_mailbox(&user.address))
                .flat_map(|user| &user.aliases)
                .map(|alias| Value::from(alias.value.as_str()).to_string())
                .collect(),
        ))
    }
}
