//! Credentials that were good a moment ago, and still are while nothing in the directory has changed.

use super::{Credentials, Identification, Precedence, candidate::NO_TENANT, verified::Fingerprint};
use crate::{Actor, Directory, queries::AddressedTenant};
use hmac::Mac as _;
use provost_model::{Result, Tenant, Timestamp};
use provost_store::Moment;
use std::sync::Arc;

/// How old a noted sign-in may be before it is noted again: an hour, so that busy clients do not write at each request.
const SIGN_IN_MICROS: i64 = 60 * 60 * 1_000_000;

/// What good credentials came to. Only good ones are remembered: whoever shows wrong ones learns nothing from the time it takes.
pub(super) struct Admission {
    actor: Arc<Actor>,
    tenant: Option<Arc<Tenant>>,
    group_administrator: bool,
    lasting: Lasting,
}

/// What else they depend on besides the directory's rows.
pub(super) enum Lasting {
    /// Nothing: an API key.
    Always,
    /// Whether the user's last sign-in, if there is one, still need not be noted again.
    SignedIn(Option<Timestamp>),
    /// The same, and whether the password is still remembered as verified.
    Verified(Option<Timestamp>, Fingerprint),
}

/// Whether a sign-in is to be noted after this last one.
pub(super) fn is_due(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.0.saturating_sub(last.0) >= SIGN_IN_MICROS)
}

/// A request that shows credentials: what it asks for, and as whom.
pub(super) struct Showing<'a> {
    pub(super) credentials: Credentials<'a>,
    pub(super) addressed: &'a AddressedTenant,
    pub(super) precedence: Precedence,
}

impl Directory {
    /// What these credentials came to for the same request, if that holds still; else what they come to can be remembered.
    pub(super) async fn admitted(
        &self,
        showing: &Showing<'_>,
    ) -> Result<(Option<Identification>, Remembering)> {
        let key = self.key(showing);
        let (found, moment) = match &showing.addressed.moment {
            Some(moment) => (moment.recall::<Admission>(&key), moment.clone()),
            None => self.recall(&key).await?,
        };
        let holds = found.filter(|admission| self.lasts(&admission.lasting));
        let known = holds.map(|admission| {
            // the row that was remembered may be older than its moment: the request before had read it already
            let tenant = match (&admission.tenant, &showing.addressed.tenant) {
                (Some(remembered), Some(asked)) if remembered.id == asked.id => Some(asked),
                (remembered, _) => remembered.as_ref(),
            };
            Identification::Known {
                actor: Arc::clone(&admission.actor),
                tenant: tenant.cloned(),
                group_administrator: admission.group_administrator,
            }
        });
        Ok((known, Remembering { key, moment }))
    }

    fn lasts(&self, lasting: &Lasting) -> bool {
        let now = self.now();
        match lasting {
            Lasting::Always => true,
            Lasting::SignedIn(last) => !is_due(*last, now),
            Lasting::Verified(last, fingerprint) => {
                !is_due(*last, now) && self.inner.verified.contains(fingerprint, now)
            }
        }
    }

    /// Secrets are part of the key, so it is one that only this process can make.
    fn key(&self, showing: &Showing<'_>) -> [u8; 32] {
        let mut mac = self.inner.verified.keyed();
        mac.update(b"admission\0");
        let tenant = showing.addressed.tenant.as_ref();
        mac.update(&tenant.map_or(NO_TENANT, |tenant| tenant.id).0.to_be_bytes());
        mac.update(&[
            u8::from(tenant.is_some_and(|tenant| tenant.suspended)),
            u8::from(showing.addressed.named),
            u8::from(showing.precedence == Precedence::Deployment),
        ]);
        showing.credentials.feed(&mut mac);
        mac.finalize().into_bytes().into()
    }
}

/// Where what credentials come to can be remembered.
pub(super) struct Remembering {
    key: [u8; 32],
    moment: Moment,
}

impl Remembering {
    /// Remembers good credentials.
    pub(super) fn good(self, identification: &Identification, lasting: Lasting) {
        let Identification::Known {
            actor,
            tenant,
            group_administrator,
        } = identification
        else {
            return;
        };
        let admission = Admission {
            actor: Arc::clone(actor),
            tenant: tenant.clone(),
            group_administrator: *group_administrator,
            lasting,
        };
        self.moment.remember(self.key, Arc::new(admission));
    }
}
