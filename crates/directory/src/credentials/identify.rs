//! What credentials come to, also where they lead to no tenant.

use super::Authentication;
use crate::Actor;
use provost_model::Tenant;
use std::{sync::Arc, time::Duration};

/// Whose names are tried first where a name says nothing of where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// Those of the tenant's users.
    Tenant,
    /// Those of operators and resellers: for what concerns no tenant.
    Deployment,
}

/// What credentials came to. It tells those of operators and resellers apart from wrong ones also where they do not lead to the tenant
/// that was asked for, so that a dialect can answer them that there is no such tenant.
#[derive(Clone, Debug)]
pub enum Identification {
    /// They are good.
    Known {
        /// Who showed them.
        actor: Arc<Actor>,
        /// The tenant that they are good for. There is none for an operator where no such tenant is, and for a reseller where none is, or
        /// it is another's, or suspended.
        tenant: Option<Arc<Tenant>>,
        /// Whether the actor administers any group.
        group_administrator: bool,
    },
    /// They are not. It is not told why.
    Refused,
    /// They were not looked at; see [`Authentication::Throttled`].
    Throttled {
        /// When it is worth to come again; an upper bound.
        retry_after: Duration,
    },
}

impl From<Identification> for Authentication {
    fn from(identification: Identification) -> Self {
        match identification {
            Identification::Known {
                actor,
                tenant: Some(tenant),
                group_administrator,
            } => Self::Accepted {
                actor,
                tenant,
                group_administrator,
            },
            Identification::Known { tenant: None, .. } | Identification::Refused => Self::Refused,
            Identification::Throttled { retry_after } => Self::Throttled { retry_after },
        }
    }
}
