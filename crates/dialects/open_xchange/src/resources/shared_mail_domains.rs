//! Mail domains that users of many contexts may have addresses in.

use super::user;
use crate::{
    answer::Answer,
    call::{Call, Outcome},
    refusal::refuse,
    streamed::{self, Pages},
};
use provost_directory::commands::shared_domains::{ShareDomain, UnshareDomain};
use provost_model::DomainName;
use serde_json::Value;

/// How many are read at once.
const AT_ONCE: i64 = 500;

/// GET: all that the caller may see for `*` or nothing, else the one that is named, if it is among them.
pub(crate) async fn list(call: &Call) -> Outcome {
    let named = call.id(0);
    if !matches!(named, "" | "*") {
        return one(call, named).await;
    }
    streamed::send(Domains {
        call: call.clone(),
        after: Some(String::new()),
    })
    .await
}

async fn one(call: &Call, named: &str) -> Outcome {
    let shared = match DomainName::parse(named) {
        Ok(domain) => call
            .directory
            .shares_domain(&call.context, &domain)
            .await
            .map_err(refuse)?
            .then_some(domain),
        Err(_) => None,
    };
    let shared: Vec<&str> = shared.iter().map(DomainName::as_str).collect();
    Ok(Answer::ok(&shared).into())
}

/// POST: fine if the caller shares it already.
pub(crate) async fn share(call: &Call) -> Outcome {
    let domain = DomainName::parse(call.id(0)).map_err(user::invalid)?;
    let shared = serde_json::json!({ "domain": domain.as_str() });
    call.execute(ShareDomain { domain }).await?;
    Ok(Answer::ok(&shared).into())
}

/// DELETE.
pub(crate) async fn unshare(call: &Call) -> Outcome {
    let missing = || Answer::not_found("No such shared mail domain");
    let domain = DomainName::parse(call.id(0)).map_err(|_| missing())?;
    let unshared = serde_json::json!({ "domain": domain.as_str() });
    call.execute(UnshareDomain { domain }).await?;
    Ok(Answer::ok(&unshared).into())
}

struct Domains {
    call: Call,
    /// The last that was read; nothing at the end.
    after: Option<String>,
}

impl Pages for Domains {
    async fn next(&mut self) -> Outcome<Vec<Value>> {
        let Some(after) = self.after.take() else {
            return Ok(Vec::new());
        };
        let page = self
            .call
            .directory
            .shared_domains(&self.call.context, &after, AT_ONCE)
            .await
            .map_err(refuse)?;
        self.after = page.last().map(|domain| domain.as_str().to_owned());
        Ok(page.iter().map(|domain| domain.as_str().into()).collect())
    }
}
