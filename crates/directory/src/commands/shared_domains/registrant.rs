//! Who asks.

use crate::{ActorKind, Context};
use provost_model::{Denial, Entry, Error, Result, TenantId};
use provost_store::tables::shared_mail_domains::Registrant;

/// Whose a shared domain becomes that this actor asks for. Operators, resellers, and a tenant's credential of the settings may.
pub(crate) fn registrant(context: &Context) -> Result<Registrant> {
    match &context.actor.kind {
        ActorKind::Reseller { id, .. } => Ok(Registrant::Reseller(*id)),
        ActorKind::Service { .. } => Ok(Registrant::Tenant(context.tenant_id())),
        _ if context.actor.is_operator() => Ok(Registrant::Deployment),
        ActorKind::CommandLine
        | ActorKind::Server
        | ActorKind::Account(_)
        | ActorKind::Key { .. } => Err(Error::Forbidden(Denial::NotOperator)),
    }
}

/// The tenant whose audit tells of it.
pub(super) fn told_in(registrant: Registrant) -> TenantId {
    match registrant {
        Registrant::Tenant(tenant) => tenant,
        Registrant::Deployment | Registrant::Reseller(_) => Entry::DEPLOYMENT,
    }
}
