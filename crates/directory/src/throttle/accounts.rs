//! How many wrong passwords were tried at an account, from anywhere.

use super::table::{Table, Weight};
use crate::credentials::Realm;
use provost_model::{Tenant, Timestamp, fold};
use std::hash::{BuildHasher as _, RandomState};

/// How long it takes until one wrong password is forgotten, in microseconds: a minute.
const FORGOTTEN_AFTER: i64 = 60_000_000;
/// The most that are counted. More change nothing, and this many are forgotten in half an hour.
const MOST: usize = 30;

/// An account as it was asked for: the tenant and the name, folded, under a hash that only this process can make. Whether there is
/// such an account is not known here, so that a name that does not exist counts like one that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Account(u64);

/// The counts, for up to 65,536 accounts. They delay guesses, and never refuse one.
#[derive(Default)]
pub(super) struct Accounts {
    hasher: RandomState,
    table: Table<Account, Level>,
}

#[derive(Default)]
struct Level {
    count: usize,
    at: i64,
}

impl Accounts {
    /// The account that was asked for by what was typed, in a request to this tenant.
    pub(super) fn asked(&self, typed: &str, tenant: Option<&Tenant>) -> Account {
        let (name, realm) = Realm::split(typed);
        let (kind, tenant) = match realm {
            Realm::Here => match tenant {
                Some(tenant) => (1_u8, tenant.slug.key()),
                None => (0, String::new()),
            },
            Realm::Tenant(slug) => (1, fold(&slug)),
            Realm::Deployment => (2, String::new()),
        };
        Account(self.hasher.hash_one((kind, tenant, fold(name))))
    }

    /// How many wrong passwords are remembered.
    pub(super) fn level(&self, account: Account, now: Timestamp) -> usize {
        self.table
            .look(account, |level| level.at(now.0))
            .unwrap_or(0)
    }

    /// Counts a wrong password.
    pub(super) fn failed(&self, account: Account, now: Timestamp) {
        self.table.change(account, now.0, |level| {
            level.count = (level.at(now.0) + 1).min(MOST);
            level.at = now.0;
        });
    }

    /// Takes wrong passwords back.
    pub(super) fn forgive(&self, account: Account, count: usize, now: Timestamp) {
        self.table.look(account, |level| {
            level.count = level.at(now.0).saturating_sub(count);
            level.at = now.0;
        });
    }
}

impl Level {
    fn at(&self, now: i64) -> usize {
        let forgotten = now.saturating_sub(self.at).max(0) / FORGOTTEN_AFTER;
        self.count
            .saturating_sub(usize::try_from(forgotten).unwrap_or(usize::MAX))
    }
}

impl Weight for Level {
    fn weight(&self, now: i64) -> Option<u64> {
        u64::try_from(self.at(now)).ok().filter(|left| *left > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(1_000_000_000_000 + seconds * 1_000_000)
    }

    #[test]
    fn wrong_passwords_are_forgotten_one_by_one() {
        let accounts = Accounts::default();
        let account = accounts.asked("alice", None);
        for _ in 0..5 {
            accounts.failed(account, at(0));
        }
        assert_eq!(accounts.level(account, at(30)), 5);
        assert_eq!(accounts.level(account, at(60)), 4);
        accounts.forgive(account, 2, at(60));
        assert_eq!(accounts.level(account, at(60)), 2);
        assert_eq!(accounts.level(account, at(180)), 0);
        accounts.forgive(account, 2, at(180));
        assert_eq!(accounts.level(account, at(180)), 0);
    }

    #[test]
    fn an_attack_is_over_half_an_hour_after_its_end() {
        let accounts = Accounts::default();
        let account = accounts.asked("alice", None);
        for _ in 0..1000 {
            accounts.failed(account, at(0));
        }
        assert_eq!(accounts.level(account, at(0)), MOST);
        assert_eq!(accounts.level(account, at(1800)), 0);
    }

    #[test]
    fn names_are_folded_and_kept_apart_by_their_tenant() {
        let accounts = Accounts::default();
        let asked = |typed| accounts.asked(typed, None);
        assert_eq!(asked("Alice"), asked("aLICE"));
        assert_eq!(asked("alice@@Acme"), asked("ALICE@@acme"));
        let apart = ["alice", "alice@@acme", "alice@@other", "alice@@", "acme"];
        for (nth, one) in apart.iter().enumerate() {
            for other in &apart[..nth] {
                assert_ne!(asked(one), asked(other), "{one} {other}");
            }
        }
    }
}
