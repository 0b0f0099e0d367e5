//! Who may call an operation at all.

use crate::wire::Answer;
use axum::http::Method;
use provost_directory::{Actor, ActorKind};
use provost_model::{TenantId, TokenScope};

/// Who may call an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// The account's owner: administrators of the tenant, its resellers, operators, its API keys.
    Owner,
    /// The owner of the mailbox alone; which one that is, the call finds out.
    Mailbox,
    /// API keys of the tenant alone.
    Key,
}

/// Refuses who may not call an operation. A credential has to reach as far as the method goes.
pub(crate) fn check(
    access: Access,
    method: &Method,
    actor: &Actor,
    tenant: TenantId,
) -> Result<(), Answer> {
    let reads = access == Access::Key || method == Method::GET;
    let wanted = if reads {
        TokenScope::Read
    } else {
        TokenScope::Provision
    };
    let who = match access {
        Access::Owner => actor.is_administrator(tenant),
        Access::Mailbox => actor.user_in(tenant).is_some(),
        Access::Key => matches!(actor.kind, ActorKind::Key { .. }),
    };
    if who && actor.scope.includes(wanted) {
        Ok(())
    } else {
        Err(Answer::unauthorized())
    }
}
