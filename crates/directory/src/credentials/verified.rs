//! Which passwords were verified a while ago, so that not every request costs a hash.

use hmac::{Hmac, KeyInit, Mac};
use provost_model::{TenantId, Timestamp, UserNumber};
use sha2::Sha256;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

pub(super) type Fingerprint = [u8; 32];
/// Whose password it is.
type Holder = (TenantId, UserNumber);

/// How long a verified password is remembered at least and at most half as long again: five minutes.
const LIFETIME_MICROS: i64 = 5 * 60 * 1_000_000;
/// How many are remembered at most, in each of two generations: 48 bytes each.
const GENERATION: usize = 32_768;

/// Fingerprints of (account, password, stored hash) under a key that only this process has. With the stored hash in the fingerprint,
/// a changed password is forgotten at once, on every node, without anybody telling.
pub(crate) struct VerifiedPasswords {
    keyed: Hmac<Sha256>,
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    since: i64,
    young: HashMap<Fingerprint, Holder>,
    old: HashMap<Fingerprint, Holder>,
}

impl VerifiedPasswords {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        // shorter keys than a block are filled up with zeros
        let mut block = [0; 64];
        block[..32].copy_from_slice(&key);
        Self {
            keyed: Hmac::new(&block.into()),
            generations: Mutex::default(),
        }
    }

    /// The fingerprint of a password that was checked, or is to be, against this stored hash.
    pub(crate) fn fingerprint(
        &self,
        tenant: TenantId,
        user: UserNumber,
        password: &str,
        stored_hash: &str,
    ) -> Fingerprint {
        let mut mac = self.keyed();
        mac.update(&tenant.0.to_be_bytes());
        mac.update(&user.0.to_be_bytes());
        // the length keeps password and hash apart
        mac.update(&(password.len() as u64).to_be_bytes());
        mac.update(password.as_bytes());
        mac.update(stored_hash.as_bytes());
        mac.finalize().into_bytes().into()
    }

    /// A digest under the key of this process, to be fed.
    pub(super) fn keyed(&self) -> Hmac<Sha256> {
        self.keyed.clone()
    }

    /// Whether this password was verified a while ago.
    pub(crate) fn contains(&self, fingerprint: &Fingerprint, now: Timestamp) -> bool {
        let mut generations = self.lock();
        generations.turn(now);
        generations.young.contains_key(fingerprint) || generations.old.contains_key(fingerprint)
    }

    /// Remembers a verified password and whose it is.
    pub(crate) fn insert(
        &self,
        fingerprint: Fingerprint,
        tenant: TenantId,
        user: UserNumber,
        now: Timestamp,
    ) {
        let mut generations = self.lock();
        generations.turn(now);
        generations.young.insert(fingerprint, (tenant, user));
    }

    /// Forgets the passwords of a user, or of all users of a tenant; gives the fingerprints that were remembered, in their order.
    pub(crate) fn forget(
        &self,
        tenant: TenantId,
        user: Option<UserNumber>,
        now: Timestamp,
    ) -> Vec<Fingerprint> {
        let theirs =
            |holder: &Holder| holder.0 == tenant && user.is_none_or(|user| user == holder.1);
        let mut generations = self.lock();
        generations.turn(now);
        let Generations { young, old, .. } = &mut *generations;
        let mut forgotten: Vec<_> = young
            .extract_if(|_, holder| theirs(holder))
            .chain(old.extract_if(|_, holder| theirs(holder)))
            .map(|(fingerprint, _)| fingerprint)
            .collect();
        forgotten.sort_unstable();
        forgotten.dedup();
        forgotten
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl Generations {
    /// Makes the young generation the old one when it is of age or full, and forgets the old one.
    fn turn(&mut self, now: Timestamp) {
        let age = now.0.saturating_sub(self.since);
        if age >= LIFETIME_MICROS || self.young.len() >= GENERATION {
            self.old = std::mem::take(&mut self.young);
            if age >= 2 * LIFETIME_MICROS {
                self.old.clear();
            }
            self.since = now.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: TenantId = TenantId(1);
    const USER: UserNumber = UserNumber(3);

    fn at(minutes: i64) -> Timestamp {
        Timestamp(1_000_000_000_000 + minutes * 60_000_000)
    }

    #[test]
    fn a_verified_password_is_remembered_for_minutes() {
        let memory = VerifiedPasswords::new([1; 32]);
        let print = memory.fingerprint(TENANT, USER, "pw", "hash");
        assert!(!memory.contains(&print, at(0)));
        memory.insert(print, TENANT, USER, at(0));
        assert!(memory.contains(&print, at(4)));
        assert!(!memory.contains(&print, at(20)));
    }

    #[test]
    fn the_passwords_of_a_user_or_a_tenant_are_forgotten_and_no_others() {
        let memory = VerifiedPasswords::new([1; 32]);
        let other = UserNumber(4);
        for (print, tenant, user) in [
            ([1; 32], TENANT, USER),
            ([2; 32], TENANT, other),
            ([3; 32], TenantId(2), USER),
        ] {
            memory.insert(print, tenant, user, at(0));
        }
        assert_eq!(memory.forget(TENANT, Some(USER), at(1)), [[1; 32]]);
        assert!(!memory.contains(&[1; 32], at(1)));
        // by now they are of the older generation
        assert_eq!(memory.forget(TENANT, None, at(6)), [[2; 32]]);
        assert!(memory.contains(&[3; 32], at(6)));
        assert!(memory.forget(TENANT, None, at(6)).is_empty());
    }

    #[test]
    fn nothing_else_has_the_same_fingerprint() {
        let memory = VerifiedPasswords::new([1; 32]);
        let print = |tenant, user, password, hash| {
            memory.fingerprint(TenantId(tenant), UserNumber(user), password, hash)
        };
        let all = [
            print(1, 3, "pw", "hash"),
            print(2, 3, "pw", "hash"),
            print(1, 4, "pw", "hash"),
            print(1, 3, "pwh", "ash"),
            print(1, 3, "pw", "other"),
            VerifiedPasswords::new([2; 32]).fingerprint(TENANT, USER, "pw", "hash"),
        ];
        let distinct: std::collections::HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn memory_is_bounded() {
        let memory = VerifiedPasswords::new([1; 32]);
        for number in 0..100_000_u32 {
            let mut print = [0; 32];
            print[..4].copy_from_slice(&number.to_be_bytes());
            memory.insert(print, TENANT, USER, at(0));
        }
        let generations = memory.lock();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
    }
}
