//! Which passwords were verified a while ago, so that not every request costs a hash.

use hmac::{Hmac, KeyInit, Mac};
use provost_model::{TenantId, Timestamp, UserNumber};
use sha2::Sha256;
use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

type Fingerprint = [u8; 32];

/// How long a verified password is remembered at least and at most half as long again: five minutes.
const LIFETIME_MICROS: i64 = 5 * 60 * 1_000_000;
/// How many are remembered at most, in each of two generations: 32 bytes each.
const GENERATION: usize = 32_768;

/// Fingerprints of (account, password, stored hash) under a key that only this process has. With the stored hash in the fingerprint,
/// a changed password is forgotten at once, on every node, without anybody telling.
pub(crate) struct VerifiedPasswords {
    key: [u8; 32],
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    since: i64,
    young: HashSet<Fingerprint>,
    old: HashSet<Fingerprint>,
}

impl VerifiedPasswords {
    pub(crate) fn new(key: [u8; 32]) -> Self {
        Self {
            key,
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
    ) -> Option<Fingerprint> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).ok()?;
        mac.update(&tenant.0.to_be_bytes());
        mac.update(&user.0.to_be_bytes());
        // the length keeps password and hash apart
        mac.update(&(password.len() as u64).to_be_bytes());
        mac.update(password.as_bytes());
        mac.update(stored_hash.as_bytes());
        Some(mac.finalize().into_bytes().into())
    }

    /// Whether this password was verified a while ago.
    pub(crate) fn contains(&self, fingerprint: &Fingerprint, now: Timestamp) -> bool {
        let mut generations = self.lock();
        generations.turn(now);
        generations.young.contains(fingerprint) || generations.old.contains(fingerprint)
    }

    /// Remembers a verified password.
    pub(crate) fn insert(&self, fingerprint: Fingerprint, now: Timestamp) {
        let mut generations = self.lock();
        generations.turn(now);
        generations.young.insert(fingerprint);
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
#[expect(clippy::panic, reason = "tests")]
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
        let Some(print) = memory.fingerprint(TENANT, USER, "pw", "hash") else {
            panic!("no fingerprint");
        };
        assert!(!memory.contains(&print, at(0)));
        memory.insert(print, at(0));
        assert!(memory.contains(&print, at(4)));
        assert!(!memory.contains(&print, at(20)));
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
        let distinct: HashSet<_> = all.iter().collect();
        assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn memory_is_bounded() {
        let memory = VerifiedPasswords::new([1; 32]);
        for number in 0..100_000_u32 {
            let mut print = [0; 32];
            print[..4].copy_from_slice(&number.to_be_bytes());
            memory.insert(print, at(0));
        }
        let generations = memory.lock();
        assert!(generations.young.len() + generations.old.len() <= 2 * GENERATION);
    }
}
