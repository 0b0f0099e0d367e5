//! Which events of a journal were printed already.

use provost_directory::Directory;
use provost_model::{EntryId, StoredEntry, Timestamp};
use std::collections::BTreeSet;

/// How far back a look goes, in microseconds. An event's id tells when its change was asked for, and it shows up when that was
/// committed, after retries and waiting; a younger one may have come first.
const LATENESS: i64 = 60 * 1_000_000;

/// The printed events of a journal, as far as they may be read again.
pub(super) struct Seen {
    start: EntryId,
    newest: Timestamp,
    ids: BTreeSet<EntryId>,
}

impl Seen {
    /// Nothing yet; the first look goes back to `start`.
    pub(super) fn from(start: Timestamp) -> Self {
        Self {
            start: Directory::before(start),
            newest: start,
            ids: BTreeSet::new(),
        }
    }

    /// Where the next look begins.
    pub(super) const fn start(&self) -> EntryId {
        self.start
    }

    /// Whether an event is new; from now on it is not.
    pub(super) fn note(&mut self, event: &StoredEntry) -> bool {
        self.newest = self.newest.max(event.at);
        self.ids.insert(event.id)
    }

    /// Ends a look: forgets what no later look reads again.
    pub(super) fn forget(&mut self) {
        let horizon = Directory::before(Timestamp(self.newest.0.saturating_sub(LATENESS)));
        self.start = self.start.max(horizon);
        self.ids = self.ids.split_off(&self.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use provost_model::TenantId;
    use uuid::Uuid;

    fn event(seconds: i64, nth: u128) -> StoredEntry {
        let at = Timestamp(seconds * 1_000_000);
        StoredEntry {
            id: EntryId(Uuid::from_u128(Directory::before(at).0.as_u128() + nth)),
            at,
            tenant: TenantId(1),
            actor: None,
            action: String::new(),
            subject: String::new(),
            details: String::new(),
            request: None,
        }
    }

    #[test]
    fn an_event_that_shows_up_late_is_new_and_no_event_is_new_twice() {
        let mut seen = Seen::from(Timestamp(0));
        let (early, late) = (event(1000, 1), event(990, 1));
        assert!(seen.note(&early));
        seen.forget();
        assert!(seen.start() < late.id, "a late event is looked for");
        assert!(!seen.note(&early));
        assert!(seen.note(&late));
    }

    #[test]
    fn old_events_are_forgotten() {
        let mut seen = Seen::from(Timestamp(0));
        for second in 0..1000 {
            seen.note(&event(second, 1));
            seen.forget();
        }
        assert!(seen.ids.len() <= 61, "{}", seen.ids.len());
    }

    #[test]
    fn a_look_never_goes_back_before_the_start() {
        let start = Timestamp(1_000_000_000);
        let mut seen = Seen::from(start);
        seen.forget();
        assert_eq!(seen.start(), Directory::before(start));
    }
}
