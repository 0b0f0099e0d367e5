//! How many edits of users one caller may make in a while, where the tenant wants that limited. Each node counts for itself.

use provost_model::{TenantId, Timestamp};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

/// How many callers are counted at most, in each kind of edits. It takes that many who really log in to fill this.
const CALLERS: usize = 10_000;

/// What is limited, apart from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Edits {
    /// Edits of fields: 50 in ten minutes.
    Fields,
    /// Edits of collections of values: 5 in a minute.
    Collections,
}

/// The edits that were made lately.
#[derive(Default)]
pub(crate) struct EditLimits {
    fields: Mutex<Counts>,
    collections: Mutex<Counts>,
}

/// When each caller, named as in the audit of its tenant, made its last edits; the oldest first.
type Counts = HashMap<(TenantId, String), VecDeque<i64>>;

impl Edits {
    /// How many there may be, and in how many microseconds.
    const fn limit(self) -> (usize, i64) {
        match self {
            Self::Fields => (50, 600_000_000),
            Self::Collections => (5, 60_000_000),
        }
    }
}

impl EditLimits {
    /// Counts an edit; whether it is still within the limit. One that is not does not count.
    pub(crate) fn allow(
        &self,
        kind: Edits,
        tenant: TenantId,
        caller: String,
        now: Timestamp,
    ) -> bool {
        let (most, span) = kind.limit();
        let counts = match kind {
            Edits::Fields => &self.fields,
            Edits::Collections => &self.collections,
        };
        let mut counts = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let over = |at: i64| now.0.saturating_sub(at) >= span;
        let caller = (tenant, caller);
        if counts.len() >= CALLERS && !counts.contains_key(&caller) {
            make_room(&mut counts, over);
        }
        let edits = counts.entry(caller).or_default();
        while edits.pop_front_if(|at| over(*at)).is_some() {}
        if edits.len() >= most {
            return false;
        }
        edits.push_back(now.0);
        true
    }
}

/// Forgets callers that made no edit for a while; if there is none, the one that made none for longest.
fn make_room(counts: &mut Counts, over: impl Fn(i64) -> bool) {
    counts.retain(|_, edits| edits.back().is_some_and(|at| !over(*at)));
    if counts.len() >= CALLERS {
        let idlest = counts.iter().min_by_key(|(_, edits)| edits.back().copied());
        if let Some(caller) = idlest.map(|(caller, _)| caller.clone()) {
            counts.remove(&caller);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TENANT: TenantId = TenantId(1);

    fn allowed(limits: &EditLimits, kind: Edits, caller: &str, seconds: i64) -> bool {
        let now = Timestamp(1_000_000_000_000 + seconds * 1_000_000);
        limits.allow(kind, TENANT, caller.to_owned(), now)
    }

    #[test]
    fn edits_are_limited_by_kind_and_caller_and_time() {
        for (kind, most, span) in [(Edits::Fields, 50, 600), (Edits::Collections, 5, 60)] {
            let limits = EditLimits::default();
            for _ in 0..most {
                assert!(allowed(&limits, kind, "user:ada", 0));
            }
            assert!(!allowed(&limits, kind, "user:ada", span - 1));
            assert!(allowed(&limits, kind, "user:eve", 1));
            let now = Timestamp(1_000_000_000_000);
            assert!(limits.allow(kind, TenantId(2), "user:ada".to_owned(), now));
            assert!(allowed(&limits, kind, "user:ada", span));
        }
        let limits = EditLimits::default();
        for _ in 0..5 {
            assert!(allowed(&limits, Edits::Collections, "user:ada", 0));
        }
        assert!(allowed(&limits, Edits::Fields, "user:ada", 0));
    }

    #[test]
    fn memory_is_bounded_and_who_is_busy_stays() {
        let limits = EditLimits::default();
        for nth in 0..12_000 {
            assert!(allowed(&limits, Edits::Fields, &format!("user:{nth}"), 1));
            if nth < 50 {
                assert!(allowed(&limits, Edits::Fields, "user:ada", 2));
            }
        }
        let counts = limits.fields.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(counts.len() <= CALLERS);
        drop(counts);
        assert!(!allowed(&limits, Edits::Fields, "user:ada", 3));
        assert!(allowed(&limits, Edits::Fields, "user:new", 1000));
        let counts = limits.fields.lock().unwrap_or_else(PoisonError::into_inner);
        assert_eq!(counts.len(), 1, "all the others are over");
    }
}
