//! Who passes.

use crate::{answer::Answer, call::Outcome, refusal::refuse, routes::AuthKind, settings::Settings};
use provost_directory::{
    Actor, ActorKind, Credentials, Directory, Identification, Precedence, Source, Via,
    queries::AddressedTenant,
};
use provost_http::{Authorization, Secret};
use provost_model::{Tenant, TokenScope};
use std::sync::Arc;

/// Who passed.
pub(crate) struct Admitted {
    pub(crate) actor: Arc<Actor>,
    /// The context that was named, if there is such a one and it is within the actor's reach.
    pub(crate) tenant: Option<Arc<Tenant>>,
}

/// What a request shows and asks for.
pub(crate) struct Asking<'a> {
    pub(crate) authorization: &'a Authorization,
    pub(crate) source: Source,
    pub(crate) kind: AuthKind,
    /// The context that is named, or, where none is, the tenant that the request is addressed to.
    pub(crate) asked: AddressedTenant,
    /// Whose names are tried first.
    pub(crate) precedence: Precedence,
}

/// Lets those pass whom the operation wants. All others are answered alike, whether the context exists or not.
pub(crate) async fn admit(
    directory: &Directory,
    settings: &Settings,
    asking: Asking<'_>,
) -> Outcome<Admitted> {
    let Authorization::Basic { login, password } = asking.authorization else {
        return Err(Answer::unauthorised());
    };
    if password.expose().is_empty() {
        return Err(Answer::unauthorised());
    }
    if let Some(service) = service(directory, settings, &asking, login, password).await? {
        return Ok(service);
    }
    let credentials = Credentials::Password {
        login,
        password: password.expose(),
    };
    let identification = directory
        .identify(asking.source, &asking.asked, asking.precedence, credentials)
        .await
        .map_err(refuse)?;
    match identification {
        Identification::Known { actor, tenant, .. }
            if passes(
                asking.kind,
                &actor,
                tenant.as_deref(),
                settings.master_override,
            ) =>
        {
            Ok(Admitted { actor, tenant })
        }
        Identification::Known { .. } | Identification::Refused => Err(Answer::unauthorised()),
        Identification::Throttled { retry_after } => Err(Answer::throttled(retry_after)),
    }
}

/// Whether an actor passes. Which tenants are a reseller's is known already: it has no tenant here but one of those.
fn passes(kind: AuthKind, actor: &Actor, tenant: Option<&Tenant>, master_override: bool) -> bool {
    let reseller = matches!(actor.kind, ActorKind::Reseller { .. });
    let operator = master_override && actor.is_operator();
    let of_the_context = || {
        actor.account().is_some_and(|account| {
            account.administrator && tenant.is_some_and(|tenant| tenant.id == account.tenant)
        })
    };
    let wanted = match kind {
        AuthKind::ContextAdmin => reseller || operator || of_the_context(),
        AuthKind::ContextAdminOnly => reseller || of_the_context(),
        AuthKind::ResellerAdmin | AuthKind::Tennant | AuthKind::Basic => reseller || operator,
    };
    // an app password for a partner's work alone may not even read
    wanted && actor.scope.includes(TokenScope::Read)
}

/// The credential of the settings that was shown, if the operation wants such a one. Right ones are never throttled, wrong ones go on to
/// be looked at as anybody's.
async fn service(
    directory: &Directory,
    settings: &Settings,
    asking: &Asking<'_>,
    login: &str,
    password: &Secret,
) -> Outcome<Option<Admitted>> {
    let actor = |name: &str| {
        Arc::new(Actor {
            kind: ActorKind::Service {
                name: name.to_owned(),
            },
            scope: TokenScope::Provision,
            via: Via::Password,
        })
    };
    match asking.kind {
        AuthKind::Basic => Ok(settings
            .monitoring
            .as_ref()
            .filter(|monitoring| monitoring.is(login, password.expose()))
            .map(|monitoring| Admitted {
                actor: actor(monitoring.name()),
                tenant: asking.asked.tenant.clone(),
            })),
        AuthKind::Tennant => {
            // all are compared, so that the time does not tell which one it was
            let shown = settings
                .tenant_credentials
                .iter()
                .fold(None, |shown, known| {
                    if known.credential.is(login, password.expose()) {
                        Some(known)
                    } else {
                        shown
                    }
                });
            let Some(shown) = shown else {
                return Ok(None);
            };
            let own = directory
                .tenant_by_slug(shown.tenant.as_str())
                .await
                .map_err(refuse)?
                .filter(|tenant| !tenant.suspended);
            match own {
                // the operation concerns its own context, or none
                Some(own)
                    if asking.precedence == Precedence::Deployment
                        || asking
                            .asked
                            .tenant
                            .as_ref()
                            .is_some_and(|asked| asked.id == own.id) =>
                {
                    Ok(Some(Admitted {
                        actor: actor(shown.credential.name()),
                        tenant: Some(Arc::new(own)),
                    }))
                }
                // another's context is not told from none
                Some(_) => Ok(Some(Admitted {
                    actor: actor(shown.credential.name()),
                    tenant: None,
                })),
                None => Err(Answer::unauthorised()),
            }
        }
        AuthKind::ContextAdmin | AuthKind::ContextAdminOnly | AuthKind::ResellerAdmin => Ok(None),
    }
}
