//! The wrong passwords that came from an address lately.

use super::{
    Source,
    accounts::Account,
    blocks::{Block, BlockPhase},
    table::{Table, Weight},
};
use provost_model::Timestamp;
use std::time::Duration;

/// How many wrong passwords an address may show within [`WINDOW`]. The next guess is refused, as the recorded server refuses the
/// twelfth.
const ALLOWED: usize = 11;
/// How long a wrong password counts, in microseconds: half an hour.
const WINDOW: i64 = 30 * 60 * 1_000_000;
/// How long a block lasts, in microseconds: half an hour. What is refused meanwhile does not make it longer, else a forgotten
/// client with an old password would keep its whole house out for ever.
pub(super) const BLOCK: i64 = 30 * 60 * 1_000_000;

/// The counts, for up to 65,536 addresses.
#[derive(Default)]
pub(super) struct Sources {
    table: Table<Source, Failures>,
}

/// How an address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// It may guess, after so many wrong passwords.
    Open(usize),
    /// It may not, for so long.
    Blocked(Duration),
}

#[derive(Default)]
struct Failures {
    /// At which account, and when; at most [`ALLOWED`].
    recent: Vec<(Account, i64)>,
    /// When the block began, if there was one.
    blocked: Option<i64>,
}

impl Sources {
    /// How an address stands now.
    pub(super) fn standing(&self, source: Source, now: Timestamp) -> Standing {
        self.table
            .look(source, |failures| failures.standing(now.0))
            .unwrap_or(Standing::Open(0))
    }

    /// Counts a wrong password; the block, if it was one too many. What was on its way when the block began is not counted.
    pub(super) fn failed(&self, source: Source, account: Account, now: Timestamp) -> Option<Block> {
        self.table.change(source, now.0, |failures| {
            if let Standing::Blocked(_) = failures.standing(now.0) {
                return None;
            }
            failures.recent.push((account, now.0));
            if failures.recent.len() < ALLOWED {
                return None;
            }
            failures.blocked = Some(now.0);
            Some(Block {
                source,
                phase: BlockPhase::Began,
                at: now,
                failures: ALLOWED,
            })
        })
    }

    /// Forgets what an address tried at an account; how much that was. A block stays.
    pub(super) fn succeeded(&self, source: Source, account: Account, now: Timestamp) -> usize {
        self.table
            .look(source, |failures| {
                if let Standing::Blocked(_) = failures.standing(now.0) {
                    return 0;
                }
                let before = failures.recent.len();
                failures.recent.retain(|(at, _)| *at != account);
                before - failures.recent.len()
            })
            .unwrap_or(0)
    }
}

impl Failures {
    /// How the address stands, once what is over is forgotten.
    fn standing(&mut self, now: i64) -> Standing {
        if let Some(since) = self.blocked {
            if within(since, BLOCK, now) {
                let left = BLOCK - now.saturating_sub(since).max(0);
                let left = u64::try_from(left).unwrap_or_default();
                return Standing::Blocked(Duration::from_micros(left));
            }
            *self = Self::default();
        }
        self.recent.retain(|(_, at)| within(*at, WINDOW, now));
        Standing::Open(self.recent.len())
    }
}

/// Whether this lies less than a span back. A clock that was set back must not make what it saw last for ever.
const fn within(at: i64, span: i64, now: i64) -> bool {
    let age = now.saturating_sub(at);
    -span < age && age < span
}

impl Weight for Failures {
    fn weight(&self, now: i64) -> Option<u64> {
        let count = |left: i64| u64::try_from(left).unwrap_or_default();
        match self.blocked {
            // any block weighs more than all counts
            Some(since) if within(since, BLOCK, now) => {
                Some(ALLOWED as u64 + count(BLOCK - now.saturating_sub(since)))
            }
            Some(_) => None,
            None => {
                let live = self.recent.iter();
                let live = live.filter(|(_, at)| within(*at, WINDOW, now)).count();
                (live > 0).then_some(live as u64)
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::accounts::Accounts;
    use super::*;
    use std::net::{IpAddr, Ipv4Addr};

    const MINUTE: i64 = 60_000_000;

    fn at(minutes: i64) -> Timestamp {
        Timestamp(1_000_000_000_000 + minutes * MINUTE)
    }

    fn address(number: u32) -> Source {
        IpAddr::V4(Ipv4Addr::from_bits(number)).into()
    }

    fn alice() -> Account {
        Accounts::default().asked("alice", None)
    }

    #[test]
    fn a_block_begins_with_the_eleventh_and_lasts_half_an_hour() {
        let (sources, source, account) = (Sources::default(), address(1), alice());
        for count in 0..10 {
            assert_eq!(sources.standing(source, at(0)), Standing::Open(count));
            assert_eq!(sources.failed(source, account, at(0)), None);
        }
        let block = sources.failed(source, account, at(10)).unwrap();
        assert_eq!((block.source, block.failures), (source, 11));
        let left = |minutes: u64| Standing::Blocked(Duration::from_secs(60 * minutes));
        assert_eq!(sources.standing(source, at(10)), left(30));
        // what was on its way makes it no longer
        assert_eq!(sources.failed(source, account, at(20)), None);
        assert_eq!(sources.succeeded(source, account, at(20)), 0);
        assert_eq!(sources.standing(source, at(39)), left(1));
        assert_eq!(sources.standing(source, at(40)), Standing::Open(0));
        assert_eq!(sources.standing(address(2), at(20)), Standing::Open(0));
    }

    #[test]
    fn wrong_passwords_are_forgotten_after_half_an_hour() {
        let (sources, source, account) = (Sources::default(), address(1), alice());
        for minute in 0..1000 {
            assert_eq!(sources.failed(source, account, at(3 * minute)), None);
        }
    }

    #[test]
    fn a_clock_set_back_blocks_nobody_for_ever() {
        let (sources, source, account) = (Sources::default(), address(1), alice());
        for _ in 0..11 {
            sources.failed(source, account, at(100_000));
        }
        assert_eq!(sources.standing(source, at(0)), Standing::Open(0));
    }

    #[test]
    fn a_flood_of_addresses_pushes_no_block_out() {
        let (sources, account) = (Sources::default(), alice());
        for _ in 0..11 {
            sources.failed(address(0), account, at(0));
        }
        for number in 1..200_000 {
            sources.failed(address(number), account, at(1));
        }
        assert!(matches!(
            sources.standing(address(0), at(2)),
            Standing::Blocked(_)
        ));
    }
}
