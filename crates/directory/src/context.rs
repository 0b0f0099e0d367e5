//! What surrounds a command: who asks, for which tenant, when, and the randomness it may use.

use crate::{Actor, randomness::Randomness};
use provost_model::{
    Action, Denial, Entry, EntryId, Error, Products, Result, Subject, Tenant, TenantId, Timestamp,
    TokenScope,
};
use std::sync::Arc;
use uuid::Uuid;

/// The bits of a UUID's lower half that tell its variant.
const VARIANT: u64 = 0b11 << 62;

/// The surroundings of a command. They are chosen before it runs, so that a retry repeats it exactly.
#[derive(Clone, Debug)]
pub struct Context {
    /// Who asks.
    pub actor: Arc<Actor>,
    /// The tenant that is asked for.
    pub tenant: Arc<Tenant>,
    /// When.
    pub now: Timestamp,
    /// The request, for logs and audit.
    pub request: Arc<str>,
    /// What the site sells.
    pub products: Arc<Products>,
    /// What nobody can guess.
    pub(crate) random: Randomness,
}

impl Context {
    /// The tenant's id.
    #[must_use]
    pub fn tenant_id(&self) -> TenantId {
        self.tenant.id
    }

    /// The id of the command's audit entry and event.
    pub(crate) fn entry_id(&self) -> EntryId {
        EntryId(self.uuid(0))
    }

    /// The id of one of the further entries of a command that changes several things; `nth` counts from 1.
    pub(crate) fn further_entry_id(&self, nth: u64) -> EntryId {
        let (upper, lower) = self.uuid(0).as_u64_pair();
        // the lower half is random, but for its two topmost bits
        let next = (lower & !VARIANT).wrapping_add(nth) & !VARIANT;
        EntryId(Uuid::from_u64_pair(upper, next | (lower & VARIANT)))
    }

    /// The surroundings of the next part of a command that is made of several: the same, but with ids of its own. Their order is that of
    /// the parts.
    pub(crate) fn next_part(&self) -> Self {
        Self {
            random: self.random.next_part(),
            ..self.clone()
        }
    }

    /// The surroundings of one of many things that a command does, each with ids of its own: their order is that of `nth`, which counts from
    /// 0, and that of the parts of each.
    pub(crate) fn nth_thing(&self, nth: u32) -> Self {
        Self {
            random: self.random.nth_thing(nth),
            ..self.clone()
        }
    }

    /// An id for what the command makes.
    pub(crate) fn new_id(&self) -> Uuid {
        self.uuid(1)
    }

    /// A name that nobody has, for what the server has to name itself: ten lower-case letters and digits.
    #[must_use]
    pub fn fresh_name(&self) -> String {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        self.random
            .name()
            .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
            .iter()
            .collect()
    }

    /// Thirty-two bytes for a secret that the command gives out.
    pub(crate) fn secret(&self) -> [u8; 32] {
        self.random.secret()
    }

    fn uuid(&self, nth: usize) -> Uuid {
        let mut random = self.random.id(nth);
        let milliseconds = u64::try_from(self.now.0.div_euclid(1000)).unwrap_or_default();
        // the microseconds keep the order of ids within a millisecond
        let micros = u16::try_from(self.now.0.rem_euclid(1000)).unwrap_or_default();
        random[..2].copy_from_slice(&(micros << 2).to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }

    /// An audit entry of this command.
    pub(crate) fn entry(&self, action: Action, subject: Subject) -> Entry {
        Entry {
            id: self.entry_id(),
            at: self.now,
            tenant: self.tenant_id(),
            actor: self.actor.label(&self.tenant),
            action,
            subject,
            details: serde_json::Map::new(),
            request: self.request.to_string(),
        }
    }

    /// Refuses credentials whose scope is too small.
    pub(crate) fn require(&self, wanted: TokenScope) -> Result<()> {
        if self.actor.scope.includes(wanted) {
            Ok(())
        } else {
            Err(Error::Forbidden(Denial::Scope))
        }
    }
}
